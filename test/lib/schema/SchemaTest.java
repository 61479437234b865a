package lib.schema;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import lib.json.*;

import static org.junit.jupiter.api.Assertions.assertEquals;

/// Schemas as MCP servers write them, and as APIs take them.
class SchemaTest {
    @ParameterizedTest @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
        # the root is an object with properties
        {}                                                | {"type":"object","properties":{}}
        {"type":"object"}                                 | {"type":"object","properties":{}}
        {"type":"object","properties":null}               | {"type":"object","properties":{}}
        {"$schema":"https://x","type":"object","properties":{"a":{}}} | {"type":"object","properties":{"a":{}}}
        {"type":["object","null"],"properties":{}}        | {"type":"object","properties":{}}
        # a union at the root is refused; its branches' properties are the root's
        {"anyOf":[{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]},{"type":"object","properties":{"b":{"type":"number"}},"required":["b"]}]} | {"type":"object","properties":{"a":{"anyOf":[{"type":"string"},{}]},"b":{"anyOf":[{"type":"number"},{}]}}}
        {"type":"object","properties":{"k":{}},"required":["k"],"oneOf":[{"properties":{"a":{}},"required":["a","c"]},{"properties":{"a":{}},"required":["a"]}]} | {"type":"object","properties":{"k":{},"a":{}},"required":["k","a"]}
        {"allOf":[{"properties":{"a":{}},"required":["a"]},{"properties":{"b":{}},"required":["b"]}]} | {"properties":{"a":{},"b":{}},"required":["a","b"],"type":"object"}
        {"type":"object","properties":{},"enum":[{}],"not":{}} | {"type":"object","properties":{}}
        # an array says what is in it
        {"type":"object","properties":{"a":{"type":"array"}}} | {"type":"object","properties":{"a":{"type":"array","items":{}}}}
        {"type":"object","properties":{"a":{"type":["array","null"]}}} | {"type":"object","properties":{"a":{"type":["array","null"],"items":{}}}}
        {"type":"object","properties":{"a":{"type":"array","prefixItems":[{}]}}} | {"type":"object","properties":{"a":{"type":"array","prefixItems":[{}]}}}
        {"type":"object","properties":{"a":{"anyOf":[{"type":"array"},{"type":"null"}]}}} | {"type":"object","properties":{"a":{"anyOf":[{"type":"array","items":{}},{"type":"null"}]}}}
        # values are not schemas, also where they look like some
        {"type":"object","properties":{"a":{"const":{"type":"array"},"default":{"type":"array"},"enum":[{"type":"array"}],"examples":[{"type":"array"}]}}} | {"type":"object","properties":{"a":{"const":{"type":"array"},"default":{"type":"array"},"enum":[{"type":"array"}],"examples":[{"type":"array"}]}}}
        # properties may be called like keywords
        {"type":"object","properties":{"default":{"type":"array"},"properties":{"type":"object"},"$ref":{"type":"string"},"anyOf":{"type":"array"}}} | {"type":"object","properties":{"default":{"type":"array","items":{}},"properties":{"type":"object"},"$ref":{"type":"string"},"anyOf":{"type":"array","items":{}}}}
        # true as a schema is one that allows everything
        {"type":"object","properties":{"a":true},"additionalProperties":false} | {"type":"object","properties":{"a":{}},"additionalProperties":false}
        # references are written out
        {"type":"object","properties":{"a":{"$ref":"#/$defs/A"}},"$defs":{"A":{"type":"string"}}} | {"type":"object","properties":{"a":{"type":"string"}}}
        {"type":"object","properties":{"a":{"$ref":"#/$defs/A","description":"mine"}},"$defs":{"A":{"type":"string","description":"its"}}} | {"type":"object","properties":{"a":{"type":"string","description":"mine"}}}
        {"type":"object","properties":{"a":{"$ref":"#/definitions/A"}},"definitions":{"A":{"$ref":"#/definitions/B"},"B":{"type":"array"}}} | {"type":"object","properties":{"a":{"type":"array","items":{}}}}
        {"$ref":"#/$defs/A","$defs":{"A":{"type":"object","properties":{"a":{"$ref":"#/$defs/B"}}},"B":{"type":"number"}}} | {"type":"object","properties":{"a":{"type":"number"}}}
        {"type":"object","properties":{"a":{"$ref":"#/$defs/x~1y"}},"$defs":{"x/y":{"type":"string"}}} | {"type":"object","properties":{"a":{"type":"string"}}}
        {"type":"object","properties":{"a":{"$ref":"#/properties/b"},"b":{"type":"string"}}} | {"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}}}
        # one that leads back to itself cannot be: it stays, with what it refers to
        {"type":"object","properties":{"n":{"$ref":"#/$defs/N"}},"$defs":{"N":{"type":"object","properties":{"next":{"$ref":"#/$defs/N"},"all":{"type":"array"}}}}} | {"type":"object","properties":{"n":{"$ref":"#/$defs/N"}},"$defs":{"N":{"type":"object","properties":{"next":{"$ref":"#/$defs/N"},"all":{"type":"array","items":{}}}}}}
        {"$ref":"#/$defs/N","$defs":{"N":{"type":"object","properties":{"next":{"$ref":"#/$defs/N"}}}}} | {"type":"object","properties":{"next":{"$ref":"#/$defs/N"}},"$defs":{"N":{"type":"object","properties":{"next":{"$ref":"#/$defs/N"}}}}}
        """)
    void ofATool(String given, String taken) { assertEquals(Json.parse(taken), Schema.ofTool(Json.objectIn(given)), given); }

    @Test void writingOutReferencesHasAnEnd() {
        var definitions = new JsonObject();
        for (var i = 0; i < 40; i++)
            Json.put(definitions, "D" + i, Json.object("type", "object", "properties", Json.object("a", reference(i + 1), "b", reference(i + 1))));
        Json.put(definitions, "D40", Json.object("type", "string"));
        var given = Json.object("type", "object", "properties", Json.object("a", reference(0)), "$defs", definitions);
        assertEquals(given, Schema.ofTool(given));
    }

    private static JsonObject reference(int i) { return Json.object("$ref", "#/$defs/D" + i); }

    @Test void theClientsOwnSchemaStaysAsItIs() {
        var given = "{\"anyOf\":[{\"properties\":{\"a\":{\"type\":\"array\"}}}],\"$schema\":\"x\"}";
        var tree = Json.objectIn(given);
        Schema.ofTool(tree);
        assertEquals(given, Json.write(tree));
    }

    @ParameterizedTest @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
        {"type":"object","properties":{"a":{"type":"string"}},"required":["a"],"additionalProperties":false} | true
        {"type":"object","properties":{},"additionalProperties":false} | true
        {"type":"object","properties":{"type":{"type":"string"}},"required":["type"],"additionalProperties":false} | true
        {"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false} | false
        {"type":"object","properties":{"a":{"type":"string"}},"required":["a"]} | false
        {"type":"object","properties":{"a":{"type":"string","default":"x"}},"required":["a"],"additionalProperties":false} | false
        {"type":"object","properties":{"a":{"type":"object"}},"required":["a"],"additionalProperties":false} | false
        {"type":"object"} | false
        """)
    void strict(String schema, boolean fits) { assertEquals(fits, StrictSchema.accepts(Json.objectIn(schema)), schema); }
}
