package lib.message;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import lib.wire.*;

import static org.junit.jupiter.api.Assertions.assertEquals;

/// Values as the schema wants them, and inputs that fit or do not.
class InputShapeTest {
    private static final InputShape SHAPE = InputShape.of(Json.objectIn("""
        {"type": "object", "required": ["path"], "$defs": {"todo": {"type": "object", "required": ["content"], "properties": {"content": {"type": "string"}, "done": {"type": "boolean"}}}},
         "properties": {"path": {"type": "string"}, "limit": {"type": "integer"}, "ratio": {"type": "number"}, "all": {"type": ["boolean", "null"]},
          "todos": {"type": "array", "items": {"$ref": "#/$defs/todo"}}, "options": {"type": "object", "properties": {"tags": {"type": "array", "items": {"type": "string"}}}},
          "either": {"anyOf": [{"type": "string"}, {"type": "array"}]}, "lines": {"anyOf": [{"type": "array", "items": {"type": "integer"}}, {"type": "null"}]},
          "mode": {"enum": ["a", "b"]}, "any": {}, "same": {"allOf": [{"type": ["string", "array"]}, {"type": "array"}]}}}"""));

    @ParameterizedTest @CsvSource(delimiter = ';', quoteCharacter = '~', value = {
        "path; 20; \"20\"", "path; {\"a\":1}; \"{\\\"a\\\":1}\"", "limit; 20; 20", "limit; twenty; \"twenty\"", "limit; 2.5; \"2.5\"", "ratio; 2.5; 2.5", "ratio; 2; 2",
        "all; True; true", "all; null; null", "all; None; null", "todos; [{\"content\":\"a\"}]; [{\"content\":\"a\"}]", "todos; [\"{\\\"content\\\":\\\"a\\\",\\\"done\\\":\\\"true\\\"}\"]; [{\"content\":\"a\",\"done\":true}]",
        "options; {\"tags\":\"[\\\"x\\\"]\"}; {\"tags\":[\"x\"]}", "either; [1]; \"[1]\"", "lines; [1,2]; [1,2]", "mode; a; \"a\"", "any; {\"a\":1}; {\"a\":1}", "any; 12; \"12\"",
        "unknown; 12; \"12\"", "same; [1]; [1]"})
    void aTextIsTypedByTheSchema(String property, String text, String json) { assertEquals(Json.parse(json), SHAPE.property(property).typed(text)); }

    @ParameterizedTest @CsvSource(delimiter = ';', quoteCharacter = '~', value = {
        "true; {\"path\":\"a\"}", "true; {\"path\":\"a\",\"limit\":1,\"more\":[]}", "true; {\"path\":\"a\",\"all\":null}", "true; {\"path\":\"a\",\"todos\":[{\"content\":\"a\"}]}",
        "false; {}", "false; {\"path\":1}", "false; {\"path\":\"a\",\"limit\":\"x\"}", "false; {\"path\":\"a\",\"limit\":1.5}", "false; {\"path\":\"a\",\"todos\":[{\"done\":true}]}", "false; [1]"})
    void anInputFitsOrNot(boolean fits, String json) { assertEquals(fits, SHAPE.accepts(Json.parse(json))); }

    @Test void aSchemaThatRefersToItselfEnds() {
        var tree = InputShape.of(Json.objectIn("{\"$ref\":\"#/$defs/node\",\"$defs\":{\"node\":{\"type\":\"object\",\"properties\":{\"next\":{\"$ref\":\"#/$defs/node\"}}}}}"));
        assertEquals(true, tree.accepts(Json.parse("{\"next\":{\"next\":{}}}")));
    }
}
