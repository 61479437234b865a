package lib.message;

import module java.base;

import lib.json.*;
import lib.reply.*;

/// The conversation in a form that every provider accepts: content is always a list of blocks, nothing is empty,
/// consecutive messages of one role are merged, and each tool call is answered in the very next user message.
public final class History {
    /// Claude Code's billing line differs between kinds of requests, which would defeat the provider's prompt cache.
    private static final String ATTRIBUTION = "x-anthropic-billing-header:";

    private History() {}

    /// The system prompt's texts.
    public static List<JsonElement> system(JsonObject message) {
        return blocks(Json.find(message, "system")).stream().map(block -> Json.find(withoutAttribution(block), "text"))
            .filter(text -> !Json.isBlank(text)).toList();
    }

    /// The same with the schema for the answer, for providers that have no field for it.
    public static List<JsonElement> system(JsonObject message, JsonObject schema) {
        var texts = new ArrayList<>(system(message));
        if (!schema.isEmpty()) texts.add(Json.tree(Instructions.answerAs(schema)));
        return texts;
    }

    /// The system prompt as one text.
    public static JsonElement systemPrompt(JsonObject message) { return systemPrompt(system(message)); }

    public static JsonElement systemPrompt(List<JsonElement> texts) { return Json.joined(texts, "\n\n"); }

    /// The message without the client's billing line; the same one if it has none.
    public static JsonObject withoutAttribution(JsonObject message) {
        var system = blocks(Json.find(message, "system"));
        if (system.stream().noneMatch(History::isAttributed)) return message;
        var own = Json.shallow(message);
        var rest = system.stream().map(History::withoutAttribution).filter(block -> !Json.isBlank(block, "text")).toList();
        Json.put(own, "system", Json.arrayOf(rest));
        if (rest.isEmpty()) Json.drop(own, "system");
        return own;
    }

    private static boolean isAttributed(JsonElement block) { return Json.startsWith(block, ATTRIBUTION, "text"); }

    /// A text of the system prompt without the client's billing line.
    private static JsonElement withoutAttribution(JsonElement block) {
        if (!isAttributed(block)) return block;
        var text = Json.text(block, "text");
        var end = text.indexOf('\n');
        var own = Json.shallow(Json.at(block));
        Json.put(own, "text", end < 0 ? "" : text.substring(end + 1));
        return own;
    }

    /// The messages, each `{role, content: [block...]}`; a system message among them becomes a reminder in the user's turn.
    /// The client's own tree is not changed.
    public static List<JsonObject> of(JsonObject message) { return of(Json.list(message, "messages")); }

    public static List<JsonObject> of(List<JsonElement> turns) {
        return repaired(turns, (role, content) -> role.equals("system")
            ? turn("user", List.of(text(Instructions.reminder(PlainText.joined(Json.arrayOf(content)))))) : turn(role, content));
    }

    /// The same, with system messages left in their places.
    public static List<JsonObject> withSystem(JsonObject message) { return withSystem(Json.list(message, "messages")); }

    public static List<JsonObject> withSystem(List<JsonElement> turns) { return repaired(turns, History::turn); }

    /// The message's turns in groups that have nothing to do with each other: each but the first begins with the model's answer, and
    /// goes on until its next one, so that its calls and their results are together.
    public static List<List<JsonElement>> exchanges(JsonObject message) {
        var turns = Json.list(message, "messages");
        var exchanges = new ArrayList<List<JsonElement>>();
        int from = 0, model = -1;   // `model`: where its turns begin, since somebody else has spoken
        for (var at = 0; at < turns.size(); at++) {
            var said = blocks(Json.find(turns.get(at), "content")).stream().filter(History::saysSomething).toList();
            var isModel = Json.text(turns.get(at), "role").equals("assistant");
            if (!said.isEmpty()) model = !isModel ? -1 : model < 0 ? at : model;
            if (model <= from || said.stream().noneMatch(History::isHeard)) continue;
            exchanges.add(turns.subList(from, model));
            from = model;
        }
        if (from < turns.size()) exchanges.add(turns.subList(from, turns.size()));
        return exchanges;
    }

    /// The blocks of the user's turns after the model's last one. The client writes the system messages among them itself.
    public static List<JsonElement> sinceTheLastAnswer(JsonObject message) {
        var blocks = new ArrayList<JsonElement>();
        for (var turn : Json.list(message, "messages").reversed())
            switch (Json.text(turn, "role")) {
                case "assistant" -> {
                    return blocks;
                }
                case "user" -> blocks.addAll(0, blocks(Json.find(turn, "content")));
                default -> { }
            }
        return blocks;
    }

