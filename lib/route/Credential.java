package lib.route;

import lib.wire.*;

/// What a provider knows its customer by: takes a finished ask, and gives it back with the proof in its headers.
/// Keys stay the same; clouds' tokens are fetched and renewed, and their signatures cover the whole ask.
public interface Credential {
    /// Asked before each sending. Fails as a 401 that says which variable or command fixes it.
    Ask signed(Ask ask);

    /// Nothing to prove, as on one's own machine.
    static Credential none() { return ask -> ask; }

    static Credential bearer(String key) { return header("authorization", "Bearer " + key); }

    static Credential header(String name, String value) { return ask -> ask.with(name, value); }

    /// The provider did not take the proof in that ask. True if another will be given from now on, so that asking again may help.
    default boolean rejected(Ask refused) { return false; }

    /// With a header more.
    default Credential and(String name, String value) {
        var bare = this;
        return new Credential() {
            @Override public Ask signed(Ask ask) { return bare.signed(ask.with(name, value)); }

            @Override public boolean rejected(Ask refused) { return bare.rejected(refused); }
        };
    }
}
