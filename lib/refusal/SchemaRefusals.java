package lib.refusal;

import module java.base;

import lib.json.*;
import lib.message.*;
import lib.route.*;
import lib.schema.*;

/// Refusals of a tool's schema, or of the answer's, in any API. llama.cpp, and servers built on it, make a grammar of each
/// schema, and cannot of every one; others know fewer keywords than JSON Schema has.
/// https://github.com/ggml-org/llama.cpp/blob/master/grammars/README.md#json-schemas--gbnf , 2026-11
public final class SchemaRefusals {
    private static final Pattern REFUSED = Pattern.compile("grammar|initialize samplers|unable to generate parser|schema conversion|"
        + "convert(ing)? (json )?schema|unrecognized schema|error resolving ref"
        + "|(invalid|unsupported|malformed|unknown) (json |tool |function |input |parameters? ){0,3}schema"
        + "|schemas? (is|are) (invalid|not valid|malformed|unsupported)|not a valid.{0,30} schema"
        + "|in (json |tool |function |input ){1,3}schemas?\\b|regex.{0,40}schema|input_?schema.{0,40}(invalid|not valid|support|draft)"
        + "|keyword.{0,60}(support|not (allowed|permitted|valid))|schema.{0,60}keyword"
        + "|unknown name.{0,80}(parameters|function_declarations|schema)");
    /// Not about what is in a schema, but about answers by one.
    private static final Pattern OF_THE_ANSWER = Pattern.compile(
        "response_?(format|schema|mime)|structured output|json mode|output_format");
    private static final Pattern WORD = Pattern.compile("\\$?[a-z]{3,40}");

    private SchemaRefusals() {}

    public static Optional<Fix> of(String text, JsonObject sent) {
        if (!REFUSED.matcher(text).find() || OF_THE_ANSWER.matcher(text).find()) return Optional.empty();
        var words = WORD.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
        var given = Json.write(sent);
        return simpler(sent, Schema.SPARED.stream().filter(keyword -> words.contains(keyword.toLowerCase(Locale.ROOT))
            && given.contains("\"" + keyword + "\"")).collect(Collectors.toCollection(TreeSet::new)));
    }

    private static Optional<Fix> simpler(JsonObject sent, Set<String> named) {
        var trial = Json.copy(sent);
        simplify(trial, named);
        return trial.equals(sent) ? Optional.empty() : Refusals.lasting("with simpler schemas" + (named.isEmpty() ? ""
            : ", without " + String.join(", ", named)), body -> simplify(body, named));
    }

    private static void simplify(JsonObject body, Set<String> named) {
        for (var tool : Json.list(body, "tools")) for (var holder : List.of(tool, Json.find(tool, "function")))
            for (var field : List.of("input_schema", "parameters")) simplify(Json.at(holder), field, named);
        for (var function : Json.list(body, "functions")) simplify(Json.at(function), "parameters", named);
        for (var tool : Json.list(body, "toolConfig", "tools")) simplify(Json.at(tool, "toolSpec", "inputSchema"), "json", named);
        for (var holder : List.of(Json.at(body, "response_format", "json_schema"), Json.at(body, "response_format"),
            Json.at(body, "output_config", "format"), Json.at(body, "text", "format"), Json.at(body, "output_format")))
            simplify(holder, "schema", named);
        simplify(body, "format", named);
    }

    private static void simplify(JsonObject holder, String field, Set<String> named) {
        if (Json.find(holder, field) instanceof JsonObject schema) Json.put(holder, field, Schema.simple(schema, named));
    }
}
