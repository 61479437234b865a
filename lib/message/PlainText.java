package lib.message;

import module java.base;

import lib.json.*;
import lib.reply.*;

/// Blocks as plain text, for providers that have no equivalent.
public final class PlainText {
    public static final String NO_IMAGE = "[An image is not shown: this model does not accept images]",
        NO_DOCUMENT = "[A document is not shown: this provider does not accept documents; use a tool to read its text]";

    private static final String UPLOADED = "[A file is not shown: it was uploaded to Anthropic]";
    /// Blocks that say nothing to a model: directives, and marks of who answered.
    private static final Set<String> SILENT = Set.of("fallback", "compaction", "tool_addition", "tool_removal", "mcp_tool_listing");
    private static final Set<String> KNOWN = Set.of("text", "image", "document", "search_result", "tool_reference", "tool_use",
        "tool_result", "thinking", "redacted_thinking", "server_tool_use", "mcp_tool_use", "mcp_tool_result", "web_search_tool_result",
        "web_fetch_tool_result", "tool_search_tool_result", "code_execution_tool_result", "bash_code_execution_tool_result",
        "text_editor_code_execution_tool_result", "advisor_tool_result", "container_upload", "browser_state");

    private PlainText() {}

    /// FreeCC knows what a block of this type says. Any other is of a later time than this table.
    public static boolean isKnown(String type) { return KNOWN.contains(type); }

    /// It is known, and says nothing.
    public static boolean isSilent(String type) { return SILENT.contains(type); }

    public static String text(JsonElement block) {
        var type = Json.text(block, "type");
        return switch (type) {
            case "text" -> Json.text(block, "text");
            case "tool_result" -> joined(Json.find(block, "content"));
            case "tool_reference" -> "Tool loaded: " + Json.text(block, "tool_name");
            case "image" -> image(Json.text(block, "source", "type"));
            case "document" -> document(block);
            case "search_result" -> orElse("[A search result without text]",
                lines(Json.text(block, "title"), Json.text(block, "source"), joined(Json.find(block, "content"))));
            case "tool_use", "server_tool_use", "mcp_tool_use" -> Json.isBlank(block, "name") ? ""
                : "[" + Json.text(block, "name") + " " + Json.write(Json.at(block, "input")) + "]";
            case "web_search_tool_result" -> lines("[Search results]", joined(Json.find(block, "content")));
            case "container_upload" -> "[File " + Json.text(block, "file_id") + "]";
            case "compaction" -> Json.text(block, "content");
            case "browser_state" -> Json.list(block, "tabs").stream()
                .map(tab -> (Json.flag(tab, "active") ? "[Active tab] " : "[Tab] ") + words(tab)).collect(Collectors.joining("\n"));
            case "advisor_tool_result" -> headed("[Advice]\n", words(Json.find(block, "content")));
            case "thinking", "redacted_thinking" -> "";
            default -> type.endsWith("_tool_result") && isKnown(type) ? "[" + type + "]\n" + joined(Json.find(block, "content")) : "";
        };
    }

    /// The same as a JSON string. What is a text already is passed on as it came.
    public static JsonElement value(JsonElement block) {
        return Json.text(block, "type").equals("text") && Json.isText(block, "text") ? Json.find(block, "text") : Json.tree(text(block));
    }

    public static boolean isCall(JsonElement block) { return Json.text(block, "type").equals("tool_use"); }

    /// The text of a tool's result, with the mark of an error for providers that have no field for it.
    public static String result(JsonElement block, String text) {
        return Json.flag(block, "is_error") && !text.startsWith("Error") ? "Error: " + text : text;
    }

    public static JsonElement result(JsonElement block, JsonElement text) {
        return Json.flag(block, "is_error") ? Json.tree(result(block, Json.text(text))) : text;
    }

    /// The text of an assistant's turn, without its calls. What is a text already is passed on as it came.
    public static JsonElement said(List<JsonElement> blocks) {
        var texts = new ArrayList<JsonElement>();
        for (var block : blocks) {
            if (isCall(block)) continue;
            var text = isKnown(Json.text(block, "type")) ? value(block) : Json.tree(words(block));
            if (!Json.isEmpty(text)) texts.add(text);
        }
        return Json.joined(texts, "\n");
    }

    private static String joined(List<JsonElement> blocks) {
        return blocks.stream().map(PlainText::one).filter(text -> !text.isEmpty()).collect(Collectors.joining("\n"));
    }

    /// The text of a list of blocks, or of anything else that is a content's value.
    public static String joined(JsonElement content) {
        if (content.isJsonArray()) return joined(Json.list(content));
        return content.isJsonObject() ? one(content) : Json.spelled(content);
    }

    private static String one(JsonElement part) { return isKnown(Json.text(part, "type")) ? text(part) : words(part); }

    /// What a part of a result says to a reader: not what is encrypted or signed, nor the shape around the words.
    private static String words(JsonElement part) {
        var code = Json.number(part, "return_code");
        var changed = Json.list(part, "lines").stream().map(Json::text).collect(Collectors.joining("\n"));
        var failure = Json.text(part, "error_code").isEmpty() ? "" : "[Error: " + Json.text(part, "error_code") + "]";
        return lines(failure, Json.text(part, "title"), Json.text(part, "url"), SearchBlocks.snippet(part),
            Json.text(part, "text"), Json.text(part, "stdout"),
            Json.text(part, "stderr"), code == 0 ? "" : "[Exit code " + code + "]", changed, joined(Json.find(part, "content")),
            joined(Json.find(part, "tool_references")),
            Json.text(part, "file_id").isEmpty() ? "" : "[File " + Json.text(part, "file_id") + "]");
    }

    private static String headed(String head, String text) { return text.isEmpty() ? "" : head + text; }

    private static String image(String source) {
        return switch (source) {
            case "file" -> UPLOADED;
            case "base64", "url" -> NO_IMAGE;
            default -> "[An image is not shown: only Anthropic can read a source of type " + source + "]";
        };
    }

    private static String document(JsonElement block) {
        var source = Json.at(block, "source");
        var text = switch (Json.text(source, "type")) {
            case "text" -> Json.text(source, "data");
            case "content" -> joined(Json.find(source, "content"));
            case "file" -> UPLOADED;
            case "url" -> "[The document at " + Json.text(source, "url")
                + " is not shown: neither the provider nor FreeCC fetches documents; use a tool to fetch it]";
            default -> NO_DOCUMENT;
        };
        return document(block, text);
    }

    /// A document with this text, under its title and context.
    public static String document(JsonElement block, String text) {
        return orElse("[A document without text]", lines(Json.text(block, "title"), Json.text(block, "context"), text));
    }

    /// An empty message would be refused, and a turn that is left out changes who speaks last.
    private static String orElse(String nothing, String text) { return text.isBlank() ? nothing : text; }

    private static String lines(String... parts) {
        return Stream.of(parts).filter(part -> !part.isEmpty()).collect(Collectors.joining("\n"));
    }
}
