package lib.dialect;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import lib.wire.Json;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Refusals that a change to the request mends, told by their wording. Each is tried once.
public final class Refusals {
    private static final Pattern REFUSED = Pattern.compile("unsupported|not support|unknown|unrecogni[sz]ed|unexpected|extra|not permitted|not allowed|invalid|only supports|must be|not available");
    private static final Pattern OUTPUT_LIMIT = Pattern.compile(
        "max_(?:completion_|output_)?(?:new_)?tokens\\b.*?(?:less than or equal to|at most|<=|maximum(?: value)?(?: is| of)?|up to|no more than|\\[1, ?)\\D{0,3}(\\d+)");
    /// What a request can do without.
    private static final List<String> OPTIONAL = List.of("include", "stream_options", "parallel_tool_calls", "prompt_cache_key", "safety_identifier", "service_tier",
        "reasoning_effort", "reasoning_format", "reasoning", "thinking", "think", "chat_template_kwargs", "tool_stream", "temperature", "top_p", "top_k", "stop",
        "response_format", "tool_choice");

    private Refusals() {}

    public static Optional<Mend> mend(String message, JsonObject sent) {
        var text = message.toLowerCase(Locale.ROOT).replaceAll("(?<=\\d),(?=\\d{3})", "");
        return window(text).or(() -> schema(text, sent)).or(() -> reasoning(text, sent)).or(() -> output(text, sent)).or(() -> messages(text, sent)).or(() -> parameter(text, sent)).or(() -> again(text));
    }

    /// The prompt fits, but not with so long an answer beside it.
    private static Optional<Mend> window(String text) {
        var free = Overflow.room(text);
        return free == 0 ? Optional.empty() : Optional.of(new Mend("a shorter answer", false, body -> limit(body, free)));
    }

    /// Gemini's older form of a schema, where the newer is refused.
    private static Optional<Mend> schema(String text, JsonObject sent) {
        if (!Json.write(Json.find(sent, "tools")).contains("parametersJsonSchema") || !text.contains("schema") && !text.contains("function_declarations")) return Optional.empty();
        return lasting("the older schemas", body -> {
            for (var tool : Json.list(body, "tools")) for (var function : Json.list(tool, "functionDeclarations")) {
                if (!Json.has(function, "parametersJsonSchema")) continue;
                Json.put((JsonObject) function, "parameters", GeminiSchema.old(Json.at(function, "parametersJsonSchema")));
                Json.drop((JsonObject) function, "parametersJsonSchema");
            }
        });
    }

    /// Reasoning of another model, or too old: the conversation goes on without it.
    private static Optional<Mend> reasoning(String text, JsonObject sent) {
        var items = Json.list(sent, "input").stream().anyMatch(item -> Json.text(item, "type").equals("reasoning"));
        if (items && (text.contains("encrypted_content") || text.contains("encrypted content") || text.contains("'rs_") || text.contains("of type 'reasoning'")))
            return Optional.of(new Mend("no reasoning items", false, body -> Json.put(body, "input",
                Json.arrayOf(Json.list(body, "input").stream().filter(item -> !Json.text(item, "type").equals("reasoning")).toList()))));
        if (Json.has(sent, "reasoning", "summary") && text.contains("summar")) return lasting("no summary", body -> Json.drop(Json.at(body, "reasoning"), "summary"));
        return Optional.empty();
    }

    private static Optional<Mend> output(String text, JsonObject sent) {
        if (text.contains("max_completion_tokens") && text.contains("instead")) return lasting("max_completion_tokens", body -> Limits.rename(body, "max_tokens", "max_completion_tokens"));
        var found = OUTPUT_LIMIT.matcher(text);
        if (found.find()) {
            var most = Long.parseLong(found.group(1));
            return most < 16 ? Optional.empty() : lasting("at most " + most + " tokens of answer", body -> limit(body, most));
        }
        if (text.contains("max_completion_tokens") && Json.has(sent, "max_completion_tokens") && REFUSED.matcher(text).find())
            return lasting("max_tokens", body -> Limits.rename(body, "max_completion_tokens", "max_tokens"));
        return Optional.empty();
    }

    private static void limit(JsonObject body, long most) {
        for (var name : List.of("max_tokens", "max_completion_tokens", "max_output_tokens")) if (Json.number(body, name) > most) Json.put(body, name, most);
    }

    private static Optional<Mend> messages(String text, JsonObject sent) {
        if (text.contains("developer") && text.contains("role")) return lasting("no developer role", body -> eachMessage(body, message -> {
            if (Json.text(message, "role").equals("developer")) Json.put(message, "role", "system");
        }));
        if (text.contains("system message must be at the beginning") || text.contains("system") && text.contains("role") && text.contains("first"))
            return lasting("one system message", Refusals::remindInstead);
        if (text.contains("after role 'tool'") || text.contains("last role user or tool")) return lasting("no user message after a tool's", Roles::foldUserIntoTool);
        if (text.contains("reasoning_content") && (text.contains("missing") || text.contains("must be passed") || text.contains("must be provided")))
            return lasting("reasoning goes back", body -> eachMessage(body, message -> {
                if (Json.has(message, "tool_calls") && !Json.has(message, "reasoning_content")) Json.put(message, "reasoning_content", "");
            }));
        if (text.contains("reasoning_content") && REFUSED.matcher(text).find()) return lasting("no reasoning back", body -> eachMessage(body, message -> Json.drop(message, "reasoning_content")));
        var images = text.contains("image") || text.contains("multimodal") || text.contains("mmproj") || text.contains("vision");
        if (images && Json.write(Json.find(sent, "messages")).contains("\"image_url\"") && REFUSED.matcher(text).find()) return lasting("no images", Refusals::withoutImages);
        return Optional.empty();
    }

    private static Optional<Mend> parameter(String text, JsonObject sent) {
        if (!REFUSED.matcher(text).find()) return Optional.empty();
        return OPTIONAL.stream().filter(name -> Json.has(sent, name) && Pattern.compile("\\b" + name + "(ing)?\\b").matcher(text).find()).findFirst()
            .flatMap(name -> lasting("no " + name, body -> Json.drop(body, name)));
    }

    /// The model wrote a call that its host could not read: chance may help.
    private static Optional<Mend> again(String text) {
        return text.contains("failed_generation") || text.contains("failed to call a function") || text.contains("tool_use_failed")
            ? Optional.of(new Mend("once more", false, _ -> { })) : Optional.empty();
    }

    private static Optional<Mend> lasting(String name, java.util.function.Consumer<JsonObject> patch) { return Optional.of(new Mend(name, true, patch)); }

    private static void eachMessage(JsonObject body, java.util.function.Consumer<JsonObject> patch) {
        for (var message : Json.list(body, "messages")) patch.accept((JsonObject) message);
    }

    private static void remindInstead(JsonObject body) {
        var messages = new ArrayList<JsonElement>();
        for (var message : Json.list(body, "messages")) {
            if (!messages.isEmpty() && Json.text(message, "role").equals("system"))
                messages.add(Json.object("role", "user", "content", ChatMessages.reminder(Json.text(message, "content"))));
            else messages.add(message);
        }
        Json.put(body, "messages", Json.arrayOf(messages));
    }

    private static void withoutImages(JsonObject body) {
        eachMessage(body, message -> {
            if (!Json.find(message, "content").isJsonArray()) return;
            var texts = new ArrayList<String>();
            for (var part : Json.list(message, "content"))
                texts.add(Json.text(part, "type").equals("image_url") ? "[An image is not shown: this model takes no images]" : Json.text(part, "text"));
            Json.put(message, "content", String.join("\n", texts));
        });
    }
}
