package lib.message;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import lib.json.*;

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

    private static final InputShape OPTIONAL = InputShape.of(Json.objectIn("""
        {"type": "object", "required": ["path", "ids"], "$defs": {"node": {"type": "object", "properties": {"next": {"$ref": "#/$defs/node"}, "n": {"type": "integer"}}}},
         "properties": {"path": {"type": "string", "minLength": 1}, "ids": {"type": "array", "minItems": 1}, "note": {"type": "string"}, "name": {"type": "string", "minLength": 1}, "id": {"type": "string", "pattern": "^wf_"},
          "any": {}, "day": {"type": "string", "format": "date"}, "slug": {"type": "string", "pattern": "^[a-z]*$"}, "odd": {"type": "string", "pattern": "(?<"}, "mode": {"type": "string", "enum": ["a", "b"]}, "blank": {"enum": ["", "b"]}, "limit": {"type": "integer"},
          "list": {"type": "array"}, "some": {"type": "array", "minItems": 1}, "options": {"type": "object", "properties": {"deep": {"type": "string", "minLength": 1}}}, "ws": {"type": "object", "properties": {"url": {"type": "string"}}, "required": ["url"]},
          "null": {"type": ["string", "null"], "minLength": 2}, "either": {"anyOf": [{"type": "string", "minLength": 1}, {"type": "integer"}]}, "both": {"anyOf": [{"type": "string", "minLength": 1}, {"type": "string"}]},
          "all": {"allOf": [{"type": "string"}, {"minLength": 1}]}, "node": {"$ref": "#/$defs/node"}, "pages": {"type": "string"}}}"""), List.of("pages"));

    /// What is required, free text, or not declared is never touched.
    @ParameterizedTest @CsvSource(delimiter = ';', quoteCharacter = '~', value = {
        "path; \"\"; false", "path; null; false", "ids; []; false", "note; \"\"; false", "note; null; true", "note; []; true", "note; {}; true", "other; \"\"; false", "other; null; false",
        "name; \"\"; true", "name; \" \"; false", "id; \"\"; true", "day; \"\"; true", "slug; \"\"; false", "odd; \"\"; false", "mode; \"\"; true", "blank; \"\"; false", "limit; \"\"; true", "limit; null; true", "limit; 0; false",
        "any; null; false", "any; \"\"; false", "any; []; false", "list; []; false", "list; \"\"; true", "some; []; true", "some; [\"\"]; false", "options; {}; false", "ws; {}; true", "null; null; false", "null; \"\"; true",
        "either; \"\"; true", "both; \"\"; false", "all; \"\"; true", "node; {}; false", "node; null; true", "pages; \"\"; true"})
    void anEmptyValueThatIsOptionalAndNotAllowedIsLeftOut(String name, String json, boolean dropped) {
        assertEquals(dropped, OPTIONAL.drops(name, Json.parse(json)));
    }

    @Test void aSchemaThatRefersToItselfInManyPlacesEnds() {
        var names = List.of("a", "b", "c", "d", "e", "f", "g", "h");
        var properties = new JsonObject();
        for (var name : names) Json.put(properties, name, Json.object("$ref", "#/$defs/n"));
        var shape = InputShape.of(Json.object("$ref", "#/$defs/n", "$defs", Json.object("n", Json.object("type", "object", "properties", properties))));
        assertEquals(true, shape.accepts(Json.parse("{\"a\":{\"b\":{\"c\":{}}}}")));
        assertEquals(false, shape.accepts(Json.parse("{\"a\":{\"b\":{\"c\":1}}}")));
    }

    @Test void aSchemaThatRefersToItselfEnds() {
        var tree = InputShape.of(Json.objectIn("{\"$ref\":\"#/$defs/node\",\"$defs\":{\"node\":{\"type\":\"object\",\"properties\":{\"next\":{\"$ref\":\"#/$defs/node\"}}}}}"));
        assertEquals(true, tree.accepts(Json.parse("{\"next\":{\"next\":{}}}")));
    }
}
