package lib.routing;

import module java.base;

import lib.access.*;
import lib.config.*;
import lib.model.*;
import lib.provider.*;

/// Finds the provider of a model that is configured without one: by the base URL, the form of the key, or the model's name. A
/// base URL that belongs to no provider is the user's own server, and is named after its host.
record ImpliedProvider(Config config, Supplier<Catalogue> catalogue) {
    private static final Config.Slot NOTHING = new Config.Slot("", "", "", "");

    /// `found` is used if nothing is configured.
    Config.Slot big(Config.Slot given, Config.Slot found) {
        if (given.isEmpty()) return found;
        if (!given.provider().isEmpty()) return given;
        return byAddress(given).or(() -> byKey(given)).orElseGet(() -> byName(given, found));
    }

    /// Inherits missing settings from the big model; key and base URL only at the same provider.
    Config.Slot small(Config.Slot given, Config.Slot big) { return inherited(given, big, base -> smallBeside(big, base)); }

    /// The same for a family of Claude's, such as opus, which has the usual model's name, too.
    Config.Slot beside(Config.Slot given, Config.Slot usual) {
        return given.isEmpty() ? usual : inherited(given, usual, _ -> usual.name());
    }

    private Config.Slot inherited(Config.Slot given, Config.Slot usual, UnaryOperator<String> name) {
        var own = given.provider().isEmpty() ? alone(given, usual) : given;
        if (!own.provider().equals(usual.provider())) return own;
        var base = own.base().isEmpty() ? usual.base() : own.base();
        var key = own.key().isEmpty() ? usual.key() : own.key();
        return new Config.Slot(own.provider(), own.name().isEmpty() ? name.apply(base) : own.name(), key, base);
    }

    private Config.Slot alone(Config.Slot given, Config.Slot big) {
        var beside = given.at(big.provider());
        if (isSameHost(given.base(), big.base())) return beside;
        return byAddress(given).or(() -> byKey(given)).or(() -> elsewhere(given, big)).orElse(beside);
    }

    /// Another provider, if only that one knows the name and it can be used.
    private Optional<Config.Slot> elsewhere(Config.Slot given, Config.Slot big) {
        if (given.name().isEmpty() || !given.key().isEmpty() || isCustom(big)) return Optional.empty();
        var homes = catalogue.get().providers(given.name()).keySet();
        var isServed = homes.stream().flatMap(home -> Providers.find(home, config).stream()).anyMatch(row -> row.is(big.provider()));
        var isUnknown = homes.isEmpty() && prefixed(given).isEmpty() || catalogue.get().models(big.provider()).isEmpty();
        if (isServed || isUnknown) return Optional.empty();
        var slot = byName(given, NOTHING);
        var provider = Providers.find(slot.provider(), config);
        return provider.filter(row -> isUsable(row, slot)).map(_ -> slot);
    }

    /// The provider's default, or the big model on a user's own server, which may not have that default.
    private String smallBeside(Config.Slot big, String base) {
        var provider = Providers.find(big.provider(), config);
        var small = provider.map(Provider::smallModel).orElse("");
        if (!small.isEmpty() && !isCustom(new Config.Slot(big.provider(), "", "", base))) return small;
        return big.name().isEmpty() ? provider.map(Provider::bigModel).orElse("") : big.name();
    }

    /// Whether the base URL is not one of the provider's own.
    private boolean isCustom(Config.Slot slot) {
        var provider = Providers.find(slot.provider(), config);
        var base = slot.base().isEmpty() ? provider.map(row -> config.first(row.baseVariables())).orElse("") : slot.base();
        return !base.isEmpty() && !provider.filter(row -> row.owns(BaseUrl.cleaned(base, row.id()))).isPresent();
    }

    private Optional<Config.Slot> byAddress(Config.Slot given) {
        if (given.base().isEmpty()) return Optional.empty();
        var url = BaseUrl.cleaned(given.base(), "big_model");
        var provider = Providers.at(url);
        return Optional.of(provider.isPresent() ? at(provider.get(), given) : given.at(host(url)));
    }

    private Optional<Config.Slot> byKey(Config.Slot given) { return Providers.ofKey(given.key()).map(provider -> at(provider, given)); }

    /// Removes the provider's name from the start of the model's, unless the provider has a model of the whole name, such as
    /// `openrouter/auto`.
    private Config.Slot at(Provider provider, Config.Slot given) {
        var own = prefixed(given).filter(prefix -> prefix.id().equals(provider.id())).isPresent()
            && catalogue.get().models(provider.id()).stream().noneMatch(model -> model.id().equals(given.name()));
        return (own ? given.named(afterSlash(given.name())) : given).at(provider.id());
    }

    private Config.Slot byName(Config.Slot given, Config.Slot found) {
        if (given.name().isEmpty()) return given;
        var prefix = prefixed(given);
        if (prefix.isPresent() && isUsable(prefix.get(), given)) return at(prefix.get(), given);
        var homes = catalogue.get().providers(given.name());
        for (var home : homes.entrySet()) {
            var provider = Providers.find(home.getKey(), config).filter(row -> !row.local() && isUsable(row, given));
            if (provider.isPresent()) return given.at(provider.get().id()).named(home.getValue());
        }
        if (prefix.isPresent()) return at(prefix.get(), given);
        var here = Providers.find(found.provider(), config).filter(row -> row.server().isPresent() && given.key().isEmpty());
        if (here.isPresent()) return given.at(found.provider());
        if (!homes.isEmpty()) return given.at(homes.firstEntry().getKey()).named(homes.firstEntry().getValue());
        return found.provider().equals("demo") || !given.key().isEmpty() ? given : given.at(found.provider());
    }

    private boolean isUsable(Provider row, Config.Slot slot) {
        return !slot.key().isEmpty() || row.local() || row.access().isSet(row, config);
    }

    /// The provider at the start of the name.
    private Optional<Provider> prefixed(Config.Slot given) {
        var slash = given.name().indexOf('/');
        return slash <= 0 ? Optional.empty() : Providers.find(given.name().substring(0, slash).toLowerCase(Locale.ROOT), config);
    }

    private static String afterSlash(String name) { return name.substring(name.indexOf('/') + 1); }

    private static String host(String url) { return Optional.ofNullable(URI.create(url).getAuthority()).orElse(url); }

    private static boolean isSameHost(String one, String other) {
        return !one.isEmpty() && !other.isEmpty()
            && host(BaseUrl.cleaned(one, "small_model")).equals(host(BaseUrl.cleaned(other, "big_model")));
    }

    /// Whether the provider is the user's own server, named after its host.
    static boolean isHost(Config.Slot slot) {
        return !slot.base().isEmpty() && slot.provider().equals(host(BaseUrl.cleaned(slot.base(), "big_model")));
    }

    /// The error if no provider is found. `size` is BIG_MODEL or SMALL_MODEL.
    static String complaint(String size, Config config) {
        var set = Stream.of("_NAME", "_API_KEY").map(size::concat).filter(name -> !config.get(name).isEmpty())
            .collect(Collectors.joining(" and "));
        return (set.contains(" and ") ? set + " are set" : set + " is set") + ", but FreeCC cannot tell for which provider: set " + size
            + "_PROVIDER to an id from PROVIDERS.md, or " + size + "_API_BASE to the address";
    }
}
