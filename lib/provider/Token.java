package lib.provider;

import lib.dialect.Credential;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// A token that expires: fetched at the first need, renewed ahead of its end. Under load one thread renews while
/// the others still use the old one; nobody waits unless there is none.
final class Token {
    record Grant(String value, Instant expires) {
        static final Grant NONE = new Grant("", Instant.EPOCH);

        /// The record keeps a secret, so it does not print itself.
        @Override public String toString() { return "a token until " + expires; }
    }

    static final Duration AHEAD = Duration.ofMinutes(5);

    private final Supplier<Grant> source;
    private final ReentrantLock renewing = new ReentrantLock();
    private volatile Grant grant = Grant.NONE;

    Token(Supplier<Grant> source) { this.source = source; }

    /// A credential that is such a token.
    static Credential bearer(Supplier<Grant> source) {
        var token = new Token(source);
        return ask -> ask.with("authorization", "Bearer " + token.value());
    }

    String value() {
        var now = Instant.now();
        if (now.isBefore(grant.expires().minus(AHEAD))) return grant.value();
        if (now.isBefore(grant.expires())) {
            if (renewing.tryLock()) renew(now);
        } else {
            renewing.lock();
            renew(now);
        }
        return grant.value();
    }

    /// With the lock held, which it lets go. Who waited for it finds the work done.
    private void renew(Instant now) {
        try {
            if (now.isBefore(grant.expires().minus(AHEAD))) return;
            grant = source.get();
            Secrets.learn(grant.value());
        } finally {
            renewing.unlock();
        }
    }
}
