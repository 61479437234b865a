package lib.access;

import module java.base;

import lib.refusal.*;
import lib.route.*;
import lib.wire.*;

/// Which of several keys is asked: a conversation keeps its key, because prompt caches belong to one, and a key that was refused
/// rests: for one model if that has reached its limit, for all if something is wrong with the account. If all of them rest, the
/// one that wakes first is asked. It is in memory only.
public final class KeyRests {
    private static final Set<Integer> REFUSED = Set.of(401, 402, 403, 429), OF_THE_ACCOUNT = Set.of(401, 402);
    private static final Duration USUAL = Duration.ofMinutes(1), LONGEST = Duration.ofMinutes(10);
    private static final String ALL_MODELS = "";
    private static final Pattern MODEL = Pattern.compile("\\bmodels?\\b", Pattern.CASE_INSENSITIVE);

    private record Use(int key, String model) { }

    private record Refused(Instant wakes, int status) {
        /// A clock that was set back must not make a rest longer.
        boolean restsAt(Instant now) { return now.isBefore(wakes) && !wakes.isAfter(now.plus(LONGEST)); }
    }

    private final InstantSource clock;
    private final int keys;
    private final Map<Use, Refused> refused = new ConcurrentHashMap<>();
    private final AtomicInteger turn = new AtomicInteger();

    KeyRests(int keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /// The key for a request: the conversation's own, or without one each in turn.
    int choose(String session, String model) {
        return order(session).stream()
            .min(Comparator.comparing(key -> of(key, model).map(Credential.Rest::until).orElse(Instant.MIN))).orElseThrow();
    }

    /// The key to ask after that many were refused; empty if all others rest or were asked already.
    Optional<Integer> choose(String session, String model, Set<Integer> asked) {
        return order(session).stream().filter(key -> !asked.contains(key) && of(key, model).isEmpty()).findFirst();
    }

    /// By a hash of both: every replica chooses the same key, and when a key rests, its conversations spread over all the others.
    private List<Integer> order(String session) {
        var all = IntStream.range(0, keys).boxed();
        if (!session.isEmpty()) return all.sorted(Comparator.comparing(key -> Hash.hex(session + " " + key, 16))).toList();
        var first = turn.getAndIncrement();
        return all.map(key -> Math.floorMod(first + key, keys)).toList();
    }

    /// Whether another key may be accepted. Then this one rests as long as the provider says.
    boolean rests(int key, String model, ApiError refusal) {
        if (!REFUSED.contains(refusal.status()) || Errors.isOfContent(refusal)) return false;
        var now = clock.instant();
        var usual = OF_THE_ACCOUNT.contains(refusal.status()) ? LONGEST : USUAL;
        var said = RetryAfter.of(refusal).stream().mapToObj(Duration::ofSeconds).findFirst().orElse(usual);
        refused.values().removeIf(before -> !before.restsAt(now));
        refused.put(new Use(key, isOfTheModel(refusal) ? model : ALL_MODELS),
            new Refused(now.plus(said.compareTo(LONGEST) < 0 ? said : LONGEST), refusal.status()));
        return true;
    }

    /// A rate limit applies to one model, and so does a missing right to use it. The message begins with the route's label.
    private static boolean isOfTheModel(ApiError refusal) {
        var words = refusal.getMessage().replaceFirst("^\\S+: ", "");
        return refusal.status() == 429 || refusal.status() != 401 && MODEL.matcher(words).find();
    }

    /// The settings have changed, and with them perhaps what an account may do.
    void settingsChanged() { refused.values().removeIf(before -> OF_THE_ACCOUNT.contains(before.status())); }

    /// The longest rest that keeps this key from this model, or empty if the key may be used.
    Optional<Credential.Rest> of(int key, String model) {
        var now = clock.instant();
        return Stream.of(ALL_MODELS, model).flatMap(one -> Optional.ofNullable(refused.get(new Use(key, one))).stream()
                .filter(refusal -> refusal.restsAt(now)).map(refusal -> new Credential.Rest(refusal.wakes(), one)))
            .max(Comparator.comparing(Credential.Rest::until));
    }
}
