package lib.server;

import module java.base;

import lib.json.*;
import lib.message.*;
import lib.wire.*;

/// Refuses a request that lacks what FreeCC reads of it, in the words and with the paths of Anthropic's API.
/// Fields, tools and blocks that it does not read are not its concern.
final class Check {
    private static final List<String> ROLES = List.of("user", "assistant", "system");

    private Check() {}

    /// What every request needs, because it decides where the request goes: a JSON object that names a model.
    static JsonObject object(byte[] body, ParseCache cache) {
        try {
            if (!(cache.parse(body) instanceof JsonObject message)) throw ApiError.invalid("the request body must be a JSON object");
            require(message, "model", "model", Json::isText, "a valid string");
            if (Json.text(message, "model").isBlank()) throw refused("model", "String should have at least 1 character");
            return message;
        } catch (Json.Malformed e) {
            throw ApiError.invalid("the request body is not valid JSON: " + e.getMessage());
        }
    }

    /// A request for a count needs no limit.
    static void message(JsonObject message, boolean counting) {
        if (!counting) maxTokens(message);
        require(message, "messages", "messages", JsonElement::isJsonArray, "a valid list");
        if (Json.list(message, "messages").isEmpty()) throw refused("messages", "at least one message is required");
        allow(message, "stream", Json::isFlag, "a valid boolean");
        allow(message, "temperature", Json::isNumber, "a valid number");
        allow(message, "top_p", Json::isNumber, "a valid number");
        allow(message, "tools", JsonElement::isJsonArray, "a valid list");
        allow(message, "tool_choice", JsonElement::isJsonObject, "a valid dictionary");
        allow(message, "thinking", JsonElement::isJsonObject, "a valid dictionary");
        allow(message, "stop_sequences", JsonElement::isJsonArray, "a valid list");
        content(Json.find(message, "system"), "system");
        each(Json.find(message, "messages"), "messages", (turn, path) -> Json.once(turn, Check.class, () -> turn(turn, path)));
        var tools = Json.find(message, "tools");
        Json.once(tools, Check.class, () -> each(tools, "tools", Check::tool));
        if (Json.text(message, "tool_choice", "type").equals("tool"))
            require(Json.at(message, "tool_choice"), "name", "tool_choice.tool.name", Json::isText, "a valid string");
    }

    private static void maxTokens(JsonObject message) {
        require(message, "max_tokens", "max_tokens", Json::isNumber, "a valid integer");
        var most = Json.decimal(message, "max_tokens");
        if (most % 1 != 0) throw refused("max_tokens", "Input should be a valid integer");
        if (most < 1) throw refused("max_tokens", "Input should be greater than or equal to 1");
    }

    private static void turn(JsonElement turn, String path) {
        var role = Json.text(turn, "role");
        if (!ROLES.contains(role)) throw refused(path + ".role", "Input should be 'user', 'assistant' or 'system'");
        if (!Json.has(turn, "content") && !role.equals("system")) throw refused(path + ".content", "Field required");
        content(Json.find(turn, "content"), path + ".content");
    }

    /// A tool of Anthropic's own kinds may do without a name.
    private static void tool(JsonElement tool, String path) {
        var type = Json.text(tool, "type");
        if (!type.isEmpty() && !type.equals("custom")) return;
        name(tool, path + ".custom.name");
        if (Json.has(tool, "input_schema"))
            require(tool, "input_schema", path + ".custom.input_schema", JsonElement::isJsonObject, "a valid dictionary");
    }

    /// A text, a list of blocks, or nothing.
    private static void content(JsonElement content, String path) {
        if (Json.isText(content) || content.isJsonNull()) return;
        if (!content.isJsonArray()) throw refused(path, "Input should be a valid string or a valid list");
        each(content, path, Check::block);
    }

    private static void block(JsonElement block, String path) {
        require(block, "type", path + ".type", Json::isText, "a valid string");
        var type = Json.text(block, "type");
        var here = path + "." + type + ".";
        switch (type) {
            case "text", "thinking" -> require(block, type, here + type, Json::isText, "a valid string");
            case "tool_use" -> {
                name(block, here + "name");
                require(block, "input", here + "input", JsonElement::isJsonObject, "a valid dictionary");
            }
            case "tool_result" -> {
                require(block, "tool_use_id", here + "tool_use_id", Json::isText, "a valid string");
                content(Json.find(block, "content"), here + "content");
            }
            case "image", "document" -> {
                require(block, "source", here + "source", JsonElement::isJsonObject, "a valid dictionary");
                source(Json.at(block, "source"), here + "source");
                if (type.equals("image") && !Media.isBase64(Json.at(block, "source")))
                    throw refused(here + "source.base64", "invalid base64 data");
            }
            default -> { }
        }
    }

    private static void source(JsonObject source, String path) {
        require(source, "type", path + ".type", Json::isText, "a valid string");
        var type = Json.text(source, "type");
        var here = path + "." + type + ".";
        switch (type) {
            case "base64" -> {
                require(source, "data", here + "data", Json::isText, "a valid string");
                if (Media.type(source).isEmpty()) throw refused(here + "media_type", "Field required");
            }
            case "text" -> require(source, "data", here + "data", Json::isText, "a valid string");
            case "url" -> require(source, "url", here + "url", Json::isText, "a valid string");
            case "content" -> content(Json.find(source, "content"), here + "content");
            default -> { }
        }
    }

    private static void name(JsonElement from, String path) {
        require(from, "name", path, Json::isText, "a valid string");
        if (Json.text(from, "name").isEmpty()) throw refused(path, "String should have at least 1 character");
    }

    private static void each(JsonElement list, String path, BiConsumer<JsonElement, String> check) {
        var at = 0;
        for (var item : Json.list(list)) {
            var here = path + "." + at++;
            if (!item.isJsonObject()) throw refused(here, "Input should be a valid dictionary");
            check.accept(item, here);
        }
    }

    private static void require(JsonElement from, String field, String path, Predicate<JsonElement> fits, String form) {
        if (!Json.has(from, field)) throw refused(path, "Field required");
        if (!fits.test(Json.find(from, field))) throw refused(path, "Input should be " + form);
    }

    private static void allow(JsonObject message, String field, Predicate<JsonElement> fits, String form) {
        if (Json.has(message, field)) require(message, field, field, fits, form);
    }

    private static ApiError refused(String path, String why) { return ApiError.invalid(path + ": " + why); }
}
