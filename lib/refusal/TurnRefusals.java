package lib.refusal;

import module java.base;

import lib.json.*;
import lib.message.*;
import lib.route.*;

/// Refusals of who speaks first or last, in any API: some models want these words to be the user's.
public final class TurnRefusals {
    private static final Pattern LAST = Pattern.compile(
        "prefill|(end|last|final).{0,60}(model|assistant|user)|(model|user|assistant).{0,40}(end|last|final)"),
        FIRST = Pattern.compile("(begin|start|first|after a user).{0,60}(model|assistant|user|call|tool)|"
            + "(model|user|assistant|call|tool).{0,60}(begin|start|first|after a user)");
    private static final Set<String> MODEL = Set.of("assistant", "model"), SYSTEM = Set.of("system", "developer");

    private TurnRefusals() {}

    public static Optional<Fix> of(String text, JsonObject sent) {
        if (LAST.matcher(text).find() && endsWithModel(sent))
            return Refusals.lasting("with the last word for the user", body -> {
                if (endsWithModel(body)) speak(body, Instructions.GO_ON, List::addLast);
            });
        if (FIRST.matcher(text).find() && beginsWithModel(sent))
            return Refusals.lasting("with the first word for the user", body -> {
                if (beginsWithModel(body)) speak(body, Instructions.OMITTED, (turns, turn) -> turns.add(systems(turns), turn));
            });
        return Optional.empty();
    }

    private static boolean endsWithModel(JsonObject sent) {
        var turns = turns(sent);
        return !turns.isEmpty() && MODEL.contains(Json.text(turns.getLast(), "role"));
    }

    private static boolean beginsWithModel(JsonObject sent) {
        var turns = turns(sent);
        var first = systems(turns);
        return first < turns.size() && (MODEL.contains(Json.text(turns.get(first), "role"))
            || Json.text(turns.get(first), "type").equals("function_call"));
    }

    private static int systems(List<JsonElement> turns) {
        return (int) turns.stream().takeWhile(turn -> SYSTEM.contains(Json.text(turn, "role"))).count();
    }

    private static String field(JsonObject body) {
        return Stream.of("contents", "input").filter(name -> Json.has(body, name)).findFirst().orElse("messages");
    }

    private static List<JsonElement> turns(JsonObject body) { return Json.list(body, field(body)); }

    private static void speak(JsonObject body, String words, BiConsumer<List<JsonElement>, JsonElement> add) {
        var turns = new ArrayList<>(turns(body));
        add.accept(turns, user(field(body), turns, words));
        Json.put(body, field(body), Json.arrayOf(turns));
    }

    /// A turn in the form of the others. Only Converse has parts without a type in `messages`.
    private static JsonObject user(String field, List<JsonElement> turns, String words) {
        var untyped = turns.stream().flatMap(turn -> Json.list(turn, "content").stream()).anyMatch(part -> !Json.has(part, "type"));
        return switch (field) {
            case "contents" -> Json.object("role", "user", "parts", Json.array(Json.object("text", words)));
            case "input" -> Json.object("role", "user", "content", Json.array(Json.object("type", "input_text", "text", words)));
            default -> untyped ? Json.object("role", "user", "content", Json.array(Json.object("text", words)))
                : Json.object("role", "user", "content", words);
        };
    }
}
