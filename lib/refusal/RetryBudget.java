package lib.refusal;

import module java.base;

import lib.wire.*;

/// What one request may spend on asking a route a second time before its first content: one more try, within a few seconds.
/// Claude Code tries ten times itself, and every try here would be multiplied by those.
public final class RetryBudget {
    private static final Duration MOST = Duration.ofSeconds(15), PAUSE = Duration.ofMillis(500);
    private static final int NO_ANSWER = 0, BEGAN_WELL = 200, UPLOAD_CUT = 502;
    private static final Set<Integer> PASSING = Set.of(502, 503, 504, 529);

    private final Pauses pauses;
    private final Instant started;
    private boolean spent;

    public RetryBudget(Pauses pauses) {
        this.pauses = pauses;
        this.started = pauses.clock().instant();
    }

    /// Whether to ask the same route again, after the pause that this takes. `answered` is the HTTP status of the answer, 0 if
    /// there was none: the error's own may say something else.
    public boolean repeats(ApiError error, int answered) {
        if (spent || !isPassing(error, answered) || Thread.currentThread().isInterrupted()) return false;
        var wait = RetryAfter.of(error).stream().mapToObj(Duration::ofSeconds).findFirst().orElse(PAUSE);
        if (Duration.between(started, pauses.clock().instant()).plus(wait).compareTo(MOST) >= 0) return false;
        spent = true;
        pauses.sleep().accept(wait);
        return true;
    }

    /// No connection, or a server that is overloaded or out of reach for the moment. An upload that was cut off was sent again, and
    /// a model that has begun to answer is at work: what it says then is for the client to try again.
    private static boolean isPassing(ApiError error, int answered) {
        if (error.status() < 500) return false;
        if (answered == NO_ANSWER) return error.status() != UPLOAD_CUT;
        return answered != BEGAN_WELL && (PASSING.contains(answered) || error.status() > UPLOAD_CUT && PASSING.contains(error.status()));
    }
}
