package lib.dialect;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import lib.message.Plain;
import lib.wire.Json;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Refusals that a change to the request mends, told by their wording. Each is tried once.
public final class Refusals {
    private static final Pattern REFUSED = Pattern.compile("unsupported|no endpoints found|incompatible|not support|unknown|unrecogni[sz]ed|unexpected|extra|not permitted|not allowed|invalid|only supports|must be|not available");
    private static final Pattern OUTPUT_LIMIT = Pattern.compile(
        "max_(?:completion_|output_)?(?:new_)?tokens\\b.*?(?:less than or equal to|at most|cannot exceed|must not exceed|<=|maximum(?: value)?(?: is| of)?|up to|no more than|\\[1, ?)\\D{0,3}(\\d{1,9})\\b");
    private static final Pattern ROOM = Pattern.compile("exceed context limit: (\\d{1,9}) \\+ \\d+ > (\\d{1,9})\\b");
    private static final int LEAST_LIMIT = 1_024;
    private static final int MARGIN = 512;   // hosts count a prompt as so many tokens at least
    /// Words of a value and not of the parameter that has it; words of one picture or document and not of all.
    private static final Pattern VALUE = Pattern.compile("\\bvalues?\\b|between|range|one of|must be|should be|less than|greater than|at most|at least|<=|>=|does not support '"),
        FILE = Pattern.compile("format|media.?type|mime|\\bsize|too large|larger|dimension|pixel|\\bmb\\b|base64|download|\\burls?\\b|decode|could not process|corrupt|damaged|encrypted|password|pages");
    private static final Pattern NAMED = Pattern.compile("\\(parameter: (\\w+)\\)");
    /// What a request can do without.
    private static final List<String> OPTIONAL = List.of("include", "stream_options", "parallel_tool_calls", "prompt_cache_key", "safety_identifier", "service_tier",
        "reasoning_effort", "reasoning_format", "reasoning", "thinking", "think", "chat_template_kwargs", "tool_stream", "temperature", "top_p", "top_k", "stop",
        "response_format", "tool_choice", "citation_options");
    /// What one request wants, and the next may want otherwise.
    private static final Set<String> OF_ONE_REQUEST = Set.of("response_format", "tool_choice", "stop");

    private Refusals() {}

    public static Optional<Mend> mend(String message, JsonObject sent) {
        var text = message.toLowerCase(Locale.ROOT).replaceAll("(?<=\\d),(?=\\d{3})", "");
        return window(text, sent).or(() -> configuration(text, sent)).or(() -> schema(text, sent)).or(() -> instruction(text, sent)).or(() -> reasoning(text, sent)).or(() -> output(text, sent)).or(() -> descriptions(text, sent)).or(() -> messages(text, sent)).or(() -> parameter(text, sent)).or(() -> again(text));
    }

    /// The prompt fits, but not with so long an answer beside it.
    static Optional<Mend> window(String text, JsonObject sent) {
        var found = ROOM.matcher(text);
        if (!found.find()) return Optional.empty();
        var free = Long.parseLong(found.group(2)) - Long.parseLong(found.group(1)) - MARGIN;
        return Optional.of(Mend.of("a shorter answer", false, body -> limit(body, free)));
    }

