package lib.calls;

import module java.base;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import lib.json.*;
import lib.message.*;

import static org.junit.jupiter.api.Assertions.assertEquals;

/// Inputs in every chunking of one and two pieces, and letter by letter.
class FittedInputTest {
    private static final InputShape SHAPE = InputShape.of(Json.objectIn("""
        {"type": "object", "required": ["path"], "properties": {"path": {"type": "string"}, "pages": {"type": "string", "minLength": 1}, "limit": {"type": "integer"}, "note": {"type": "string"},
          "some": {"type": "array", "minItems": 1, "items": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}, "n": {"type": "integer"}}}}, "ws": {"type": "object", "properties": {"url": {"type": "string"}}, "required": ["url"]}}}"""));

    @ParameterizedTest @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "{\"path\":\"a\",\"pages\":\"\"} | {\"path\":\"a\"}", "{\"pages\": \"\", \"path\": \"a\"} | { \"path\": \"a\"}", "{\"pages\":\"\"} | {}", "{\"path\":\"a\",\"pages\":\"\",\"limit\":null,\"note\":\"\"} | {\"path\":\"a\",\"note\":\"\"}",
        "{\"pages\":\"\",\"limit\":\"\",\"some\":[ ],\"ws\":{},\"path\":\"\"} | {\"path\":\"\"}", "{\"pages\":\"1-2\",\"limit\":\"7\"} | {\"pages\":\"1-2\",\"limit\":7}", "{\"pages\":\"\\\"\",\"path\":null} | {\"pages\":\"\\\"\",\"path\":null}",
        "{\"limit\":nullify,\"path\":1} | {\"limit\":nullify,\"path\":1}", "{\"some\":[{\"id\":\"\",\"n\":null},{\"n\":\"\",\"id\":\"x\"}]} | {\"some\":[{\"id\":\"\"},{\"id\":\"x\"}]}", "{\"some\":[ {\"id\":\"a\"} ]} | {\"some\":[ {\"id\":\"a\"} ]}",
        "{\"ws\":{ \"url\":\"\" },\"limit\":1} | {\"ws\":{ \"url\":\"\" },\"limit\":1}", "{\"path\":\"pages\",\"note\":\"\\\"pages\\\":\\\"\\\",\"} | {\"path\":\"pages\",\"note\":\"\\\"pages\\\":\\\"\\\",\"}", "{\"other\":\"\",\"p\\u0061ges\":\"\"} | {\"other\":\"\"}", "{} | {}", "{ } | { }",
        "{\"path\":\"a\"}{\"pages\":\"\"} | {\"path\":\"a\"}{}", "{\"limit\":null} | {}", "{\"limit\": null } | { }", "{\"limit\":12,\"some\":\"[]\"} | {\"limit\":12}"})
    void fits(String given, String fitted) {
        assertEquals(fitted, read(List.of(given)));
        assertEquals(fitted, read(given.chars().mapToObj(Character::toString).toList()));
        for (var at = 1; at < given.length(); at++) assertEquals(fitted, read(List.of(given.substring(0, at), given.substring(at))), given.substring(0, at));
    }

    private static String read(List<String> pieces) {
        var input = new FittedInput(SHAPE);
        return pieces.stream().map(input::take).collect(Collectors.joining()) + input.rest();
    }

    /// Nothing is lost of an input that is cut off, but a value that was not there yet.
    @ParameterizedTest @CsvSource(delimiter = '|', quoteCharacter = '~', value = {"{\"path\":\"a\",\"pages\":\"", "{\"path\":\"a\",\"pa", "{\"path\":\"a\",\"limit\":nu", "{\"path\":\"a\",\"limit\":\"1", "{\"path\":\"a\",\"some\":["})
    void theRestIsWhatWasHeldBack(String given) { assertEquals(given, read(List.of(given))); }
}
