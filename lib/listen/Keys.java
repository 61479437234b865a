package lib.listen;

import module java.base;

import lib.config.*;

/// The keys that clients send: FREECC_API_KEY, and those of FREECC_API_KEYS, each of which has a name.
public final class Keys {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,40}");

    private final SequencedMap<String, byte[]> byName = new LinkedHashMap<>();   // the one without a name has an empty one

    public Keys(Config config) {
        if (!config.accessKey().isEmpty()) add("", config.accessKey(), config);
        for (var entry : config.get("FREECC_API_KEYS").split(",")) {
            var colon = entry.indexOf(':');
            var name = entry.substring(0, Math.max(colon, 0)).strip();
            if (entry.isBlank()) continue;
            if (colon < 0 || !NAME.matcher(name).matches() || entry.substring(colon + 1).isBlank())
                throw new Config.Wrong("FREECC_API_KEYS must be name:key,name:key; a name has letters, digits, - and _, at most 40");
            add(name, entry.substring(colon + 1).strip(), config);
        }
    }

    private void add(String name, String key, Config config) {
        var bytes = key.getBytes(StandardCharsets.UTF_8);
        if (byName.keySet().stream().anyMatch(other -> variable(other).equals(variable(name))))
            throw new Config.Wrong("FREECC_API_KEYS has the name '" + name + "' twice; names must differ in more than case, - and _");
        if (byName.values().stream().anyMatch(other -> Arrays.equals(other, bytes)))
            throw new Config.Wrong("the key of '" + name + "' in FREECC_API_KEYS has another name, too; give each name its own key");
        config.secrets().learn(key);
        byName.put(name, bytes);
    }

    /// The variable for the budget of a name.
    private static String variable(String name) { return "FREECC_BUDGET_" + name.toUpperCase(Locale.ROOT).replace('-', '_'); }

    public boolean isEmpty() { return byName.isEmpty(); }

    /// Whose key it is. Takes as long for a wrong key as for a right one, and looks at all of them.
    public Optional<String> nameOf(String given) {
        var bytes = given.getBytes(StandardCharsets.UTF_8);
        var found = Optional.<String>empty();
        for (var entry : byName.entrySet()) if (MessageDigest.isEqual(bytes, entry.getValue())) found = Optional.of(entry.getKey());
        return found;
    }

    /// The variables that set a budget, and the names that they are for.
    public Map<String, String> budgets(Config config) {
        var budgets = new LinkedHashMap<String, String>();
        for (var variable : config.names()) if (variable.startsWith("FREECC_BUDGET_") && !config.get("FREECC_API_KEYS").isEmpty())
            budgets.put(variable, byName.keySet().stream()
                .filter(name -> !name.isEmpty() && variable(name).equals(variable.toUpperCase(Locale.ROOT))).findFirst()
                .orElseThrow(() -> new Config.Wrong(variable + " is for a name that is not in FREECC_API_KEYS; "
                    + "add the name there, or remove " + variable)));
        return budgets;
    }
}
