package lib.dialect.demo;

import module java.base;

import lib.json.*;
import lib.message.*;
import lib.refusal.*;
import lib.reply.*;
import lib.route.*;
import lib.schema.*;
import lib.wire.*;

/// The built-in demo, for a first look without a key: a few fixed sentences and real tool calls, of the tool that it is asked
/// to call as well. Its request is echoed back to it, so it passes through the same code as any other.
public final class Demo implements Dialect {
    private static final Pattern LIST = Pattern.compile("(?i)\\b(list|ls|dir|which files|what files)\\b");
    private static final Pattern READ = Pattern.compile("(?i)\\b(?:read|show|open|cat|print)\\b[^\\n]*?"
        + "([\\w./~-]*[\\w-]\\.\\w+|/[\\w./-]+)");
    private static final Pattern REMINDER = Pattern.compile("(?s)<system-reminder>.*?</system-reminder>");
    private static final Pattern FOLDER = Pattern.compile("(?i)working directory: *(\\S+)");
    private static final Pattern CALL = Pattern.compile("(?i)\\bcall the tool [`\"']?([\\w-]+)"),
        QUOTED = Pattern.compile("\"([^\"\\n]*)\"");
    private static final String HELP = """
        This is FreeCC's built-in demo: FreeCC works, but no language model is connected yet. To use a real one, stop FreeCC and either

        - run `freecc init`, which asks for a provider and its key and tries a model, or
        - set a key, for example `GROQ_API_KEY=...`, `OPENAI_API_KEY=...` or `DEEPSEEK_API_KEY=...`, or
        - put `BIG_MODEL_PROVIDER=...`, `BIG_MODEL_NAME=...` and `BIG_MODEL_API_KEY=...` into a `.env` file, or
        - start a local server such as Ollama or LM Studio,

        and start FreeCC again. Until then, ask me to list the files here or to read one of them.""";

    @Override public Draft draft(Request request, Route route, ReplyContext terms) { return Draft.of(route.base(), request.message()); }

    @Override public ApiError error(Answer answer, Route route) { return Errors.of(answer, route); }

    @Override public void events(Iterable<Frame> frames, ReplyContext terms, Consumer<Event> out) {
        for (var frame : frames) answer(frame.object(), frame, terms, out);
        out.accept(new Event.Stop("end_turn"));
    }

    private static void answer(JsonObject message, Frame frame, ReplyContext terms, Consumer<Event> out) {
        out.accept(new Event.Usage(Tokens.estimate(message, frame.data().length()), 0, 0, -1));
        var schema = Schema.ofAnswer(message);
        if (!schema.isEmpty()) {
            say(Json.write(example(schema, new ArrayDeque<>())), out);
            return;
        }
        var turns = Json.list(message, "messages").stream().filter(turn -> !Json.text(turn, "role").equals("system")).toList();
        if (turns.isEmpty()) return;
        var results = Json.list(turns.getLast(), "content").stream().filter(block -> Json.text(block, "type").equals("tool_result"))
            .toList();
        if (!results.isEmpty()) {
            results.forEach(result -> say("The tool answered:\n\n```\n" + PlainText.text(result).strip() + "\n```\n", out));
            return;
        }
        var asked = REMINDER.matcher(PlainText.joined(Json.find(turns.getLast(), "content"))).replaceAll("");
        var wanted = wanted(asked, message);
        if (wanted.isPresent()) {
            call(wanted.get(), terms, out);
            return;
        }
        var call = call(asked, message);
        if (turns.stream().noneMatch(turn -> Json.text(turn, "role").equals("assistant"))) say(HELP, out);
        else if (call.isEmpty()) say("I am only a demo: I can list the files here or read one of them.", out);
        if (!call.isEmpty()) call(call, terms, out);
    }

    private static void call(JsonObject call, ReplyContext terms, Consumer<Event> out) {
        var id = terms.ids().next("toolu");
        out.accept(new Event.ToolCall(id, Json.text(call, "name")));
        out.accept(new Event.ToolInput(id, Json.write(Json.at(call, "input"))));
    }

    /// Word by word, as a model streams.
    private static void say(String text, Consumer<Event> out) {
        for (var word : text.split("(?<=\\s)")) out.accept(new Event.Text(word));
    }

    /// The tool that the request chooses or its words name, with the words in quotes as its input.
    private static Optional<JsonObject> wanted(String asked, JsonObject message) {
        var called = CALL.matcher(asked);
        var chosen = Json.text(message, "tool_choice", "name");
        var name = chosen.isEmpty() && called.find() ? called.group(1) : chosen;
        var words = QUOTED.matcher(asked).results().map(word -> word.group(1)).collect(Collectors.toCollection(ArrayDeque::new));
        var any = Json.text(message, "tool_choice", "type").equals("any") && name.isEmpty();
        return Json.list(message, "tools").stream().filter(tool -> any || Json.text(tool, "name").equals(name)).findFirst()
            .map(tool -> Json.object("name", Json.text(tool, "name"), "input", example(Json.at(tool, "input_schema"), words)));
    }

    private static JsonObject call(String asked, JsonObject message) {
        var read = READ.matcher(asked);
        if (read.find()) {
            var path = read.group(1);
            if (has(message, "Read") && !absolute(path, message).isEmpty())
                return Json.object("name", "Read", "input", Json.object("file_path", absolute(path, message)));
            if (has(message, "Bash")) return bash("cat -- '" + path + "'", "Print the file");
        }
        return LIST.matcher(asked).find() && has(message, "Bash") ? bash("ls -la", "List the files here") : new JsonObject();
    }

    private static JsonObject bash(String command, String why) {
        return Json.object("name", "Bash", "input", Json.object("command", command, "description", why));
    }

    private static boolean has(JsonObject message, String tool) {
        return Json.list(message, "tools").stream().anyMatch(offered -> Json.text(offered, "name").equals(tool));
    }

    /// The absolute path, based on the working directory in Claude Code's prompt.
    private static String absolute(String path, JsonObject message) {
        if (path.startsWith("/")) return path;
        var folder = FOLDER.matcher(PlainText.joined(Json.find(message, "system")) + "\n"
            + Json.list(message, "messages").stream().map(turn -> PlainText.joined(Json.find(turn, "content")))
                .collect(Collectors.joining("\n")));
        return folder.find() ? folder.group(1).replaceFirst("/$", "") + "/" + path : "";
    }

    /// A minimal value for a schema, with these words as its texts as far as they go.
    private static JsonElement example(JsonElement schema, Deque<String> words) {
        var choices = Json.list(schema, "enum");
        if (!choices.isEmpty()) return choices.getFirst();
        var object = new JsonObject();
        return switch (Json.text(schema, "type")) {
            case "string" -> Json.tree(words.isEmpty() ? "FreeCC demo" : words.poll());
            case "integer", "number" -> Json.tree(0);
            case "boolean" -> Json.tree(false);
            case "array" -> Json.array();
            default -> {
                var needed = Json.list(schema, "required").stream().map(Json::text).toList();
                for (var name : Json.keys(Json.at(schema, "properties")))
                    if (needed.isEmpty() || needed.contains(name))
                        Json.put(object, name, example(Json.at(schema, "properties", name), words));
                yield object;
            }
        };
    }
}
