package lib.message;

import module java.base;

import lib.json.*;

/// Carries out what a message tells Anthropic's servers to do with it, so that a provider without them sees the result:
/// tools that were added or removed, texts whose time is over, a summary in place of what it summarizes. What nobody but
/// Anthropic can read or run is left out. https://platform.claude.com/docs/en/api/beta/messages/create ; 2026-11.
public final class Directives {
    private static final List<String> UNREAD = List.of("caller", "toolset_name");

    private final ToolChanges tools;
    private final Consumer<String> leftOut;
    private final List<JsonElement> turns = new ArrayList<>();

    private Directives(JsonObject message, Consumer<String> leftOut) {
        this.tools = new ToolChanges(Json.list(message, "tools"), leftOut);
        this.leftOut = leftOut;
    }

    /// The message as any provider can take it; the client's own tree is not changed. `leftOut` hears what kinds of
    /// tools and blocks are left out, and why.
    public static JsonObject applied(JsonObject message, Consumer<String> leftOut) {
        return new Directives(message, leftOut).apply(message);
    }

    private JsonObject apply(JsonObject message) {
        var given = Json.list(message, "messages");
        var user = IntStream.range(0, given.size()).filter(at -> Json.text(given.get(at), "role").equals("user")).max().orElse(-1);
        for (var at = 0; at < given.size(); at++) {
            var turn = given.get(at);
            if (Json.found(turn, Directives.class, () -> isPlain(turn))) turns.add(turn);
            else turn(turn, at < user);
        }
        var own = Json.shallow(message);
        Json.put(own, "messages", Json.arrayOf(turns));
        tools.offer(own);
        // The rule for models that cannot think between tools: @anthropic-ai/sdk 1.14.0, BetaFallbackParam.thinking ; 2026-11.
        if (Json.text(own, "thinking", "type").equals("between_tools")) Json.put(own, "thinking", Json.object("type", "disabled"));
        return own;
    }

    /// It tells Anthropic's servers nothing, and all of it can be read elsewhere.
    private static boolean isPlain(JsonElement turn) {
        if (Json.has(turn, "clear_at")) return false;
        for (var block : Json.list(turn, "content")) if (!isPlainBlock(block)) return false;
        return true;
    }

    private static boolean isPlainBlock(JsonElement block) {
        if (!PlainText.isKnown(Json.text(block, "type")) || Advisor.isCall(block) || isMarked(block)) return false;
        if (isNested(block)) for (var inner : Json.list(block, "content")) if (!isPlainBlock(inner)) return false;
        return true;
    }

    private static boolean isNested(JsonElement block) {
        return Json.text(block, "type").equals("tool_result") && Json.find(block, "content").isJsonArray();
    }

    /// `answered` says that the user has spoken since. A turn left with nothing goes.
    private void turn(JsonElement turn, boolean answered) {
        var given = History.blocks(Json.find(turn, "content"));
        var passing = Json.text(turn, "clear_at").equals("next_user_message");
        var content = new ArrayList<JsonElement>();
        for (var block : given) {
            tools.follow(block);
            if (Json.text(block, "type").equals("compaction") && !Json.text(block, "content").isBlank()) {
                restart(Json.text(block, "content"));
                content.clear();
            } else if (!passing || !answered) content.addAll(known(block));   // what it says of tools and effort holds on
        }
        if (content.isEmpty() && !given.isEmpty() && !Json.has(turn, "output_config")) return;
        turns.add(passing || !content.equals(given) ? with(turn, content) : turn);
    }

    /// What came before a summary is no longer read; only how hard to think still holds.
    private void restart(String summary) {
        turns.removeIf(turn -> !Json.has(turn, "output_config"));
        turns.replaceAll(turn -> with(turn, List.of()));
        turns.add(History.turn("user", List.of(History.text(Instructions.summary(summary)))));
    }

    private static JsonObject with(JsonElement turn, List<JsonElement> content) {
        var own = Json.shallow(Json.at(turn));
        Json.put(own, "content", Json.arrayOf(content));
        Json.drop(own, "clear_at");
        return own;
    }

    /// The block as it can be read elsewhere, or nothing.
    private List<JsonElement> known(JsonElement block) {
        var type = Json.text(block, "type");
        if (!PlainText.isKnown(type)) {
            if (!PlainText.isSilent(type)) leftOut.accept("blocks of type " + type + ", which FreeCC does not know");
            return List.of();
        }
        if (Advisor.isCall(block)) return List.of();   // it says only that advice was asked for
        var nested = isNested(block);
        var given = nested ? Json.list(block, "content") : List.<JsonElement>of();
        var content = new ArrayList<JsonElement>();
        for (var inner : given) content.addAll(known(inner));
        if (!isMarked(block) && content.equals(given)) return List.of(block);
        var own = Json.shallow(Json.at(block));
        UNREAD.forEach(key -> Json.drop(own, key));
        if (nested) Json.put(own, "content", Json.arrayOf(content));
        return List.of(own);
    }

    private static boolean isMarked(JsonElement block) {
        for (var key : UNREAD) if (Json.mentions(block, key)) return true;
        return false;
    }
}
