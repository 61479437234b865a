package lib.model;

import module java.base;

/// What to expect of a model that the catalogue does not have, such as a preview or next month's release: it thinks,
/// sees and is limited as the nearest model of its family and kind, which for a new one is the newest. A model older
/// than all that reason, or of no known family, gets safe limits.
final class UnknownModels {
    private static final int NEWEST = 9_999;   // as a version or a date: later than any

    private record Known(ModelName name, Model model) { }

    private final Map<Family, SequencedMap<String, List<Known>>> families = new EnumMap<>(Family.class);   // family -> provider, makers first -> models

    /// `bare` takes off what providers put before a name.
    UnknownModels(SequencedMap<String, List<Model>> listed, UnaryOperator<String> bare) {
        listed.forEach((provider, models) -> {
            for (var model : models) {
                var name = ModelName.of(bare.apply(model.id()));
                families.computeIfAbsent(name.family(), _ -> new LinkedHashMap<>()).computeIfAbsent(provider, _ -> new ArrayList<>()).add(new Known(name, model));
            }
        });
    }

    /// As its relatives at its own provider, or if that has none, at the family's maker.
    Model guess(String provider, String id, String bare) {
        var name = ModelName.of(bare);
        return relative(provider, name, bare).map(known -> known.model.guessed(name, id)).orElseGet(() -> name.family().safe(id));
    }

    /// The levels that a model of the same version has there, or at its maker. Open weights have those of who serves them.
    Optional<Map<String, String>> levels(String provider, String bare) {
        var name = ModelName.of(bare);
        return name.sized() ? Optional.empty() : relative(provider, name, bare).filter(known -> known.name.version() == name.version() && known.model.hasLevels()).map(known -> known.model.levels());
    }

    private Optional<Known> relative(String provider, ModelName name, String bare) {
        var family = name.family();
        if (family == Family.OTHER || family == Family.GPT_3 || family == Family.GPT_4) return Optional.empty();   // nothing newer will come of these
        var unnumbered = !name.isNumbered() && name.date() == 0;
        if (unnumbered && name.sized()) return Optional.empty();   // the first of its family: gemma-7b
        var pools = families.getOrDefault(family, new LinkedHashMap<>());
        var oldest = oldest(pools.values().stream().flatMap(Collection::stream).toList(), name);
        if (!unnumbered && isBefore(name, oldest)) return Optional.empty();
        var elsewhere = pools.values().stream().map(pool -> pool.stream().map(known -> new Known(known.name, known.model.elsewhere())).toList());
        var ordered = Stream.concat(Optional.ofNullable(pools.get(provider)).stream(), elsewhere)
            .map(pool -> pool.stream().filter(known -> !isBefore(known.name, oldest)).toList()).filter(pool -> !pool.isEmpty()).toList();
        // Open weights think by another switch than the service of the same name.
        var open = ordered.stream().map(pool -> pool.stream().filter(known -> name.sized() && known.name.sized() && known.name.words().equals(name.words())).toList()).filter(pool -> !pool.isEmpty()).findFirst();
        return open.or(() -> ordered.stream().findFirst()).flatMap(pool -> nearest(pool, name, unnumbered, bare.contains("latest")));
    }

    /// The first of the models most like it that reason. Where none like it reasons, as no Codestral does, the first like it.
    private static Optional<ModelName> oldest(List<Known> family, ModelName name) {
        var counted = family.stream().filter(known -> name.isNumbered() || name.date() == 0 ? known.name.isNumbered() : !known.name.isNumbered() && known.name.date() > 0)
            .filter(known -> known.name.shared(name) > 0).toList();
        var reason = counted.stream().filter(known -> known.model.reasons()).toList();
        var names = (reason.isEmpty() ? counted : reason).stream().map(Known::name).toList();
        var series = names.stream().filter(other -> other.series().equals(name.series())).toList();
        return most(series.isEmpty() ? names : series, name::shared).stream().min(ModelName::compareAge);
    }

    private static boolean isBefore(ModelName name, Optional<ModelName> oldest) {
        return oldest.filter(first -> name.isNumbered() == first.isNumbered() && name.compareAge(first) < 0).isPresent();
    }

    /// Of its kind if there are such; of the same major version if there are such, as a version between two is like its neighbours.
    private static Optional<Known> nearest(List<Known> pool, ModelName name, boolean unnumbered, boolean latest) {
        var series = pool.stream().filter(known -> known.name.series().equals(name.series()) || !known.name.isNumbered()).toList();
        var kind = most(series.isEmpty() ? pool : series, known -> known.name.shared(name));
        var version = unnumbered ? NEWEST : name.version();
        if (unnumbered) kind = kind.stream().filter(_ -> latest).toList();
        var siblings = kind.stream().filter(known -> (int) known.name.version() == (int) version).toList();
        if (siblings.isEmpty() && !unnumbered && kind.stream().anyMatch(known -> known.name.compareAge(name) > 0)) return Optional.empty();
        var date = name.date() == 0 ? NEWEST : name.date();
        return (siblings.isEmpty() ? kind : siblings).stream().min(Comparator
            .<Known>comparingDouble(known -> Math.abs(known.name.version() - version))
            .thenComparingInt(known -> Math.abs(known.name.date() - date))
            .thenComparingInt(known -> known.name.words().size())
            .thenComparing(known -> known.model.canStopReasoning()));   // the one that can do less
    }

    private static <T> List<T> most(List<T> all, ToLongFunction<T> measure) {
        var most = all.stream().mapToLong(measure).max().orElse(0);
        return all.stream().filter(one -> measure.applyAsLong(one) == most).toList();
    }
}
