package lib.provider;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Secrets that stand in no setting: tokens that were fetched, or saved at a login. No log may show them either.
public final class Secrets {
    private static final int SHORTEST = 8;
    private static final Set<String> LEARNED = ConcurrentHashMap.newKeySet();

    private Secrets() {}

    static void learn(String secret) {
        if (secret.length() >= SHORTEST) LEARNED.add(secret);
    }

    public static Set<String> learned() { return LEARNED; }
}
