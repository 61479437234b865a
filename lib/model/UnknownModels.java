package lib.model;

import module java.base;

/// Describes models that are not in the catalogue, such as a preview or next month's release: like the nearest model of the
/// same family and kind, which for a new one is the newest. A model that is older than all reasoning models, or of no known
/// family, gets safe limits.
final class UnknownModels {
    /// Families that will get no new models.
    private static final Set<Family> PAST = EnumSet.of(Family.OTHER, Family.GPT_3, Family.GPT_4);
    private static final int NEWEST = 9_999;   // as a version or a date: later than any other

    private record Known(String provider, ModelName name, Model model) { }

    private final SequencedMap<String, List<Listing>> listed;   // provider, makers first -> its models
    private final UnaryOperator<String> bare;
    /// family -> provider, makers first -> models. Only families that were asked for: to find that of every model in the
    /// catalogue takes a Java that has just started 100 ms.
    private final Map<Family, SequencedMap<String, List<Known>>> families = new ConcurrentHashMap<>();

    /// `bare` removes the prefixes that providers add to a name.
    UnknownModels(SequencedMap<String, List<Listing>> listed, UnaryOperator<String> bare) {
        this.listed = listed;
        this.bare = bare;
    }

    private SequencedMap<String, List<Known>> members(Family family) {
        var members = new LinkedHashMap<String, List<Known>>();
        listed.forEach((provider, models) -> {
            for (var model : models) {
                var name = bare.apply(model.id());
                if (!family.isIn(name)) continue;
                var known = ModelName.of(name);
                if (known.family() == family)
                    members.computeIfAbsent(provider, _ -> new ArrayList<>()).add(new Known(provider, known, model.model()));
            }
        });
        return members;
    }

    /// Like its relative at the same provider, otherwise at the family's maker.
    Model guess(String provider, String id, ModelName name) {
        return relative(provider, name).map(known -> own(known, provider).guessed(name, id)).orElseGet(() -> name.family().safe(id));
    }

    /// The levels of a model of the same version at that provider or at its maker. The levels of open weights depend on
    /// the provider.
    Optional<Map<String, String>> levels(String provider, ModelName name) {
        if (name.sized()) return Optional.empty();
        return relative(provider, name).filter(known -> known.name.version() == name.version()).map(known -> own(known, provider))
            .filter(Model::hasLevels).map(Model::levels);
    }

    private static Model own(Known known, String provider) {
        return known.provider.equals(provider) ? known.model : known.model.elsewhere();
    }

    private Optional<Known> relative(String provider, ModelName name) {
        if (PAST.contains(name.family()) || !name.isPlaced()) return Optional.empty();
        var pools = families.computeIfAbsent(name.family(), this::members);
        var oldest = oldest(pools.values().stream().flatMap(Collection::stream).toList(), name);
        if (isBefore(name, oldest)) return Optional.empty();
        var modern = Stream.concat(Optional.ofNullable(pools.get(provider)).stream(), pools.values().stream())
            .map(pool -> pool.stream().filter(known -> !isBefore(known.name, oldest)).toList()).filter(pool -> !pool.isEmpty()).toList();
        // Open weights have another switch for reasoning than a service of the same name.
        var open = modern.stream().map(pool -> pool.stream().filter(known -> name.isOpenLike(known.name)).toList())
            .filter(pool -> !pool.isEmpty());
        return open.findFirst().or(() -> modern.stream().findFirst()).flatMap(pool -> nearest(pool, name));
    }

    /// The oldest reasoning model among those most like it; the oldest of all if none reasons, as with Codestral.
    private static Optional<ModelName> oldest(List<Known> family, ModelName name) {
        var alike = family.stream().filter(known -> known.name.isComparable(name) && known.name.shared(name) > 0).toList();
        var reason = alike.stream().filter(known -> known.model.reasons()).toList();
        var names = (reason.isEmpty() ? alike : reason).stream().map(Known::name).toList();
        var series = names.stream().filter(other -> other.series().equals(name.series())).toList();
        return most(series.isEmpty() ? names : series, name::shared).stream().min(ModelName::compareAge);
    }

    private static boolean isBefore(ModelName name, Optional<ModelName> oldest) {
        return oldest.filter(first -> name.isComparable(first) && name.compareAge(first) < 0).isPresent();
    }

    /// The nearest of its kind, preferably of the same major version.
    private static Optional<Known> nearest(List<Known> pool, ModelName name) {
        var series = pool.stream().filter(known -> known.name.series().equals(name.series()) || !known.name.isNumbered()).toList();
        var kind = most(series.isEmpty() ? pool : series, known -> known.name.shared(name));
        var version = name.latest() ? NEWEST : name.version();
        var date = name.date() == 0 ? NEWEST : name.date();
        var siblings = kind.stream().filter(known -> (int) known.name.version() == (int) version).toList();
        var newer = kind.stream().anyMatch(known -> known.name.compareAge(name) > 0);
        if (siblings.isEmpty() && newer && !name.latest()) return Optional.empty();
        return (siblings.isEmpty() ? kind : siblings).stream().min(Comparator
            .<Known>comparingDouble(known -> Math.abs(known.name.version() - version))
            .thenComparingInt(known -> Math.abs(known.name.date() - date))
            .thenComparingInt(known -> known.name.words().size())
            .thenComparing(known -> known.model.canStopReasoning()));   // prefer the one that can do less
    }

    private static <T> List<T> most(List<T> all, ToLongFunction<T> measure) {
        var most = all.stream().mapToLong(measure).max().orElse(0);
        return all.stream().filter(one -> measure.applyAsLong(one) == most).toList();
    }
}
