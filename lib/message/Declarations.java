package lib.message;

import module java.base;

import lib.json.*;

/// What tools cost a model of OpenAI's, which sees them as declarations. A property is its name, type and description.
/// https://cookbook.openai.com/examples/how_to_count_tokens_with_tiktoken
final class Declarations {
    private static final int FUNCTION = 7, PROPERTIES = 3, PROPERTY = 3, ENUM = -3, VALUE = 3, END = 12;

    private Declarations() {}

    static long count(List<JsonElement> tools, Tokens.Counter counter) {
        if (tools.isEmpty()) return 0;
        long sum = END;
        for (var tool : tools) {
            sum += FUNCTION + counter.text(Json.text(tool, "name") + ":" + Json.text(tool, "description"));
            sum += properties(Json.find(tool, "input_schema"), counter);
        }
        return sum;
    }

    private static long properties(JsonElement schema, Tokens.Counter counter) {
        var properties = Json.at(schema, "properties");
        long sum = Json.keys(properties).isEmpty() ? 0 : PROPERTIES;
        for (var name : Json.keys(properties)) {
            var property = Json.find(properties, name);
            sum += PROPERTY + counter.text(name + ":" + Json.spelled(property, "type") + ":" + Json.text(property, "description"));
            var values = Json.list(property, "enum");
            if (!values.isEmpty()) sum += ENUM;
            for (var value : values) sum += VALUE + counter.text(Json.spelled(value));
            sum += properties(property, counter) + properties(Json.find(property, "items"), counter);
            for (var branch : List.of("anyOf", "oneOf", "allOf"))
                for (var option : Json.list(property, branch)) sum += properties(option, counter);
        }
        return sum;
    }
}
