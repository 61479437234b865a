package lib.message;

import module java.base;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import lib.wire.*;

/// The conversation as every provider can take it: content is always a list of blocks, nothing is empty,
/// neighbours of one role are one message, and each tool call is answered in the very next user message.
public final class History {
    /// Claude Code's billing line changes with every kind of request and would spoil the provider's prompt cache.
    private static final String ATTRIBUTION = "x-anthropic-billing-header:";

    private History() {}

    /// The system prompt's texts.
    public static List<String> system(JsonObject message) {
        return blocks(Json.find(message, "system")).stream().map(block -> withoutAttribution(Json.text(block, "text")))
            .filter(text -> !text.isBlank()).toList();
    }

    /// The same, and the schema for the answer, where the provider has no other place for it.
    public static List<String> system(JsonObject message, JsonObject schema) {
        var texts = new ArrayList<>(system(message));
        if (!schema.isEmpty()) texts.add("Give your final answer as one JSON object by this schema, and nothing else:\n" + Json.write(schema));
        return texts;
    }

    /// A text of the system prompt without the client's billing line.
    public static String withoutAttribution(String text) {
        if (!text.startsWith(ATTRIBUTION)) return text;
        var end = text.indexOf('\n');
        return end < 0 ? "" : text.substring(end + 1);
    }

    /// The messages, each `{role, content: [block...]}`. The client's own tree stays as it is.
    public static List<JsonObject> of(JsonObject message) {
        var merged = new ArrayList<JsonObject>();
        for (var turn : Json.list(message, "messages")) {
            var role = Json.text(turn, "role");
            var content = blocks(Json.find(turn, "content")).stream().filter(History::saysSomething).toList();
            if (content.isEmpty()) continue;
            if (!merged.isEmpty() && Json.text(merged.getLast(), "role").equals(role)) {
                var both = new ArrayList<JsonElement>(Json.list(merged.removeLast(), "content"));
                both.addAll(content);
                merged.add(turn(role, both));
            } else merged.add(turn(role, content));
        }
        return repaired(merged);
    }

    /// What a system message between the others says, as a part of the user's turn.
    public static String reminder(String text) { return "<system-reminder>\n" + text + "\n</system-reminder>"; }

    public static JsonObject text(String text) { return Json.object("type", "text", "text", text); }

    public static List<JsonElement> blocks(JsonElement content) {
        if (content.isJsonArray()) return Json.list(content);
        return Json.isText(content) ? List.of(Json.object("type", "text", "text", content)) : List.of();
    }

    public static JsonObject turn(String role, List<? extends JsonElement> content) {
        return Json.object("role", role, "content", Json.arrayOf(content));
    }

    private static boolean saysSomething(JsonElement block) {
        return !Json.text(block, "type").equals("text") || !Json.text(block, "text").isBlank();
    }

    private static List<JsonObject> repaired(List<JsonObject> turns) {
        var out = new ArrayList<JsonObject>();
        var late = new ArrayList<JsonObject>();            // what stood between calls and their results
        Map<String, List<JsonObject>> open = new LinkedHashMap<>();   // the calls still to be answered
        Map<String, JsonObject> results = new HashMap<>();
        for (var turn : turns) {
            switch (Json.text(turn, "role")) {
                case "assistant" -> {
                    answer(open, results, out, late);
                    out.add(withUniqueIds(turn, open));
                }
                case "user" -> {
                    var rest = new ArrayList<JsonElement>();
                    for (var block : Json.list(turn, "content")) collect(block, open, results, rest);
                    if (!rest.isEmpty()) late.add(turn("user", rest));
                }
                default -> late.add(turn);
            }
            if (open.isEmpty()) flush(out, late);
        }
        answer(open, results, out, late);
        return out;
    }

    /// A result goes to its call; one whose call is unknown stays as the user's text.
    private static void collect(JsonElement block, Map<String, List<JsonObject>> open, Map<String, JsonObject> results, List<JsonElement> rest) {
        if (!Json.text(block, "type").equals("tool_result")) {
            rest.add(block);
            return;
        }
        for (var call : open.getOrDefault(Json.text(block, "tool_use_id"), List.of())) {
            var id = Json.text(call, "id");
            if (results.containsKey(id)) continue;
            var result = Json.shallow((JsonObject) block);
            Json.put(result, "tool_use_id", id);
            results.put(id, result);
            return;
        }
        rest.add(Json.object("type", "text", "text", "[Result of an earlier tool call]\n" + PlainText.text(block)));
    }

    /// Writes the results in the order of the calls, made up where one is missing, and then what came with them.
    private static void answer(Map<String, List<JsonObject>> open, Map<String, JsonObject> results, List<JsonObject> out, List<JsonObject> late) {
        var calls = open.values().stream().flatMap(List::stream).sorted((a, b) -> Long.compare(Json.number(a, "at"), Json.number(b, "at")))
            .map(call -> Json.text(call, "id")).toList();
        if (!calls.isEmpty()) out.add(turn("user", calls.stream().map(id -> results.getOrDefault(id, missing(id))).collect(Collectors.toList())));
        open.clear();
        results.clear();
        flush(out, late);
    }

    private static void flush(List<JsonObject> out, List<JsonObject> late) {
        for (var turn : late) {
            var role = Json.text(turn, "role");
            if (role.equals("user") && !out.isEmpty() && Json.text(out.getLast(), "role").equals("user")) {
                var both = new ArrayList<JsonElement>(Json.list(out.removeLast(), "content"));
                both.addAll(Json.list(turn, "content"));
                out.add(turn("user", both));
            } else out.add(turn);
        }
        late.clear();
    }

    private static JsonObject missing(String id) {
        return Json.object("type", "tool_result", "tool_use_id", id, "content", "(no result)", "is_error", true);
    }

    /// Notes the turn's calls as open, under the ids by which results name them. An empty id, or one given twice, gets a new one.
    private static JsonObject withUniqueIds(JsonObject turn, Map<String, List<JsonObject>> open) {
        var content = new ArrayList<JsonElement>();
        var seen = new HashMap<String, Integer>();
        for (var block : Json.list(turn, "content")) {
            if (!Json.text(block, "type").equals("tool_use")) {
                content.add(block);
                continue;
            }
            var given = Json.text(block, "id");
            var times = seen.merge(given, 1, Integer::sum);
            var id = given.isEmpty() ? "call_" + times : times > 1 ? given + "_" + times : given;
            var call = Json.shallow((JsonObject) block);
            Json.put(call, "id", id);
            content.add(call);
            open.computeIfAbsent(given, _ -> new ArrayList<>()).add(Json.object("id", id, "at", content.size()));
        }
        return turn("assistant", content);
    }
}
