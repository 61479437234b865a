package lib.access;

import module java.base;

import lib.config.*;
import lib.dialect.anthropic.*;
import lib.route.*;
import lib.wire.*;

/// A model of a provider, with the settings that say how to reach it. An `Access` turns it into an `Endpoint`.
public record Target(Provider provider, Config.Slot slot, Config config, CredentialCache credentials) {
    public String model() { return slot.name(); }

    /// The base URL that the user gave, or empty.
    public String base() { return slot.base().isEmpty() ? config.first(provider.baseVariables()) : slot.base(); }

    /// The key that the user gave, or empty.
    public String key() { return slot.key().isEmpty() ? config.first(provider.keyVariables()) : slot.key(); }

    public Target with(Config settings) { return new Target(provider, slot, settings, credentials); }

    public Target withModel(String model) { return with(new Config.Slot(slot.provider(), model, slot.key(), slot.base())); }

    public Target withBase(String base) { return with(new Config.Slot(slot.provider(), slot.name(), slot.key(), base)); }

    /// The same with one of the keys that its variable holds.
    Target withKey(String key) {
        var own = slot.key().isEmpty() ? slot : new Config.Slot(slot.provider(), slot.name(), key, slot.base());
        return new Target(provider, own, config.with(keyVariable(), key), credentials);
    }

    private Target with(Config.Slot slot) { return new Target(provider, slot, config, credentials); }

    /// The dialect that {ID}_DIALECT names.
    public Optional<Dialect> chosenDialect() {
        var variable = Config.variable(provider.id(), "DIALECT");
        return config.get(variable).isEmpty() ? Optional.empty() : Optional.of(Dialects.named(config.get(variable), variable));
    }

    /// Where the model is served, according to {ID}_DIALECT, the given base URL and the row; without a credential.
    public Endpoint endpoint() {
        var chosen = chosenDialect();
        if (chosen.isPresent()) return endpoint(chosen.get());
        if (base().isEmpty()) return at(provider.dialect(), provider.base());
        var given = BaseUrl.cleaned(base(), provider.id());
        var usual = resembled(given);
        var dialect = given.equals(provider.bases().get(usual)) ? usual : provider.customBaseDialect().orElse(usual);
        return at(dialect, new BaseUrl(provider.bases().get(usual)).complete(given));
    }

    /// The same in the given dialect, at the provider's base URL for it if it has one.
    public Endpoint endpoint(Dialect dialect) {
        var own = Optional.ofNullable(provider.bases().get(dialect));
        if (base().isEmpty()) return at(dialect, own.orElse(provider.plainBase()));
        var given = BaseUrl.cleaned(base(), provider.id());
        return at(dialect, own.map(url -> new BaseUrl(url).complete(given)).orElse(given));
    }

    /// The dialect of the row's base URL that the given one resembles.
    private Dialect resembled(String given) {
        var alike = provider.bases().entrySet().stream().filter(own -> new BaseUrl(own.getValue()).hasPathOf(given))
            .map(Map.Entry::getKey).findFirst();
        var mayPrefer = new BaseUrl(provider.base()).extendsPathOf(given) && !new BaseUrl(provider.plainBase()).isHostOnly();
        return alike.orElse(mayPrefer ? provider.dialect() : provider.plainDialect());
    }

    private Endpoint at(Dialect dialect, String base) {
        return Endpoint.open(dialect, new BaseUrl(base).filled(provider.id(), config), model());
    }

    /// The endpoint with the key as its credential. Fails with a 400 that names what to set if a key is needed and none is set.
    public Endpoint keyed(Endpoint open) {
        if (key().isEmpty() && provider.needsKey(open.base())) throw noKey("");
        return open.with(keyCredential(open.dialect()));
    }

    /// `or` names other settings for a credential.
    public ApiError noKey(String or) {
        var variables = or.isEmpty() ? String.join(" or ", provider.keyVariables()) : provider.keyVariables().getFirst() + ", or " + or;
        return ApiError.invalid("no key for " + provider.id() + ": set " + variables);
    }

    public Credential keyCredential() { return keyCredential(key()); }

    public Credential keyCredential(String key) {
        if (key.isEmpty()) return Credential.none();
        var sent = provider.keyHeader().isEmpty() ? Credential.bearer(key)
            : Credential.header(provider.keyHeader(), provider.keyPrefix() + key);
        return sent.from(keyVariable());
    }

    /// The variable that contains the key.
    public String keyVariable() {
        if (slot.key().isEmpty())
            return provider.keyVariables().stream().filter(name -> !config.get(name).isEmpty()).findFirst().orElse("");
        return Stream.of(Tier.values()).filter(tier -> slot.key().equals(config.slot(tier).key())).findFirst()
            .orElse(Tier.SMALL).setting("API_KEY");
    }

    /// With the provider's additional headers. Hosts that imitate Anthropic expect the key in one of two headers, and not
    /// all of them say in which, so it is sent in both.
    public Credential keyCredential(Dialect dialect) {
        var either = provider.keyHeader().isEmpty() && !key().isEmpty() && dialect instanceof Anthropic;
        return withHeaders(either ? keyCredential().and("x-api-key", key()) : keyCredential());
    }

    /// With the row's headers whose variables are set.
    public Credential withHeaders(Credential credential) {
        var whole = credential;
        for (var header : provider.headers().entrySet())
            if (!config.get(header.getValue()).isEmpty()) whole = whole.and(header.getKey(), config.get(header.getValue()));
        return whole;
    }
}
