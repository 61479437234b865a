package lib.server;

import module java.base;

import lib.route.*;

/// What refusals have taught about each model, for the life of the process.
final class Lessons {
    private final Map<String, List<Fix>> byModel = new ConcurrentHashMap<>();

    Route applied(Route route) {
        var known = route;
        for (var fix : byModel.getOrDefault(key(route), List.of())) known = known.with(fix);
        return known;
    }

    void learn(Route route, Fix fix) {
        byModel.merge(key(route), List.of(fix), (old, more) -> {
            var all = new ArrayList<>(old);
            if (old.stream().noneMatch(known -> known.name().equals(fix.name()))) all.addAll(more);
            return List.copyOf(all);
        });
    }

    private static String key(Route route) { return route.label() + " " + route.base(); }
}
