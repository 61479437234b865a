package lib.routing;

import module java.base;
import org.junit.jupiter.api.Test;

import lib.config.*;
import lib.json.*;
import lib.message.*;
import lib.model.*;
import lib.reply.*;
import lib.route.*;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Counts follow what a provider reports, and only what can be trusted.
class CalibrationTest {
    private final List<String> warnings = new ArrayList<>();
    private final Calibration calibration = new Calibration(warnings::add);
    private final Routes routes = new Routes(new Config(Map.of("GROQ_API_KEY", "k", "OLLAMA_API_BASE", "http://127.0.0.1:11434")),
        new Config.Slot("demo", "", "", ""));
    private final Route route = routes.of("groq/qwen3-32b"), other = routes.of("groq/llama-3.3-70b");
    private final Request request = request("The harbour master had kept the same notebook for thirty years. ".repeat(400), "");

    private static Request request(String text, String image) {
        var content = image.isEmpty() ? Json.array(Json.object("type", "text", "text", text)) : Json.array(
            Json.object("type", "text", "text", text), Json.object("type", "image", "source",
                Json.object("type", "base64", "media_type", "image/png", "data", image)));
        var message = Json.object("model", "m", "messages", Json.array(Json.object("role", "user", "content", content)));
        return new Request(message, Json.bytes(message), Map.of());
    }

    private long count() { return Tokens.count(request.message(), TokenCounter.of("qwen3-32b")); }

    private void answer(Request asked, Route at, Event.Usage usage) {
        calibration.answered(calibration.sent(asked, at), usage);
    }

    private static Event.Usage prompt(long tokens) { return new Event.Usage(tokens, 0, 0, 5); }

    @Test void theFirstAnswerCorrectsBothCounts() {
        var before = calibration.counted(request, route);
        answer(request, route, new Event.Usage(1000, Math.round(before * 1.3) - 1500, 500, 5));
        assertEquals(Math.round(before * 1.3), calibration.counted(request, route), 2);
        assertEquals(Math.round(before * 1.3), calibration.tokens(request, route), 2);
        assertEquals(Math.round(before * 1.3), calibration.fitted(request, route).tokens(), 2);
        assertEquals(request.tokens(), calibration.tokens(request, other), "another model's estimate stays");
    }

    @Test void laterAnswersMoveItALittle() {
        answer(request, route, prompt(count()));
        assertEquals(count(), calibration.counted(request, route));
        answer(request, route, prompt(count() * 3 / 2));
        assertEquals(count() * 1.15, calibration.counted(request, route), 3);
    }

    @Test void itComesCloseHoweverWrongTheFirstWas() {
        answer(request, route, prompt(count() * 18 / 10));
        for (var i = 0; i < 30; i++) answer(request, route, prompt(count() * 11 / 10));
        assertEquals(count() * 1.1, calibration.tokens(request, route), count() * 0.02);
    }

    @Test void whatCannotBeTrustedTeachesNothing() {
        answer(request, route, Event.Usage.NONE);
        answer(request, route, prompt(20));                                          // only what was not in its cache
        answer(request, route, prompt(10 * request.tokens()));
        answer(request("hi", ""), route, prompt(900));                               // a template around nothing
        answer(request("x ".repeat(9000), "iVBORw0KGgo"), route, prompt(12_000));   // an image may count for anything
        assertEquals(count(), calibration.counted(request, route));
        assertEquals(request.tokens(), calibration.tokens(request, route));
    }

    @Test void aPromptThatWasCutIsReportedOnce() {
        var local = routes.of("ollama/qwen3");
        for (var i = 0; i < 3; i++) answer(request, local, prompt(2048));
        answer(request, route, prompt(2048));
        assertEquals(2, warnings.size());
        assertTrue(warnings.getFirst().startsWith("ollama/qwen3 counted 2048 prompt tokens for a request of about "
            + request.tokens() + ": it seems to have cut off part of the conversation; give the server a larger context (Ollama: "),
            warnings.getFirst());
        assertTrue(warnings.getLast().endsWith("choose a model with a larger context window, or use /compact earlier"), warnings.getLast());
    }

    @Test void itForgetsTheModelThatWasAskedLongestAgo() {
        answer(request, route, prompt(count() * 13 / 10));
        for (var i = 0; i < 200; i++) answer(request, routes.of("groq/llama-" + i), prompt(count()));
        assertEquals(count(), calibration.counted(request, route));
    }
}
