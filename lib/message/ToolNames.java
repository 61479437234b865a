package lib.message;

import module java.base;
import com.google.gson.JsonObject;

import lib.wire.*;

/// Tool names that a provider takes, and the way back to the client's own. One to one within a request.
public final class ToolNames {
    private static final Pattern FOREIGN = Pattern.compile("[^a-zA-Z0-9_-]");

    private final int limit;
    private final Map<String, String> own = new HashMap<>();   // provider's name -> client's
    private final Map<String, String> folded = new HashMap<>();

    private ToolNames(int limit) { this.limit = limit; }

    public static ToolNames of(JsonObject message, int limit) {
        var names = new ToolNames(limit);
        for (var tool : Json.list(message, "tools")) {
            var name = Json.text(tool, "name");
            names.own.put(names.sent(name), name);
            for (var known : new String[]{names.sent(name), name}) names.folded.put(known.toLowerCase(java.util.Locale.ROOT), name);
        }
        return names;
    }

    /// The name as it goes up. The same name always becomes the same, so that history and prompt cache agree.
    public String sent(String name) {
        var clean = FOREIGN.matcher(name).replaceAll("_");
        if (clean.equals(name) && name.length() <= limit) return name;
        var hash = Hash.hex(name, 4);
        var head = limit - hash.length() - 1;
        return (clean.length() > head ? clean.substring(0, head) : clean) + "_" + hash;
    }

    /// The client's name for what the model called: models change case and put a namespace before it.
    public String received(String name) {
        var exact = own.get(name);
        if (exact != null) return exact;
        var bare = name.substring(Math.max(name.lastIndexOf(':'), name.lastIndexOf('.')) + 1);
        var tail = own.get(bare);
        return tail != null ? tail : folded.getOrDefault(bare.toLowerCase(java.util.Locale.ROOT), name);
    }
}
