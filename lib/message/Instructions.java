package lib.message;

import module java.base;

import lib.json.*;
import lib.wire.*;

/// What FreeCC itself asks of a model where the provider's API has no field for it.
public final class Instructions {
    /// What stands before a conversation whose first words are the model's own, and after one that ends with them.
    public static final String OMITTED = "(The beginning of this conversation was omitted.)",
        GO_ON = "Continue exactly where you stopped, without repeating anything.";

    private Instructions() {}

    public static String answerAs(JsonObject schema) {
        return "Give your final answer as JSON that matches this schema, with nothing before or after it:\n" + Json.write(schema);
    }

    /// Asks for an answer as JSON once more, with what was wrong with the first.
    public static String correction(List<String> wrong) {
        return "Your answer does not match the JSON schema:\n- " + String.join("\n- ", wrong)
            + "\nGive the whole answer again as JSON that matches the schema, with nothing before or after it.";
    }

    /// Asks for a call of that tool, or of any if the name is empty.
    public static String call(String tool) {
        return "Answer by calling " + (tool.isEmpty() ? "one of the tools" : "the tool " + tool) + ".";
    }

    /// Words that are not the user's, as a part of the user's turn.
    public static String reminder(String text) { return "<system-reminder>\n" + text + "\n</system-reminder>"; }

    /// What stands for the part of the conversation that was compacted.
    public static String summary(String text) { return "Summary of the conversation so far:\n" + text; }
}