    /// Anything else, such as another model's thinking, may come to nothing when it is told.
    private static boolean isHeard(JsonElement block) { return Json.text(block, "type").equals("text") || PlainText.isCall(block); }

    private static List<JsonObject> repaired(List<JsonElement> turns, BiFunction<String, List<JsonElement>, JsonObject> form) {
        var merged = new ArrayList<JsonObject>();
        for (var turn : turns) {
            var content = blocks(Json.find(turn, "content")).stream().filter(History::saysSomething).toList();
            if (!content.isEmpty()) append(merged, "content", form.apply(Json.text(turn, "role"), content));
        }
        return repaired(merged);
    }

    /// Adds a turn, merged with the last one if that has the same role; `key` holds the parts of a turn.
    public static void append(List<JsonObject> turns, String key, JsonObject turn) {
        if (!turns.isEmpty() && Json.text(turns.getLast(), "role").equals(Json.text(turn, "role")))
            Json.put(turn, key, Json.arrayOf(Stream.of(turns.removeLast(), turn).flatMap(one -> Json.list(one, key).stream()).toList()));
        turns.add(turn);
    }

    public static JsonObject text(String text) { return text(Json.tree(text)); }

    public static JsonObject text(JsonElement text) { return Json.object("type", "text", "text", text); }

    public static List<JsonElement> blocks(JsonElement content) {
        if (content.isJsonArray()) return Json.list(content);
        return Json.isText(content) ? List.of(text(content)) : List.of();
    }

    public static JsonObject turn(String role, List<? extends JsonElement> content) {
        return Json.object("role", role, "content", Json.arrayOf(content));
    }

    /// No message says anything, which every provider refuses in words of its own.
    public static boolean isSilent(JsonObject message) {
        return !saysSomething(Json.list(message, "messages"));
    }

    private static boolean saysSomething(List<JsonElement> turns) {
        return turns.stream().flatMap(turn -> blocks(Json.find(turn, "content")).stream()).anyMatch(History::saysSomething);
    }

    private static boolean saysSomething(JsonElement block) {
        return !Json.text(block, "type").equals("text") || !Json.isBlank(block, "text");
    }

    private static List<JsonObject> repaired(List<JsonObject> turns) {
        var out = new ArrayList<JsonObject>();
        var late = new ArrayList<JsonObject>();                       // what came between calls and their results
        Map<String, List<JsonObject>> open = new LinkedHashMap<>();   // the calls without a result so far
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

    /// Assigns a result to its call; a result of an unknown call becomes text.
    private static void collect(JsonElement block, Map<String, List<JsonObject>> open, Map<String, JsonObject> results,
        List<JsonElement> rest) {
        if (!Json.text(block, "type").equals("tool_result")) {
            rest.add(block);
            return;
        }
        for (var call : open.getOrDefault(CallIds.original(Json.text(block, "tool_use_id")), List.of())) {
            var id = Json.text(call, "id");
            if (results.containsKey(id)) continue;
            var result = Json.shallow((JsonObject) block);
            Json.put(result, "tool_use_id", id);
            results.put(id, result);
            return;
        }
        rest.add(text("[Result of an earlier tool call]\n" + PlainText.text(block)));
    }

    /// Writes the results in the order of the calls, with a placeholder where one is missing, and then whatever came between.
    private static void answer(Map<String, List<JsonObject>> open, Map<String, JsonObject> results, List<JsonObject> out,
        List<JsonObject> late) {
        var answers = open.values().stream().flatMap(List::stream).sorted(Comparator.comparing(call -> Json.number(call, "at")))
            .map(call -> Json.text(call, "id")).map(id -> results.getOrDefault(id, missing(id))).toList();
        if (!answers.isEmpty()) out.add(turn("user", answers));
        open.clear();
        results.clear();
        flush(out, late);
    }

    private static void flush(List<JsonObject> out, List<JsonObject> late) {
        for (var turn : late) append(out, "content", turn);
        late.clear();
    }

    private static JsonObject missing(String id) {
        return Json.object("type", "tool_result", "tool_use_id", id, "content", "(no result)", "is_error", true);
    }

    /// Records the calls of a turn as open, under the ids that their results use, which are the provider's own. An empty or
    /// repeated id is replaced.
    private static JsonObject withUniqueIds(JsonObject turn, Map<String, List<JsonObject>> open) {
        var content = new ArrayList<JsonElement>();
        var seen = new HashMap<String, Integer>();
        for (var block : Json.list(turn, "content")) {
            if (!Json.text(block, "type").equals("tool_use")) {
                content.add(block);
                continue;
            }
            var given = CallIds.original(Json.text(block, "id"));
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
