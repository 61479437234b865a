package lib.config;

import module java.base;

/// What the user set: the process environment, and under it a `.env` file. The only place that reads either.
public final class Config {
    /// A setting that cannot be used; the message names the variable and what it may be.
    public static final class Wrong extends RuntimeException {
        public Wrong(String message) { super(message, null, false, false); }
    }

    /// A model as the four settings of a tier name it, empty where they are not set.
    public record Slot(String provider, String name, String key, String base) {
        /// Whether nothing is set.
        public boolean isEmpty() { return (provider + name + key + base).isEmpty(); }

        public Slot at(String other) { return new Slot(other, name, key, base); }

        public Slot named(String other) { return new Slot(provider, other, key, base); }
    }

    /// FreeCC's own.
    public static final String VERSION = "0.1.0";

    private static final String SYSTEM = System.getProperty("os.name");
    private static final List<String> LEVELS = List.of("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL");
    /// Claude Code's own settings, which may point at FreeCC itself.
    private static final List<String> CLIENTS = List.of("ANTHROPIC_BASE_URL", "ANTHROPIC_AUTH_TOKEN");

    private final Map<String, String> values;
    private final Map<String, String> given;   // what is not from the file
    private final Secrets secrets;

    public Config(Map<String, String> values) { this(new HashMap<>(values), new HashMap<>(values), new Secrets()); }

    private Config(Map<String, String> values, Map<String, String> given, Secrets secrets) {
        this.values = values;
        this.given = given;
        this.secrets = secrets;
        values.values().removeIf(String::isBlank);
        values.keySet().removeAll(CLIENTS);
        values.forEach(secrets::learn);
    }

    private Config(Config before, String name, String value) {
        this.values = new HashMap<>(before.values);
        this.given = new HashMap<>(before.given);
        this.secrets = before.secrets;
        values.put(name, value);
        given.put(name, value);
        secrets.learn(name, value);
    }

    /// The environment over the file, which need not exist.
    public static Config load(Path file) { return environment().over(file); }

    /// What is set without a file.
    public static Config environment() { return new Config(Platform.environment(SYSTEM, System.getenv())); }

    /// What is set without a file, over what the file says now. The secrets of this run stay secrets.
    public Config over(Path file) {
        var both = new HashMap<>(fileSettings(file));
        both.putAll(given);
        return new Config(both, given, secrets);
    }

    /// What the file alone sets.
    public static Map<String, String> fileSettings(Path file) { return Files.isRegularFile(file) ? EnvFile.read(file) : Map.of(); }

    /// The same settings of the same run, with one of them as given.
    public Config with(String name, String value) { return new Config(this, name, value); }

    @Override public boolean equals(Object other) { return other instanceof Config config && values.equals(config.values); }

    @Override public int hashCode() { return values.hashCode(); }

    /// The variables that are set, FreeCC's and all others.
    public Set<String> names() { return Collections.unmodifiableSet(values.keySet()); }

    /// The text of .env.example, which names every setting.
    public static String example() {
        try (var in = Config.class.getResourceAsStream("/lib/config/env.example")) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);   // plain `java FreeCC.java` has no //FILES
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String get(String name) { return values.getOrDefault(name, "").strip(); }

    public String get(String name, String otherwise) { return get(name).isEmpty() ? otherwise : get(name); }

    /// The first of the variables that is set, or empty.
    public String first(List<String> names) {
        return names.stream().map(this::get).filter(value -> !value.isEmpty()).findFirst().orElse("");
    }

    public String first(List<String> names, String otherwise) { return first(names).isEmpty() ? otherwise : first(names); }

    public boolean flag(String name) { return List.of("true", "1", "yes", "on").contains(get(name).toLowerCase(Locale.ROOT)); }

    public Slot big() { return slot(Tier.BIG); }

    public Slot small() { return slot(Tier.SMALL); }

    /// A tier's own settings.
    public Slot slot(Tier tier) {
        var provider = get(tier.setting("PROVIDER")).toLowerCase(Locale.ROOT);
        return new Slot(provider, get(tier.setting("NAME")), get(tier.setting("API_KEY")), get(tier.setting("API_BASE")));
    }

    public String host() { return get("FREECC_HOST", "127.0.0.1"); }

    public int port() { return port(get("PORT", "8082"), "PORT"); }

    public static int port(String text, String name) {
        if (text.matches("\\d{1,5}") && Integer.parseInt(text) < 65536) return Integer.parseInt(text);
        throw new Wrong(name + "=" + text + " is not a valid port; use a number from 0 to 65535");
    }

    /// How long streams may go on after a signal to stop.
    public Duration shutdownTimeout() { return Duration.ofSeconds(count("SHUTDOWN_TIMEOUT", 0, 600)); }

    /// How many requests to a model may be under way at once.
    public int mostRequests() { return count("MAX_CONCURRENT_REQUESTS", 1, Integer.MAX_VALUE); }

    private int count(String name, int least, int usual) {
        var text = get(name);
        if (text.isEmpty()) return usual;
        if (text.matches("\\d{1,6}") && Integer.parseInt(text) >= least) return Integer.parseInt(text);
        throw new Wrong(name + "=" + text + " is not a valid number; use a whole number from " + least + " to 999999");
    }

    /// The key that clients must send; empty if any program on this machine may ask.
    public String accessKey() { return get("FREECC_API_KEY"); }

    /// Whether clients must send a key, FREECC_API_KEY or one of FREECC_API_KEYS.
    public boolean asksForKey() { return !(accessKey() + get("FREECC_API_KEYS")).isEmpty(); }

    public String fileLogLevel() { return level("FILE_LOG_LEVEL", "DEBUG"); }

    public String consoleLogLevel() { return level("CONSOLE_LOG_LEVEL", "INFO"); }

    public boolean logsRequests() { return flag("LOG_REQUEST_BODY"); }

    public boolean logsResponses() { return flag("LOG_RESPONSE_BODY"); }

    /// Whether what requests took and cost is recorded; it is, unless the user says no.
    public boolean keepsLedger() { return get("LEDGER").isEmpty() || flag("LEDGER"); }

    private String level(String name, String usual) {
        var level = get(name, usual).toUpperCase(Locale.ROOT);
        if (LEVELS.contains(level)) return level;
        throw new Wrong("unknown log level '" + get(name) + "' in " + name + "; use one of " + String.join(", ", LEVELS));
    }

    /// Names such as `acme` for which the user has set ACME_API_BASE.
    public boolean hasBase(String provider) {
        return !get(variable(provider, "API_BASE")).isEmpty() || !get(variable(provider, "BASE_URL")).isEmpty();
    }

    /// `together-ai` and `API_KEY` make TOGETHER_AI_API_KEY.
    public static String variable(String provider, String what) {
        var name = new StringBuilder(provider.toUpperCase(Locale.ROOT));
        for (var i = 0; i < name.length(); i++) if (!isOfName(name.charAt(i))) name.setCharAt(i, '_');
        return name.append('_').append(what).toString();
    }

    /// Whether the name of a variable may contain it.
    public static boolean isOfName(char c) { return c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_'; }

    /// What the variables that are named like a secret hold, and what this run has learned since.
    public Secrets secrets() { return secrets; }

    public Platform platform() { return new Platform(SYSTEM, this::get); }

    public String home() { return platform().home(System.getProperty("user.home")); }

    public Path configFolder() { return Path.of(platform().configFolder(home())); }

    public Path stateFolder() { return Path.of(platform().stateFolder(home())); }
}
