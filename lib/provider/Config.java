package lib.provider;

import io.github.cdimascio.dotenv.Dotenv;
import io.github.cdimascio.dotenv.DotenvException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What the user set: the process environment, and under it a `.env` file. The only place that reads either.
public final class Config {
    /// A setting that cannot be used; the message names the variable and what it may be.
    public static final class Wrong extends RuntimeException {
        public Wrong(String message) { super(message, null, false, false); }
    }

    /// A model as BIG_MODEL_* or SMALL_MODEL_* name it; what is not set is empty.
    public record Slot(String provider, String name, String key, String base) { }

    private static final List<String> LEVELS = List.of("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL");
    /// The client's own, which may point at FreeCC itself.
    private static final List<String> CLIENTS = List.of("ANTHROPIC_BASE_URL", "ANTHROPIC_AUTH_TOKEN");

    private final Map<String, String> values;

    public Config(Map<String, String> values) {
        this.values = new HashMap<>(values);
        this.values.values().removeIf(String::isBlank);
        this.values.keySet().removeAll(CLIENTS);
    }

    /// The environment over the file; a file that is not there is as good as an empty one.
    public static Config load(Path file) {
        var values = new HashMap<String, String>();
        if (Files.isRegularFile(file)) try {
            Dotenv.configure().directory(file.toAbsolutePath().getParent().toString()).filename(file.getFileName().toString()).load()
                .entries(Dotenv.Filter.DECLARED_IN_ENV_FILE).forEach(entry -> values.put(entry.getKey(), entry.getValue().replaceFirst("^'(.*)'$", "$1")));
        } catch (DotenvException e) {
            throw new Wrong(file + " cannot be read: " + e.getMessage());
        }
        values.putAll(System.getenv());
        return new Config(values);
    }

    /// The same settings, with one of them as given.
    public Config with(String name, String value) {
        var changed = new HashMap<>(values);
        changed.put(name, value);
        return new Config(changed);
    }

    @Override public boolean equals(Object other) { return other instanceof Config config && values.equals(config.values); }

    @Override public int hashCode() { return values.hashCode(); }

    public String get(String name) { return values.getOrDefault(name, "").strip(); }

    public String get(String name, String otherwise) { return get(name).isEmpty() ? otherwise : get(name); }

    /// The first of the variables that is set, or empty.
    public String first(List<String> names) {
        return names.stream().map(this::get).filter(value -> !value.isEmpty()).findFirst().orElse("");
    }

    public boolean flag(String name) { return List.of("true", "1", "yes", "on").contains(get(name).toLowerCase(Locale.ROOT)); }

    public Slot big() { return slot("BIG_MODEL"); }

    public Slot small() { return slot("SMALL_MODEL"); }

    private Slot slot(String size) {
        return new Slot(get(size + "_PROVIDER").toLowerCase(Locale.ROOT), get(size + "_NAME"), get(size + "_API_KEY"), get(size + "_API_BASE"));
    }

    public String host() { return get("FREECC_HOST", "127.0.0.1"); }

    public int port() { return port(get("PORT", "8082"), "PORT"); }

    public static int port(String text, String name) {
        if (text.matches("\\d{1,5}") && Integer.parseInt(text) < 65536) return Integer.parseInt(text);
        throw new Wrong(name + "=" + text + " is no port: give a number from 0 to 65535");
    }

    /// What clients must send; empty if anyone on this machine may ask.
    public String accessKey() { return get("FREECC_API_KEY"); }

    public String fileLogLevel() { return level("FILE_LOG_LEVEL", "DEBUG"); }

    public String consoleLogLevel() { return level("CONSOLE_LOG_LEVEL", "INFO"); }

    public boolean logsRequests() { return flag("LOG_REQUEST_BODY"); }

    public boolean logsResponses() { return flag("LOG_RESPONSE_BODY"); }

    private String level(String name, String usual) {
        var level = get(name, usual).toUpperCase(Locale.ROOT);
        if (LEVELS.contains(level)) return level;
        throw new Wrong(name + "=" + get(name) + " is no log level: give one of " + String.join(", ", LEVELS));
    }

    /// Names such as `acme` for which the user has set ACME_API_BASE.
    public boolean hasBase(String provider) { return !get(variable(provider, "API_BASE")).isEmpty() || !get(variable(provider, "BASE_URL")).isEmpty(); }

    /// `together-ai` and `API_KEY` make TOGETHER_AI_API_KEY.
    public static String variable(String provider, String what) {
        return provider.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_") + "_" + what;
    }

    /// Every secret that may not appear in a log: the values of all variables that are named like one.
    public List<String> secrets() {
        return values.entrySet().stream().filter(entry -> entry.getKey().matches(".*(KEY|TOKEN|SECRET|PASSWORD|CREDENTIALS|_PAT$|_JWT$).*"))
            .map(entry -> entry.getValue().strip()).filter(value -> value.length() >= 8).sorted(Comparator.comparingInt(String::length).reversed()).toList();   // one may be a part of another
    }

    public String home() { return get("HOME", System.getProperty("user.home")); }

    public Path configFolder() { return folder("XDG_CONFIG_HOME", ".config"); }

    public Path stateFolder() { return folder("XDG_STATE_HOME", ".local/state"); }

    private Path folder(String variable, String usual) {
        return (get(variable).isEmpty() ? Path.of(home(), usual) : Path.of(get(variable))).resolve("freecc");
    }
}
