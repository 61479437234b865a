package lib.message;

import module java.base;

import lib.json.*;
import lib.wire.*;

/// Maps tool names to names that a provider accepts, and back. One to one within a request.
public final class ToolNames {
    /// What a template puts around a name: `<|channel|>`, `<ctrl42>`, quotes and space.
    private static final Pattern TOKENS = Pattern.compile("<[^<>]{1,40}>|[\\s\"'`(\\[<|]+");

    /// What APIs and templates put before a name, without a mark that would set it off.
    private static final Pattern PREFIX = Pattern.compile("^(functions?|tools?|default_api)_+", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAMESPACE = Pattern.compile("^.*[:./]");
    private static final Pattern SEPARATORS = Pattern.compile("[-_.:/]+");
    private static final int MOST_REPEATS = 4;
    private static final String MCP = "mcp__";

    private final int limit;
    private final Map<String, String> own = new HashMap<>();   // provider's name -> client's
    private final Lazy<Map<String, String>> folded = new Lazy<>(this::folded);   // most models spell the names right

    private ToolNames(int limit) { this.limit = limit; }

    public static ToolNames of(JsonObject message, int limit) {
        return Json.found(Json.find(message, "tools"), "names of " + limit, () -> in(message, limit));
    }

    private static ToolNames in(JsonObject message, int limit) {
        var names = new ToolNames(limit);
        for (var tool : Json.list(message, "tools")) {
            var name = Json.text(tool, "name");
            names.own.put(names.sent(name), name);
        }
        return names;
    }

    /// A name that two tools share means neither.
    private Map<String, String> folded() {
        var folded = new HashMap<String, String>();
        own.forEach((sent, name) -> {
            var bare = name.startsWith(MCP) ? name.substring(MCP.length()) : name;
            Stream.of(sent, name, bare).map(ToolNames::folded).distinct()
                .forEach(known -> folded.merge(known, name, (one, other) -> one.equals(other) ? one : ""));
        });
        return folded;
    }

    /// Without its case, and with one kind of separator.
    private static String folded(String name) { return SEPARATORS.matcher(name).replaceAll("_").toLowerCase(Locale.ROOT); }

    /// The name for the provider. It is always the same for a given tool, which keeps the history and the prompt cache valid.
    public String sent(String name) {
        if (name.length() <= limit && name.codePoints().allMatch(ToolNames::isPlain)) return name;
        var clean = name.codePoints().mapToObj(c -> isPlain(c) ? Character.toString(c) : "_").collect(Collectors.joining());
        var hash = Hash.hex(name, 4);
        var head = limit - hash.length() - 1;
        return (clean.length() > head ? clean.substring(0, head) : clean) + "_" + hash;
    }

    private static boolean isPlain(int c) { return c <= 'z' && Character.isLetterOrDigit(c) || c == '_' || c == '-'; }

    /// The client's name for a called tool: models change its case or its separators, add a namespace or a number, leave out
    /// `mcp__`, repeat the name, or leave their template's tokens in it.
    public String received(String name) {
        if (own.containsKey(name)) return own.get(name);
        for (var piece : TOKENS.split(withoutArguments(name)))
            for (var spelling : List.of(piece, piece.replaceFirst("[:_-]\\d+$", ""), repeated(piece))) {
                var known = known(spelling);
                if (!known.isEmpty()) return known;
            }
        return name;
    }

    /// What a text is a repetition of, or nothing.
    private static String repeated(String text) {
        for (var times = 2; times <= MOST_REPEATS; times++) {
            var part = text.substring(0, text.length() / times);
            if (text.equals(part.repeat(times))) return part;
        }
        return "";
    }

    /// With or without a namespace.
    private String known(String name) {
        var bare = NAMESPACE.matcher(name).replaceFirst("");
        for (var spelling : List.of(name, bare, PREFIX.matcher(name).replaceFirst(""), repeated(bare))) {
            var known = own.getOrDefault(spelling, folded.get().getOrDefault(folded(spelling), ""));
            if (!known.isEmpty()) return known;
        }
        return "";
    }

    /// Arguments that stand behind the name, as in `Read<|message|>{"file_path": ...}`, or nothing.
    public static String argumentsBehind(String name) { return name.substring(withoutArguments(name).length()); }

    private static String withoutArguments(String name) { return name.contains("{") ? name.substring(0, name.indexOf('{')) : name; }
}
