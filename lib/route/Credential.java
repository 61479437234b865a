package lib.route;

import module java.base;

import lib.wire.*;

/// What a provider knows its customer by: takes a finished ask, and returns it with the proof in its headers.
/// Keys stay the same; clouds' tokens are fetched and renewed, and their signatures cover the whole ask.
public interface Credential {
    /// Called before each sending. Fails with a 400 that names the variable or command to use if a setting is wrong, and
    /// with a 401 if the token server rejects it.
    Ask signed(Ask ask);

    /// The variables that it was made from, for people whose key is rejected; empty if it was made from none.
    default String variables() { return ""; }

    /// The provider did not take the proof in that ask. True if another will be given from now on, so that asking again may help.
    default boolean rejected(Ask refused) { return false; }

    /// Nothing to prove, as on one's own machine.
    static Credential none() { return ask -> ask; }

    static Credential bearer(String key) { return header("authorization", "Bearer " + key); }

    static Credential header(String name, String value) { return ask -> ask.with(name, value); }

    /// With one more header.
    default Credential and(String name, String value) { return new Changed(this, ask -> ask.with(name, value), variables()); }

    /// The same, made from those variables.
    default Credential from(String variables) { return new Changed(this, ask -> ask, variables); }

    /// A credential that adds to what another one signs.
    record Changed(Credential bare, UnaryOperator<Ask> more, String variables) implements Credential {
        @Override public Ask signed(Ask ask) { return bare.signed(more.apply(ask)); }

        @Override public boolean rejected(Ask refused) { return bare.rejected(refused); }
    }
}
