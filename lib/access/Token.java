package lib.access;

import module java.base;

import lib.config.*;
import lib.route.*;
import lib.wire.*;

/// A token that expires: fetched when it is first needed, and renewed before it expires. Under load one thread renews it while
/// the others still use the old one; they wait only if that has expired.
public final class Token {
    public record Grant(String value, Instant expires) {
        static final Grant NONE = new Grant("", Instant.EPOCH);

        /// The record holds a secret, so it does not print itself.
        @Override public String toString() { return "a token until " + expires; }
    }

    /// How long before expiry a token is renewed; a short-lived one is renewed after half its life.
    public static final Duration AHEAD = Duration.ofMinutes(5);
    /// The pause after a failed renewal, and the age below which a new token would be rejected as well.
    private static final Duration PAUSE = Duration.ofSeconds(30), NEW = Duration.ofMinutes(1);

    private final Secrets secrets;
    private final Supplier<Grant> source;
    private final InstantSource clock;
    private final ReentrantLock renewing = new ReentrantLock();
    private volatile Grant grant = Grant.NONE;
    private volatile Instant fetched = Instant.EPOCH, due = Instant.EPOCH;
    private ApiError failure = ApiError.invalid("no token has been requested");
    private Instant failed = Instant.EPOCH;

    /// Each token is added to the secrets.
    public Token(Secrets secrets, Supplier<Grant> source) { this(secrets, source, InstantSource.system()); }

    public Token(Secrets secrets, Supplier<Grant> source, InstantSource clock) {
        this.secrets = secrets;
        this.source = source;
        this.clock = clock;
    }

    /// A credential that sends the token as a bearer.
    public static Credential bearer(Secrets secrets, Supplier<Grant> source) {
        var token = new Token(secrets, source);
        return new Credential() {
            @Override public Ask signed(Ask ask) { return ask.with("authorization", "Bearer " + token.value()); }

            @Override public boolean rejected(Ask refused) { return token.rejected(refused); }
        };
    }

    public String value() {
        var now = clock.instant();
        var held = grant;
        if (now.isBefore(held.expires())) {
            if (now.isBefore(due) || !renewing.tryLock()) return held.value();
        } else waitForTurn();
        try {
            return renewed(now).value();
        } finally {
            renewing.unlock();
        }
    }

    /// A client that has gone does not wait any longer.
    private void waitForTurn() {
        try {
            renewing.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiError.cutOff(new InterruptedIOException("cancelled"));
        }
    }

    /// Call with the lock held. A thread that waited for it gets the new token, or the same failure.
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
            if (Thread.currentThread().isInterrupted()) throw e;   // this client has left, which says nothing about the server
            if (!now.isBefore(grant.expires())) {
                failure = e;
                failed = clock.instant();
                throw e;
            }
            due = earlier(now.plus(PAUSE), grant.expires());   // the old one is used until then
        }
        return grant;
    }

    private static Instant earlier(Instant one, Instant other) { return one.isBefore(other) ? one : other; }

    /// A token was rejected before it expired. It is dropped, and true returned, unless it is so new that another would be
    /// rejected, too. Of many rejections at once only the first drops it; the others find a new one already.
    public boolean rejected(Ask refused) {
        var held = grant.value();
        var sent = refused.headers().getOrDefault("authorization", "");
        if (!held.isEmpty() && !sent.isEmpty() && !sent.endsWith(held)) return true;
        if (clock.instant().isBefore(fetched.plus(NEW))) return false;
        grant = Grant.NONE;
        due = Instant.EPOCH;
        return true;
    }
}
