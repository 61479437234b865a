package lib.refusal;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import lib.json.*;
import lib.route.*;

import static org.junit.jupiter.api.Assertions.assertEquals;

/// Every framework says in its own words what it does not know. What it names goes, and nothing else.
class UnknownFieldsTest {
    private static final String SENT = """
        {"model":"m","stream":true,"speed":"fast","diagnostics":{"x":1},"metadata":{"user_id":"u"},
         "tools":[{"name":"Read","strict":true,"input_schema":{"type":"object","properties":{"speed":{"type":"string"}}}}],
         "messages":[{"role":"user","content":[{"type":"text","text":"hi","citations":null}]}]}""";

    @ParameterizedTest @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
        must NOT have additional properties: diagnostics | diagnostics
        diagnostics: Extra inputs are not permitted; speed: Extra inputs are not permitted | diagnostics, speed
        1 validation error for Request: diagnostics Extra inputs are not permitted [type=extra_forbidden] | diagnostics
        参数 diagnostics 不支持 | diagnostics
        不支持的参数: diagnostics | diagnostics
        diagnostics: unknown parameter | diagnostics
        The following fields are not permitted: diagnostics, speed | diagnostics, speed
        UnsupportedParamsError: it does not support parameters: ['diagnostics'] | diagnostics
        field diagnostics not allowed | diagnostics
        additional fields not allowed: diagnostics | diagnostics
        property diagnostics should not exist | diagnostics
        $.diagnostics: is not defined in the schema and the schema does not allow additional properties | diagnostics
        found unpermitted parameters: :speed, :diagnostics | speed, diagnostics
        Invalid field name(s): diagnostics | diagnostics
        Input validation error: diagnostics: Unexpected field | diagnostics
        diagnostics is not supported | diagnostics
        Unexpected top-level key: diagnostics | diagnostics
        Received unexpected fields: {'diagnostics'} | diagnostics
        Value error, unsupported fields present: diagnostics | diagnostics
        invalid argument: no field named diagnostics | diagnostics
        schema violation: diagnostics: additional property not allowed | diagnostics
        tools[0].strict: unknown field | tools.strict
        unsupported field tools[].strict | tools.strict
        tools.0.function.strict should not exist | tools.function.strict
        messages.0.content.0.citations is not accepted | messages.content.citations
        unknown field `cache`, expected one of `metadata`, `speed` | nothing
        diagnostics: the value must be between 1 and 2 | nothing
        tools: unsupported | nothing
        stream is not supported | nothing
        the prompt is too long for this model | nothing
        """)
    void findsThem(String refusal, String dropped) {
        var sent = Json.objectIn(SENT);
        var text = Wording.of(refusal, sent, "m");
        var fix = Refusals.unknown(text, sent).or(() -> UnknownFields.mentioned(text, sent));
        assertEquals(dropped, fix.map(Fix::name).orElse("without nothing").replaceFirst("without ", ""));
    }
}
