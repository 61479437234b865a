package lib.access;

import module java.base;

import lib.refusal.*;
import lib.wire.*;

/// Which of several keys is asked: a conversation keeps its key, because prompt caches belong to one, and a key that was refused
/// rests. If all of them rest, the one that wakes first is asked. It is in memory only.
public final class KeyRests {
    private static final Set<Integer> REFUSED = Set.of(401, 402, 403, 429), OF_THE_ACCOUNT = Set.of(401, 402);
    private static final Duration USUAL = Duration.ofMinutes(1), LONGEST = Duration.ofMinutes(10);

    private record Rest(Instant wakes, int status) {
        private static final Rest NONE = new Rest(Instant.MIN, 0);
    }

    private final InstantSource clock;
    private final AtomicReferenceArray<Rest> rests;
    private final AtomicInteger turn = new AtomicInteger();

    KeyRests(int keys, InstantSource clock) {
        this.clock = clock;
        this.rests = new AtomicReferenceArray<>(Stream.generate(() -> Rest.NONE).limit(keys).toArray(Rest[]::new));
    }

    /// The key for a request: the conversation's own, or without one each in turn.
    int choose(String session) {
        var order = order(session);
        return order.stream().filter(this::isAwake).findFirst()
            .orElseGet(() -> order.stream().min(Comparator.comparing(key -> rests.get(key).wakes())).orElseThrow());
    }

    /// The key to ask after that many were refused; empty if all others rest or were asked already.
    Optional<Integer> choose(String session, Set<Integer> asked) {
        return order(session).stream().filter(key -> !asked.contains(key) && isAwake(key)).findFirst();
    }

    /// By a hash of both: every replica chooses the same key, and when a key rests, its conversations spread over all the others.
    private List<Integer> order(String session) {
        var keys = IntStream.range(0, rests.length()).boxed();
        if (!session.isEmpty()) return keys.sorted(Comparator.comparing(key -> Hash.hex(session + " " + key, 16))).toList();
        var first = turn.getAndIncrement();
        return keys.map(key -> Math.floorMod(first + key, rests.length())).toList();
    }

    /// A clock that was set back must not make a rest longer.
    private boolean isAwake(int key) {
        var now = clock.instant();
        var wakes = rests.get(key).wakes();
        return !now.isBefore(wakes) || wakes.isAfter(now.plus(LONGEST));
    }

    /// Whether another key may be accepted. Then this one rests as long as the provider says.
    boolean rests(int key, ApiError refusal) {
        if (!REFUSED.contains(refusal.status()) || Errors.isOfContent(refusal)) return false;
        var account = OF_THE_ACCOUNT.contains(refusal.status());
        var said = RetryAfter.of(refusal).stream().mapToObj(Duration::ofSeconds).findFirst().orElse(account ? LONGEST : USUAL);
        rests.set(key, new Rest(clock.instant().plus(said.compareTo(LONGEST) < 0 ? said : LONGEST), refusal.status()));
        return true;
    }

    /// The settings have changed, and with them perhaps what an account may do.
    void settingsChanged() {
        for (var key = 0; key < rests.length(); key++)
            rests.updateAndGet(key, rest -> OF_THE_ACCOUNT.contains(rest.status()) ? Rest.NONE : rest);
    }

    /// Until when a key rests; empty if it does not.
    Optional<Instant> until(int key) { return Optional.of(rests.get(key).wakes()).filter(_ -> !isAwake(key)); }
}
