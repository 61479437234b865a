package lib.message;

import module java.base;
import com.google.gson.JsonObject;

import lib.wire.*;

/// Maps tool names to names that a provider accepts, and back. One to one within a request.
public final class ToolNames {
    private static final Pattern FOREIGN = Pattern.compile("[^a-zA-Z0-9_-]");

    /// What a template puts around a name: `<|channel|>`, `<ctrl42>`, quotes and space.
    private static final Pattern TOKENS = Pattern.compile("<[^<>]{1,40}>|[\\s\"'`(\\[<|]+");

    private final int limit;
    private final Map<String, String> own = new HashMap<>();   // provider's name -> client's
    private final Map<String, String> folded = new HashMap<>();

    private ToolNames(int limit) { this.limit = limit; }

    public static ToolNames of(JsonObject message, int limit) {
        var names = new ToolNames(limit);
        for (var tool : Json.list(message, "tools")) {
            var name = Json.text(tool, "name");
            names.own.put(names.sent(name), name);
            for (var known : new String[]{names.sent(name), name}) names.folded.put(known.toLowerCase(Locale.ROOT), name);
        }
        return names;
    }

    /// The name for the provider. It is always the same for a given tool, which keeps the history and the prompt cache valid.
    public String sent(String name) {
        var clean = FOREIGN.matcher(name).replaceAll("_");
        if (clean.equals(name) && name.length() <= limit) return name;
        var hash = Hash.hex(name, 4);
        var head = limit - hash.length() - 1;
        return (clean.length() > head ? clean.substring(0, head) : clean) + "_" + hash;
    }

    /// The client's name for a called tool: models change its case, add a namespace or a number, repeat it, or leave their
    /// template's tokens in it.
    public String received(String name) {
        if (own.containsKey(name)) return own.get(name);
        for (var piece : TOKENS.split(withoutArguments(name)))
            for (var spelling : List.of(piece, piece.replaceFirst(":\\d+$", ""), piece.substring(piece.length() / 2))) {
                var half = spelling.length() * 2 == piece.length() && !piece.equals(spelling + spelling);
                var known = half ? "" : known(spelling);
                if (!known.isEmpty()) return known;
            }
        return name;
    }

    /// With or without a namespace.
    private String known(String name) {
        var bare = name.substring(Math.max(name.lastIndexOf(':'), name.lastIndexOf('.')) + 1);
        for (var spelling : List.of(name, bare)) {
            var known = own.getOrDefault(spelling, folded.getOrDefault(spelling.toLowerCase(Locale.ROOT), ""));
            if (!known.isEmpty()) return known;
        }
        return "";
    }

    /// Arguments that stand behind the name, as in `Read<|message|>{"file_path": ...}`, or nothing.
    public static String argumentsBehind(String name) { return name.substring(withoutArguments(name).length()); }

    private static String withoutArguments(String name) { return name.contains("{") ? name.substring(0, name.indexOf('{')) : name; }
}
