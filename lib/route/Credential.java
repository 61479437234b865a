package lib.route;

import module java.base;

import lib.wire.*;

/// Authenticates requests: adds a key, token or signature to the headers of a finished ask. Clouds' tokens are fetched and
/// renewed; their signatures cover the whole ask.
public interface Credential {
    /// Called before each request. Fails with a 400 that names the variable or command to use if a setting is wrong, and
    /// with a 401 if the token server rejects it.
    Ask signed(Ask ask);

    /// The variables it was made from, to name them when it is rejected; empty if there are none.
    default String variables() { return ""; }

    /// The provider rejected that ask's credential. True if a retry will send another one.
    default boolean rejected(Ask refused) { return false; }

    /// The credential of one request in that conversation: of several keys one is chosen.
    default Credential chosen(String session) { return this; }

    /// The provider refused this credential; another one that it may accept, if there is one.
    default Optional<Credential> instead(ApiError refusal) { return Optional.empty(); }

    /// Until when a key rests, and the one model that it rests for; empty if it rests for all.
    record Rest(Instant until, String model) { }

    /// One of several keys, under a name that does not show it.
    record KeyState(String name, Optional<Rest> rest) { }

    /// Its keys, if there are several.
    default List<KeyState> keys() { return List.of(); }

    /// For servers without authentication, such as one on this machine.
    static Credential none() { return ask -> ask; }

    static Credential bearer(String key) { return header("authorization", "Bearer " + key); }

    static Credential header(String name, String value) { return ask -> ask.with(name, value); }

    /// With one more header.
    default Credential and(String name, String value) { return new Changed(this, ask -> ask.with(name, value), variables()); }

    /// The same, with these variables as its source.
    default Credential from(String variables) { return new Changed(this, ask -> ask, variables); }

    /// A credential that adds to what another one signs.
    record Changed(Credential bare, UnaryOperator<Ask> more, String variables) implements Credential {
        @Override public Ask signed(Ask ask) { return bare.signed(more.apply(ask)); }

        @Override public boolean rejected(Ask refused) { return bare.rejected(refused); }
    }
}
