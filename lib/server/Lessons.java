package lib.server;

import module java.base;

import lib.route.*;

/// What refusals have taught about each model: the fixes with which a refused request succeeded. They last as long as the
/// process, but for those that take content away, which end after a while.
final class Lessons {
    static final Duration WHILE = Duration.ofMinutes(15);

    private record Lesson(Fix fix, Instant ends) { }

    private final Map<String, SequencedMap<String, Lesson>> byModel = new ConcurrentHashMap<>();
    private final InstantSource clock;
    private final Consumer<String> log;

    Lessons(InstantSource clock, Consumer<String> log) {
        this.clock = clock;
        this.log = log;
    }

    Route applied(Route route) {
        var known = route;
        for (var lesson : byModel.getOrDefault(key(route), new LinkedHashMap<>()).values())
            if (clock.instant().isBefore(lesson.ends())) known = known.with(lesson.fix());
        return known;
    }

    /// The request goes up again with the fix, which may or may not help.
    void tried(Route route, Fix fix) { log.accept(route.label() + ": asked again " + fix.name()); }

    void note(String line) { log.accept(line); }

    /// The request succeeded with these fixes.
    void learn(Route route, List<Fix> fixes) {
        for (var fix : fixes) {
            if (fix.holds() == Fix.Holds.ONCE) continue;
            var passing = fix.holds() == Fix.Holds.A_WHILE;
            var lesson = new Lesson(fix, passing ? clock.instant().plus(WHILE) : Instant.MAX);
            byModel.compute(key(route), (_, known) -> {
                var all = new LinkedHashMap<String, Lesson>(known == null ? Map.of() : known);
                all.put(fix.name(), lesson);
                return all;
            });
            if (passing) log.accept(route.label() + ": the next " + WHILE.toMinutes() + " minutes " + fix.name());
        }
    }

    private static String key(Route route) { return route.label() + " " + route.base(); }
}
