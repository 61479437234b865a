package lib.server;

import module java.base;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import lib.wire.*;

/// Refuses what is no Messages request, and names the field. Fields it does not know are none of its business.
final class Check {
    private static final List<String> ROLES = List.of("user", "assistant", "system");

    private Check() {}

    static JsonObject request(byte[] body, boolean counting) {
        var message = object(body);
        require(message, "model", Json::isText, "a string");
        if (Json.text(message, "model").isBlank()) throw ApiError.invalid("model: must not be empty");
        if (!counting) {
            require(message, "max_tokens", Json::isNumber, "an integer");
            if (Json.decimal(message, "max_tokens") < 1 || Json.decimal(message, "max_tokens") % 1 != 0) throw ApiError.invalid("max_tokens: must be a whole number of 1 or more");
        }
        require(message, "messages", JsonElement::isJsonArray, "a list");
        if (Json.list(message, "messages").isEmpty()) throw ApiError.invalid("messages: at least one message is required");
        allow(message, "stream", Json::isFlag, "true or false");
        allow(message, "temperature", Json::isNumber, "a number");
        allow(message, "top_p", Json::isNumber, "a number");
        allow(message, "tools", JsonElement::isJsonArray, "a list");
        allow(message, "tool_choice", JsonElement::isJsonObject, "an object");
        allow(message, "thinking", JsonElement::isJsonObject, "an object");
        allow(message, "stop_sequences", JsonElement::isJsonArray, "a list of strings");
        allow(message, "system", value -> Json.isText(value) || value.isJsonArray(), "a string or a list of text blocks");
        var at = 0;
        for (var turn : Json.list(message, "messages")) turn(turn, "messages." + at++);
        at = 0;
        for (var tool : Json.list(message, "tools")) tool(tool, "tools." + at++);
        return message;
    }

    private static JsonObject object(byte[] body) {
        try {
            if (Json.parse(body) instanceof JsonObject message) return message;
            throw ApiError.invalid("the request body must be a JSON object");
        } catch (Json.Malformed e) {
            throw ApiError.invalid("the request body is not valid JSON: " + e.getMessage());
        }
    }

    private static void turn(JsonElement turn, String path) {
        if (!turn.isJsonObject()) throw ApiError.invalid(path + ": must be an object");
        if (!ROLES.contains(Json.text(turn, "role"))) throw ApiError.invalid(path + ".role: must be 'user', 'assistant' or 'system'");
        var content = Json.find(turn, "content");
        if (Json.isText(content)) return;
        if (!content.isJsonArray()) throw ApiError.invalid(path + ".content: must be a string or a list of blocks");
        var at = 0;
        for (var block : Json.list(content)) {
            var here = path + ".content." + at++;
            if (!block.isJsonObject()) throw ApiError.invalid(here + ": must be an object");
            if (!Json.isText(block, "type")) throw ApiError.invalid(here + ".type: a string is required");
            if (Json.text(block, "type").equals("tool_result")) require(block, "tool_use_id", Json::isText, "a string", here + ".");
            if (Json.text(block, "type").equals("tool_use")) require(block, "name", Json::isText, "a string", here + ".");
        }
    }

    private static void tool(JsonElement tool, String path) {
        if (!tool.isJsonObject()) throw ApiError.invalid(path + ": must be an object");
        require(tool, "name", Json::isText, "a string", path + ".");
    }

    private static void require(JsonElement from, String field, Predicate<JsonElement> fits, String form) { require(from, field, fits, form, ""); }

    private static void require(JsonElement from, String field, Predicate<JsonElement> fits, String form, String path) {
        if (!Json.has(from, field)) throw ApiError.invalid(path + field + ": is required");
        if (!fits.test(Json.find(from, field))) throw ApiError.invalid(path + field + ": must be " + form);
    }

    private static void allow(JsonObject message, String field, Predicate<JsonElement> fits, String form) {
        if (Json.has(message, field) && !fits.test(Json.find(message, field))) throw ApiError.invalid(field + ": must be " + form);
    }
}
