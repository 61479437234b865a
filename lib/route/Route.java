package lib.route;

import module java.base;

import lib.json.*;
import lib.message.*;
import lib.model.*;
import lib.wire.*;

/// Where a request goes: the provider and its quirks, the model and its limits, the base URL and the credential.
public record Route(String provider, String name, Dialect dialect, String base, Credential credential,
                    Model model, Set<Quirk> quirks, List<Fix> fixes) {
    public Family family() { return Family.of(name); }

    /// Whether the provider has the quirk in this dialect.
    public boolean has(Quirk quirk) { return quirks.contains(quirk) && quirk.shapes().contains(dialect.shape()); }

    /// Whether the provider searches the web itself for this message.
    public boolean searches(JsonObject message) {
        return !hasRefusedSearch(message) && quirks.stream().anyMatch(quirk -> has(quirk) && quirk.searches(message, this));
    }

    public boolean hasRefusedSearch(JsonObject message) {
        var alone = WebSearch.in(message).filter(WebSearch::alone).isPresent();
        return fixes.contains(Fix.NO_SEARCH) || !alone && fixes.contains(Fix.NO_SEARCH_BESIDE_TOOLS);
    }

    /// What it takes beside text, after what is known of the model and what refusals have taught.
    public Accepts accepts() {
        var accepts = dialect.accepts(this);
        if (!model.images()) accepts = accepts.without(Accepts.Kind.PICTURES);
        for (var fix : fixes) for (var kind : fix.leavesOut()) accepts = accepts.without(kind);
        return accepts;
    }

    /// Names all that a dialect may look at when it tells the conversation to this route.
    public String view() {
        var parts = new StringBuilder(dialect.getClass().getName()).append(' ').append(label()).append(' ').append(accepts())
            .append(' ').append(model.reasons()).append(' ').append(model.hasLevels());
        for (var quirk : quirks) parts.append(' ').append(quirk.name());
        return parts.toString();
    }

    public boolean seesPictures() { return !accepts().isBlind(); }

    /// The same route with what a refusal has taught.
    public Route with(Fix fix) {
        var all = new ArrayList<>(fixes);
        all.add(fix);
        return new Route(provider, name, dialect, base, credential, model, quirks, List.copyOf(all));
    }

    public Route with(Credential other) { return new Route(provider, name, dialect, base, other, model, quirks, fixes); }

    /// With the key for that conversation.
    public Route keyed(String session) { return with(credential.chosen(session)); }

    public Route with(Model known) { return new Route(provider, name, dialect, base, credential, known, quirks, fixes); }

    /// The URL of a call. `{model}` in the base becomes the model's name, and a query in the base follows the path.
    public String url(String path) {
        var filled = base.replace("{model}", URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"));
        var query = filled.indexOf('?');
        return query < 0 || path.contains("?") ? filled + path : filled.substring(0, query) + path + filled.substring(query);
    }

    /// The same route in another of the provider's APIs.
    public Route speaking(Dialect other, Quirk quirk) {
        var all = new HashSet<>(quirks);
        all.add(quirk);
        return new Route(provider, name, other, base, credential, model, Set.copyOf(all), fixes);
    }

    /// The same route at another address.
    public Route at(String address) { return new Route(provider, name, dialect, address, credential, model, quirks, fixes); }

    /// The dialect's draft, after the provider's quirks and the fixes.
    public Draft draft(Request request, ReplyContext terms) { return changed(dialect.draft(request, this, terms), request); }

    public Draft changed(Draft draft, Request request) {
        for (var quirk : quirks) if (quirk.shapes().contains(dialect.shape())) quirk.patch(draft, request, this);
        for (var fix : fixes) fix.change().accept(draft);
        return draft;
    }

    /// The finished and signed request.
    public Ask ask(Draft draft, Request request) { return credential.signed(dialect.ask(draft, request, this)); }

    /// Provider and model, as people write them.
    public String label() { return provider + "/" + name; }

    @Override public String toString() { return label(); }
}
