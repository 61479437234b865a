package lib.dialect;

import lib.wire.Ask;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Where a request goes: the provider and its deviations, the model and its limits, the address and the credential.
public record Route(String provider, String name, Dialect dialect, String base, Credential credential,
                    Model model, Set<Quirk> quirks, List<Mend> mends) {
    public boolean has(Quirk quirk) { return quirks.contains(quirk); }

    /// The same route after a refusal has taught us something.
    public Route with(Mend mend) {
        var all = new ArrayList<>(mends);
        all.add(mend);
        return new Route(provider, name, dialect, base, credential, model, quirks, List.copyOf(all));
    }

    public Route with(Model known) { return new Route(provider, name, dialect, base, credential, known, quirks, mends); }

    /// The address of one call. `{model}` in the base stands for the model, and a query of the base follows the path.
    public String url(String path) {
        var filled = base.replace("{model}", URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"));
        var query = filled.indexOf('?');
        return query < 0 || path.contains("?") ? filled + path : filled.substring(0, query) + path + filled.substring(query);
    }

    /// The same route at another address.
    public Route at(String address) { return new Route(provider, name, dialect, address, credential, model, quirks, mends); }

    /// The ask as it goes out: with the headers that the provider wants beside it, and with the proof of who asks.
    public Ask signed(Ask ask, Request request) {
        var whole = ask;
        for (var quirk : quirks) for (var header : quirk.headers(request, this).entrySet()) whole = whole.with(header.getKey(), header.getValue());
        return credential.signed(whole);
    }

    /// The provider and its model, as people write it.
    public String label() { return provider + "/" + name; }

    @Override public String toString() { return label(); }
}
