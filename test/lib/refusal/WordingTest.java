package lib.refusal;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import lib.json.*;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// What somebody named or wrote is not what a refusal says.
class WordingTest {
    @ParameterizedTest @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
        Invalid schema for function 'mcp__vision__describe': type is not supported | vision
        tools[3].function.name: image_search is not supported | image
        Tool "image-describe" has an unsupported schema | image
        unexpected message: "please describe the image of the file" | image
        Invalid schema for function 'temperature': not supported | temperature
        cannot read /home/me/vision/image.png: unsupported | image
        unexpected error in image/vision/decoder.py, line 5 | vision
        unsupported request, see https://example.com/docs/images/vision | vision
        In context=('properties', 'image_url'), 'additionalProperties' is not supported | image
        the schema at properties.image_url is not supported | image
        vision-model-1 is not supported with these options | vision
        """)
    void leavesOut(String message, String word) { assertFalse(words(message).contains(word), words(message)); }

    @ParameterizedTest @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
        Unsupported parameter: 'temperature' | temperature
        unknown variant `image_url`, expected `text` | image_url
        messages.1.content.0.image: Extra inputs are not permitted | messages.1.content.0.image
        #/tools/0: extraneous key [strict] is not permitted | strict
        {'msg': 'Extra inputs are not permitted', 'input': 'a word'} | extra inputs are not permitted
        "this model does not support image input" | image
        Max tokens may be at most 8,192 | 8192
        """)
    void keeps(String message, String word) { assertTrue(words(message).contains(word), words(message)); }

    private static String words(String message) {
        var sent = Json.objectIn("{\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"image_search\"}},{\"function\":{\"name\":\"image-describe\"}},{\"function\":{\"name\":\"temperature\"}}]}");
        return Wording.of(message, sent, "vision-model-1");
    }

    @Test void theSameRefusalHasOtherIds() {
        assertEquals(Wording.lasting("no (request id: req_0123456789abcdef)"), Wording.lasting("no (request id: req_fedcba9876543210)"));
        assertFalse(Wording.lasting("max_tokens: 8192").equals(Wording.lasting("max_tokens: 4096")));
    }
}
