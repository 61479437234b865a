package lib.provider;

import lib.dialect.Credential;
import lib.wire.ApiError;
import lib.wire.Ask;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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

    /// It is renewed so long before its end, or after half its life if that is short.
    static final Duration AHEAD = Duration.ofMinutes(5);
    /// So long after a failure it is tried again; and a token as new as this is not to blame for a refusal.
    private static final Duration PAUSE = Duration.ofSeconds(30), NEW = Duration.ofMinutes(1);

    private final Secrets secrets;
    private final Supplier<Grant> source;
    private final InstantSource clock;
    private final ReentrantLock renewing = new ReentrantLock();
    private volatile Grant grant = Grant.NONE;
    private volatile Instant fetched = Instant.EPOCH, due = Instant.EPOCH;
    private ApiError failure = new ApiError(401, "no token has been asked for");
    private Instant failed = Instant.EPOCH;

    /// Each token becomes one of the secrets.
    Token(Secrets secrets, Supplier<Grant> source) { this(secrets, source, InstantSource.system()); }

    Token(Secrets secrets, Supplier<Grant> source, InstantSource clock) {
        this.secrets = secrets;
        this.source = source;
        this.clock = clock;
    }

    /// A credential that is such a token.
    static Credential bearer(Secrets secrets, Supplier<Grant> source) {
        var token = new Token(secrets, source);
        return new Credential() {
            @Override public Ask signed(Ask ask) { return ask.with("authorization", "Bearer " + token.value()); }

            @Override public boolean rejected(Ask refused) { return token.rejected(refused); }
        };
    }

    String value() {
        var now = clock.instant();
        var held = grant;
        if (now.isBefore(held.expires())) {
            if (now.isBefore(due) || !renewing.tryLock()) return held.value();
        } else renewing.lock();
        try {
            return renewed(now).value();
        } finally {
            renewing.unlock();
        }
    }

    /// With the lock held. Who waited for it finds the work done, or shares in its failure.
    private Grant renewed(Instant asked) {
        var now = clock.instant();
        if (now.isBefore(due)) return grant;
        if (failed.isAfter(asked)) throw failure;
        try {
            grant = source.get();
            secrets.learn(grant.value());
            fetched = now;
            var half = Duration.between(now, grant.expires()).dividedBy(2);
            due = grant.expires().minus(half.compareTo(AHEAD) < 0 ? half : AHEAD);
        } catch (ApiError e) {
            if (Thread.currentThread().isInterrupted()) throw e;   // who asked has gone, which says nothing to the others
            if (!now.isBefore(grant.expires())) {
                failure = e;
                failed = clock.instant();
                throw e;
            }
            due = earlier(now.plus(PAUSE), grant.expires());   // until then the old one serves
        }
        return grant;
    }

    private static Instant earlier(Instant one, Instant other) { return one.isBefore(other) ? one : other; }

    /// A token was refused before its end. It is let go, and true given, unless it is so new that another would be refused
    /// too. Of many that were sent at once the first refusal does it; to the others another is there already.
    boolean rejected(Ask refused) {
        var held = grant.value();
        var sent = refused.headers().getOrDefault("authorization", "");
        if (!held.isEmpty() && !sent.isEmpty() && !sent.endsWith(held)) return true;
        if (clock.instant().isBefore(fetched.plus(NEW))) return false;
        grant = Grant.NONE;
        due = Instant.EPOCH;
        return true;
    }
}
