package lib.dialect.responses;

import module java.base;

import lib.json.*;
import lib.message.*;
import lib.model.*;
import lib.quirk.*;
import lib.request.*;
import lib.route.*;
import lib.wire.*;

/// The conversation as the input items of Responses.
final class ResponsesItems {
    private static final int LONGEST_ID = 64;

    private final Route route;
    private final ToolNames names;
    private final Toolbox toolbox;
    private final List<JsonObject> out = new ArrayList<>();

    ResponsesItems(Route route, ToolNames names, Toolbox toolbox) {
        this.route = route;
        this.names = names;
        this.toolbox = toolbox;
    }

    JsonArray of(JsonObject message) {
        var system = History.systemPrompt(message);
        if (!Json.isEmpty(system)) out.add(Json.object("role", "system", "content", system));
        out.addAll(Exchanges.told(message, route, toolbox, turns -> new ResponsesItems(route, names, toolbox).told(turns)));
        return Json.arrayOf(out);
    }

    private List<JsonObject> told(List<JsonElement> turns) {
        for (var turn : History.withSystem(turns)) {
            var blocks = Json.list(turn, "content");
            switch (Json.text(turn, "role")) {
                case "assistant" -> assistant(blocks);
                case "system" -> out.add(Json.object("role", "system", "content", PlainText.joined(Json.find(turn, "content"))));
                default -> user(blocks);
            }
        }
        return out;
    }

    /// In order: reasoning precedes what it led to. Reasoning that arrived only at the end goes first.
    private void assistant(List<JsonElement> blocks) {
        var goesOn = blocks.stream().anyMatch(PlainText::isCall);
        for (var block : blocks) if (ResponsesEvents.isLate(Thought.in(block))) reasoning(block);
        for (var block : blocks) assistant(block, goesOn);
    }

    private void assistant(JsonElement block, boolean goesOn) {
        switch (Json.text(block, "type")) {
            case "thinking", "redacted_thinking" -> {
                if (!ResponsesEvents.isLate(Thought.in(block))) reasoning(block);
            }
            case "tool_use" -> {
                var tool = Json.text(block, "name");
                out.add(Json.object("type", "function_call", "call_id", id(Json.text(block, "id")), "name",
                    names.sent(toolbox.nameOf(tool)),
                    "arguments", Json.quoted(toolbox.inputOf(tool, Json.at(block, "input")))));
            }
            default -> said(PlainText.value(block), goesOn);
        }
    }

    /// Text beside a call is commentary, since the turn goes on; else it is the answer: newer GPTs stop early if they are not told.
    /// openai-node src/resources/responses/responses.ts, EasyInputMessage.phase ; 2026-11.
    private void said(JsonElement text, boolean goesOn) {
        if (Json.isEmpty(text)) return;
        var said = Json.object("role", "assistant", "content", text);
        if (hasPhases(route)) Json.put(said, "phase", goesOn ? "commentary" : "final_answer");
        out.add(said);
    }

    private static boolean hasPhases(Route route) {
        return route.family() == Family.GPT && ModelName.of(route.name().substring(route.name().lastIndexOf('/') + 1)).version() >= 5.3;
    }

    /// At most 64 characters; other APIs' ids may be longer.
    private String id(String given) {
        var own = route.has(MessageQuirks.CALL_IDS_RESTART) ? MessageQuirks.unmarked(given) : given;
        return own.length() <= LONGEST_ID ? own : own.substring(0, LONGEST_ID - 9) + "_" + Hash.hex(own, 4);
    }

    private void reasoning(JsonElement block) {
        var thought = Thought.in(block);
        if (!thought.owner().equals(route.provider())) return;
        var item = ResponsesEvents.itemIn(thought);
        if (item.isEmpty()) return;
        var own = Json.shallow(item);
        Json.drop(own, "id");   // nothing is stored under it, and Copilot refuses the ids of another connection
        out.add(own);
    }

    private void user(List<JsonElement> blocks) {
        var said = new ArrayList<JsonObject>();
        for (var block : blocks) {
            if (Json.text(block, "type").equals("tool_result"))
                out.add(Json.object("type", "function_call_output", "call_id", id(Json.text(block, "tool_use_id")), "output",
                    output(block)));
            else said.add(part(block));
        }
        if (!said.isEmpty()) out.add(Json.object("role", "user", "content", Json.arrayOf(said)));
    }

    /// Text, or parts if there are images or documents.
    private JsonElement output(JsonElement result) {
        var blocks = History.blocks(Json.find(result, "content"));
        if (blocks.size() == 1 && Json.text(blocks.getFirst(), "type").equals("text"))
            return PlainText.result(result, PlainText.value(blocks.getFirst()));
        var text = PlainText.joined(Json.find(result, "content"));
        var failed = Json.flag(result, "is_error") && !text.startsWith("Error") ? "Error: " : "";
        if (blocks.stream().noneMatch(block -> Media.isImage(block) || Media.isPdf(block)))
            return Json.find(Json.object("is", failed + text), "is");
        var parts = new ArrayList<>(blocks.stream().map(this::part).toList());
        if (!failed.isEmpty()) parts.addFirst(Json.object("type", "input_text", "text", failed.strip()));
        return Json.arrayOf(parts);
    }

    private JsonObject part(JsonElement block) {
        if (Media.isImage(block) && route.seesPictures())
            return Json.object("type", "input_image", "image_url", Media.url(block), "detail", "auto");
        var title = Json.text(block, "title").isEmpty() ? "document.pdf" : Json.text(block, "title");
        if (Media.isPdf(block)) return Json.object("type", "input_file", "filename", title, "file_data", Media.url(block));
        if (Json.text(block, "type").equals("document") && Json.text(block, "source", "type").equals("url"))
            return Json.object("type", "input_file", "file_url", Media.url(block));
        return Json.object("type", "input_text", "text", PlainText.value(block));
    }
}