    /// Converse names one field of its configuration at a time.
    private static Optional<Mend> configuration(String text, JsonObject sent) {
        if (!text.contains("support")) return Optional.empty();
        return Stream.of("temperature", "topP").filter(name -> Json.has(sent, "inferenceConfig", name) && text.contains(name.toLowerCase(Locale.ROOT)))
            .findFirst().map(name -> Mend.of("no " + name, true, body -> Json.drop(Json.at(body, "inferenceConfig"), name)));
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

    /// Gemma has no system instruction: the user says it first.
    private static Optional<Mend> instruction(String text, JsonObject sent) {
        if (!Json.has(sent, "systemInstruction") || !text.contains("developer instruction is not enabled")) return Optional.empty();
        return lasting("no system instruction", body -> {
            var contents = new ArrayList<>(Json.list(body, "contents"));
            contents.addFirst(Json.object("role", "user", "parts", Json.find(body, "systemInstruction", "parts")));
            var second = Json.at(contents.get(1));
            if (Json.text(second, "role").equals("user")) {
                var parts = new ArrayList<>(Json.list(contents.removeFirst(), "parts"));
                parts.addAll(Json.list(second, "parts"));
                Json.put(second, "parts", Json.arrayOf(parts));
            }
            Json.put(body, "contents", Json.arrayOf(contents));
            Json.drop(body, "systemInstruction");
        });
    }

    /// Reasoning of another model, or too old: the conversation goes on without it.
    private static Optional<Mend> reasoning(String text, JsonObject sent) {
        var items = Json.list(sent, "input").stream().anyMatch(item -> Json.text(item, "type").equals("reasoning"));
        if (items && (text.contains("encrypted_content") || text.contains("encrypted content") || text.contains("'rs_") || text.contains("of type 'reasoning'")))
            return Optional.of(Mend.of("no reasoning items", false, body -> Json.put(body, "input",
                Json.arrayOf(Json.list(body, "input").stream().filter(item -> !Json.text(item, "type").equals("reasoning")).toList()))));
        if (Json.has(sent, "reasoning", "summary") && text.contains("summar")) return lasting("no summary", body -> Json.drop(Json.at(body, "reasoning"), "summary"));
        return Optional.empty();
    }

    static Optional<Mend> output(String text, JsonObject sent) {
        if (text.contains("set reasoning_effort to 'none'")) return lasting("no reasoning with tools", body -> Json.put(body, "reasoning_effort", "none"));
        if (text.contains("max_completion_tokens") && text.contains("instead")) return lasting("max_completion_tokens", body -> Limits.rename(body, "max_tokens", "max_completion_tokens"));
        var found = OUTPUT_LIMIT.matcher(text);
        if (found.find()) {
            var most = Long.parseLong(found.group(1));
            return most < 16 ? Optional.empty() : atMost(most);
        }
        if (text.contains("max_completion_tokens") && Json.has(sent, "max_completion_tokens") && REFUSED.matcher(text).find())
            return lasting("max_tokens", body -> Limits.rename(body, "max_completion_tokens", "max_tokens"));
        return Optional.empty();
    }

    /// No model says so little at most: so short a limit is this request's.
    static Optional<Mend> atMost(long most) { return Optional.of(Mend.of("at most " + most + " tokens of answer", most >= LEAST_LIMIT, body -> limit(body, most))); }

    private static void limit(JsonObject body, long most) {
        for (var name : List.of("max_tokens", "max_completion_tokens", "max_output_tokens", "max_new_tokens", "maximum_tokens")) if (Json.number(body, name) > most) Json.put(body, name, most);
    }

    private static Optional<Mend> descriptions(String text, JsonObject sent) {
        var tooLong = text.contains("description") && (text.contains("too long") || text.contains("maximum length"));
        return tooLong && Json.has(sent, "messages") && Json.has(sent, "tools") ? lasting("short descriptions", Choices::shorten) : Optional.empty();
    }

    private static Optional<Mend> messages(String text, JsonObject sent) {
        if (text.contains("developer") && text.contains("role")) return lasting("no developer role", body -> eachMessage(body, message -> {
            if (Json.text(message, "role").equals("developer")) Json.put(message, "role", "system");
        }));
        if (text.contains("system role not supported") || text.contains("role 'system' is not supported")) return lasting("no system message", Refusals::systemAsUser);
        if (text.contains("system message must be at the beginning") || text.contains("system") && text.contains("role") && text.contains("first"))
            return lasting("one system message", Refusals::remindInstead);
        if (text.contains("after role 'tool'") || text.contains("last role user or tool")) return lasting("no user message after a tool's", Roles::foldUserIntoTool);
        if (text.contains("reasoning_content") && (text.contains("missing") || text.contains("must be passed") || text.contains("must be provided")))
            return lasting("reasoning goes back", body -> eachMessage(body, message -> {
                if (Json.has(message, "tool_calls") && !Json.has(message, "reasoning_content")) Json.put(message, "reasoning_content", " ");   // an empty one is refused by some
            }));
        if (text.contains("reasoning_content") && REFUSED.matcher(text).find()) return lasting("no reasoning back", body -> eachMessage(body, message -> Json.drop(message, "reasoning_content")));
        var images = text.contains("image") || text.contains("multimodal") || text.contains("mmproj") || text.contains("vision");
        if (images && shows(sent, "image_url") && REFUSED.matcher(text).find()) return Optional.of(Mend.of("no images", !isOfOneFile(text.replace("image_url", "")), body -> without(body, "image_url", Plain.NO_IMAGE)));
        if (text.contains("file") && shows(sent, "file") && REFUSED.matcher(text).find()) return Optional.of(Mend.of("no documents", !isOfOneFile(text), body -> without(body, "file", Plain.NO_DOCUMENT)));
        return Optional.empty();
    }

    private static Optional<Mend> parameter(String text, JsonObject sent) {
        if (!REFUSED.matcher(text).find()) return Optional.empty();
        var named = NAMED.matcher(text).results().map(found -> found.group(1)).filter(OPTIONAL::contains);
        return Stream.concat(named, OPTIONAL.stream()).filter(name -> Json.has(sent, name) && Pattern.compile("\\b" + name + "(ing)?\\b").matcher(text).find()).findFirst()
            .map(name -> OF_ONE_REQUEST.contains(name) ? Mend.of("no " + name, false, body -> Json.drop(body, name)) : without(text, sent, name));
    }

    /// Without that parameter, or without the value that was refused of it: another value is another matter.
    static Mend without(String text, JsonObject sent, String... path) {
        var name = path[path.length - 1];
        var around = Arrays.copyOf(path, path.length - 1);
        var refused = Json.find(sent, path);
        if (!refused.isJsonPrimitive() || !VALUE.matcher(text).find()) return Mend.of("no " + name, true, body -> Json.drop(Json.at(body, around), name));
        return Mend.of("no " + name + " " + Json.spelled(refused), true, body -> {
            if (Json.find(body, path).equals(refused)) Json.drop(Json.at(body, around), name);
        });
    }

    /// The picture or the document was refused, and not that there is one.
    static boolean isOfOneFile(String text) { return FILE.matcher(text).find(); }

    /// The model wrote a call that its host could not read: chance may help.
    private static Optional<Mend> again(String text) {
        return text.contains("failed_generation") || text.contains("failed to call a function") || text.contains("tool_use_failed")
            ? Optional.of(Mend.of("once more", false, _ -> { })) : Optional.empty();
    }

    private static Optional<Mend> lasting(String name, Consumer<JsonObject> patch) { return Optional.of(Mend.of(name, true, patch)); }

    private static void eachMessage(JsonObject body, Consumer<JsonObject> patch) {
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

    private static boolean shows(JsonObject sent, String type) {
        return Json.list(sent, "messages").stream().flatMap(message -> Json.list(message, "content").stream()).anyMatch(part -> Json.text(part, "type").equals(type));
    }

    private static void without(JsonObject body, String type, String note) {
        eachMessage(body, message -> {
            var parts = Json.list(message, "content").stream().map(part -> Json.text(part, "type").equals(type) ? ChatMessages.text(note) : part).toList();
            if (parts.isEmpty()) return;
            var plain = parts.stream().allMatch(part -> Json.text(part, "type").equals("text"));
            Json.put(message, "content", plain ? parts.stream().map(part -> Json.text(part, "text")).collect(Collectors.joining("\n")) : Json.arrayOf(parts));
        });
    }

    /// What the system says, the user says first.
    private static void systemAsUser(JsonObject body) {
        var messages = new ArrayList<JsonElement>();
        for (var message : Json.list(body, "messages")) {
            var before = messages.isEmpty() ? new JsonObject() : (JsonObject) messages.getLast();
            var role = Json.text(message, "role").equals("system") ? "user" : Json.text(message, "role");
            if (role.equals("user") && Json.text(before, "role").equals("user") && Json.isText(message, "content") && Json.isText(before, "content"))
                Json.put(before, "content", Json.text(before, "content") + "\n\n" + Json.text(message, "content"));
            else {
                Json.put((JsonObject) message, "role", role);
                messages.add(message);
            }
        }
        Json.put(body, "messages", Json.arrayOf(messages));
    }
}
