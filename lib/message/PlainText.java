package lib.message;

import module java.base;
import com.google.gson.JsonElement;

import lib.wire.*;

/// Blocks as plain text, for providers that have no equivalent.
public final class PlainText {
    public static final String NO_IMAGE = "[An image is not shown: this model does not accept images]",
        NO_DOCUMENT = "[A document is not shown: this provider does not accept documents; use a tool to read its text]";

    private static final String UPLOADED = "[A file is not shown: it was uploaded to Anthropic]";

    private PlainText() {}

    public static String text(JsonElement block) {
        return switch (Json.text(block, "type")) {
            case "text" -> Json.text(block, "text");
            case "tool_result" -> joined(Json.find(block, "content"));
            case "tool_reference" -> "Tool loaded: " + Json.text(block, "tool_name");
            case "image" -> Json.text(block, "source", "type").equals("file") ? UPLOADED : NO_IMAGE;
            case "document" -> document(block);
            case "search_result" -> lines(Json.text(block, "title"), Json.text(block, "source"), joined(Json.find(block, "content")));
            case "tool_use", "server_tool_use", "mcp_tool_use" ->
                "[" + Json.text(block, "name") + " " + Json.write(Json.at(block, "input")) + "]";
            case "web_search_tool_result" -> Json.list(block, "content").stream()
                .map(result -> lines(Json.text(result, "title"), Json.text(result, "url")))
                    .collect(Collectors.joining("\n", "[Search results]\n", ""));
            case "web_fetch_tool_result", "mcp_tool_result", "tool_search_tool_result", "code_execution_tool_result",
                 "bash_code_execution_tool_result", "text_editor_code_execution_tool_result" ->
                "[" + Json.text(block, "type") + "]\n" + joined(Json.find(block, "content"));
            case "container_upload" -> "[File " + Json.text(block, "file_id") + "]";
            case "thinking", "redacted_thinking" -> "";
            default -> Json.has(block, "text") ? Json.text(block, "text") : Json.write(block);
        };
    }

    public static boolean isCall(JsonElement block) { return Json.text(block, "type").equals("tool_use"); }

    /// The text of a tool's result, with the mark of an error for providers that have no field for it.
    public static String result(JsonElement block, String text) {
        return Json.flag(block, "is_error") && !text.startsWith("Error") ? "Error: " + text : text;
    }

    /// The text of an assistant's turn, without its calls.
    public static String said(List<JsonElement> blocks) { return joined(blocks.stream().filter(block -> !isCall(block)).toList()); }

    private static String joined(List<JsonElement> blocks) {
        return blocks.stream().map(PlainText::text).filter(text -> !text.isEmpty()).collect(Collectors.joining("\n"));
    }

    /// The text of a list of blocks, or of anything else that is a content's value.
    public static String joined(JsonElement content) {
        if (content.isJsonArray()) return joined(Json.list(content));
        if (content.isJsonObject())
            return Json.has(content, "type") && Json.has(content, "text") ? Json.text(content, "text") : Json.write(content);
        return Json.spelled(content);
    }

    private static String document(JsonElement block) {
        var source = Json.at(block, "source");
        var text = switch (Json.text(source, "type")) {
            case "text" -> Json.text(source, "data");
            case "content" -> joined(Json.find(source, "content"));
            case "file" -> UPLOADED;
            case "url" -> "[A document at " + Json.text(source, "url") + " is not shown: this provider does not fetch documents]";
            default -> NO_DOCUMENT;
        };
        return lines(Json.text(block, "title"), Json.text(block, "context"), text);
    }

    private static String lines(String... parts) {
        return Stream.of(parts).filter(part -> !part.isEmpty()).collect(Collectors.joining("\n"));
    }
}
