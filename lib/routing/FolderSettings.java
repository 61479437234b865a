package lib.routing;

import module java.base;

import lib.access.*;
import lib.config.*;
import lib.provider.*;
import lib.subscription.*;

/// A `.env` that `serve` found in the current folder, which may be a stranger's repository: it may not send a key that is
/// not in it to an address that is.
public record FolderSettings(Path file, Map<String, String> given, Config environment) {
    private static final Pattern OWN_BASE = Pattern.compile("^([A-Z][A-Z0-9_]*)_(API_BASE|BASE_URL)");

    public void check() {
        var all = new HashMap<>(given);
        environment.names().forEach(name -> all.put(name, environment.get(name)));
        var both = new Config(all);
        for (var row : Providers.all()) {
            var key = keyFromElsewhere(row, both);
            if (key.isPresent()) addresses(row).forEach(name -> refuse(name, key.get()));
        }
        for (var name : given.keySet()) {
            var own = OWN_BASE.matcher(name);
            if (own.matches() && !isOfATier(own.group(1)) && isSetHere(name) && isSetElsewhere(own.group(1) + "_API_KEY") && !isOwned(name))
                refuse(name, own.group(1) + "_API_KEY");
        }
        for (var tier : Tier.values()) model(tier, both);
    }

    private static boolean isOfATier(String name) { return Stream.of(Tier.values()).anyMatch(tier -> tier.setting().equals(name)); }

    /// The base URL and the key may be the model's own or its provider's, and every model inherits from the usual ones.
    private void model(Tier tier, Config both) {
        var provider = Stream.of(tier, tier.usual(), Tier.BIG).map(one -> both.slot(one).provider()).filter(id -> !id.isEmpty())
            .findFirst().orElse("");
        var row = Providers.find(provider, both);
        var bases = Stream.concat(Stream.of(tier.setting("API_BASE")), row.stream().flatMap(known -> known.baseVariables().stream()))
            .filter(this::isSetHere)
            .filter(name -> row.or(() -> Providers.at(given.get(name))).filter(known -> known.owns(given.get(name))).isEmpty()).toList();
        var key = Stream.of(Tier.values()).map(one -> one.setting("API_KEY")).filter(this::isSetElsewhere).findFirst()
            .or(() -> row.flatMap(known -> keyFromElsewhere(known, both)));
        if (key.isPresent()) bases.forEach(name -> refuse(name, key.get()));
    }

    /// The variable, or whatever else there is, that proves who the user is without help from the file.
    private Optional<String> keyFromElsewhere(Provider row, Config both) {
        var variable = row.keyVariables().stream().filter(this::isSetElsewhere).findFirst();
        if (variable.isPresent()) return variable;
        if (row.signIn(environment).isPresent() && new Logins(environment).has(row.id())) return Optional.of("your login to " + row.name());
        var isSet = row.access().isSet(row, both) && !row.access().isSet(row, new Config(given));
        return isSet ? Optional.of("your credentials for " + row.name()) : Optional.empty();
    }

    /// The file's base URLs of the provider and of its token server.
    private Stream<String> addresses(Provider row) {
        var prefixes = row.keyVariables().stream().map(name -> name.substring(0, name.indexOf('_') + 1)).toList();
        return given.keySet().stream().filter(this::isSetHere).filter(name -> row.needs().contains(name)
            || (row.baseVariables().contains(name) || given.get(name).contains("://") && prefixes.stream().anyMatch(name::startsWith))
                && !row.owns(given.get(name)));
    }

    private boolean isOwned(String name) {
        return Providers.at(given.get(name)).filter(row -> row.owns(given.get(name)) && row.baseVariables().contains(name)).isPresent();
    }

    private boolean isSetHere(String name) { return !given.getOrDefault(name, "").isBlank() && !isSetElsewhere(name); }

    private boolean isSetElsewhere(String name) { return !environment.get(name).isEmpty(); }

    private void refuse(String address, String key) {
        throw new Config.Wrong(file + " in the current folder would send " + key + ", which is not from that file, to another address: "
            + address + "=" + given.get(address) + ". If you trust the file, start FreeCC with --env-file " + file);
    }
}
