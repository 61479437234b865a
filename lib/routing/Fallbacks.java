package lib.routing;

import module java.base;

import lib.config.*;
import lib.refusal.*;
import lib.route.*;
import lib.wire.*;

/// Who answers in place of a route that fails. A route that has failed twice in a row is asked last for half a minute; then one
/// request finds out whether it is well again.
public final class Fallbacks {
    public static final Fallbacks NONE = new Fallbacks((_, _) -> List.of(), InstantSource.system());

    private static final Duration REST = Duration.ofSeconds(30);
    private static final int MOST = 2;
    private static final Set<Integer> OF_THE_ROUTE = Set.of(401, 402, 403, 404, 408, 409, 429);

    private record Failures(int inARow, Instant until) {
        /// A clock that was set back must not make a rest longer.
        boolean lastsAt(Instant now) { return now.isBefore(until) && !until.isAfter(now.plus(REST)); }
    }

    private final BiFunction<Route, String, List<Route>> settings;
    private final InstantSource clock;
    private final Map<String, Failures> failing = new ConcurrentHashMap<>();

    /// `settings` name the fallbacks of a route, for a request that asked for that model.
    public Fallbacks(BiFunction<Route, String, List<Route>> settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /// The route and its fallbacks in the order in which to ask them.
    public List<Route> chain(Route route, String asked) {
        var others = settings.apply(route, asked);
        if (others.isEmpty()) return List.of(route);
        var all = Stream.concat(Stream.of(route), others.stream()).toList();
        var resting = all.stream().filter(this::isSkipped).toList();
        return Stream.concat(all.stream().filter(one -> !resting.contains(one)), resting.stream()).toList();
    }

    /// When the rest is over, the first request that asks takes the risk, and the others wait for its outcome.
    private boolean isSkipped(Route route) {
        var now = clock.instant();
        var skipped = new AtomicBoolean();
        failing.computeIfPresent(key(route), (_, failures) -> {
            if (failures.inARow() < MOST) return failures;
            skipped.set(failures.lastsAt(now));
            return skipped.get() ? failures : new Failures(failures.inARow(), now.plus(REST));
        });
        return skipped.get();
    }

    public void failed(Route route) {
        failing.compute(key(route), (_, before) -> new Failures(before == null ? 1 : before.inARow() + 1, clock.instant().plus(REST)));
    }

    public void answered(Route route) { failing.remove(key(route)); }

    /// Until when the route is asked last; empty if it is not.
    public Optional<Instant> rests(Route route) {
        return Optional.ofNullable(failing.get(key(route))).filter(failures -> failures.inARow() >= MOST)
            .filter(failures -> failures.lastsAt(clock.instant())).map(Failures::until);
    }

    /// Whether that route may succeed where another has failed: if the failure is not the request's. A prompt that is too long
    /// needs a larger window.
    public static boolean mayHelp(ApiError error, Route failed, Route other) {
        if (Overflow.isSaid(error)) return other.model().context() > failed.model().context();
        return (error.status() >= 500 || OF_THE_ROUTE.contains(error.status())) && !Errors.isOfContent(error);
    }

    private static String key(Route route) { return route.label() + " " + route.base(); }
}
