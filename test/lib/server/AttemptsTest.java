package lib.server;

import lib.dialect.Follow;
import lib.dialect.Credential;
import lib.dialect.Request;
import lib.dialect.Route;
import lib.dialect.Terms;
import lib.provider.Config;
import lib.provider.Routes;
import lib.wire.ApiError;
import lib.wire.Ask;
import lib.wire.Ids;
import lib.wire.Json;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// A token that is refused before its end: the request goes up once more with another, and not a third time.
class AttemptsTest {
    private static final ApiError REFUSED = new ApiError(401, "the token was revoked");
    private static final Ask EMPTY = Ask.get("http://localhost/", Map.of());
    private int token = 1;
    private boolean isNew;
    private Attempts attempts;

    private final Credential credential = new Credential() {
        @Override public Ask signed(Ask ask) { return ask.with("authorization", "Bearer " + token); }

        @Override public boolean rejected(Ask refused) {
            if (isNew) return false;
            token++;
            return isNew = true;
        }
    };

    @BeforeEach void ask() {
        var body = "{\"model\":\"groq/m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
        var request = new Request(Json.objectIn(body), body.getBytes(StandardCharsets.UTF_8), Map.of());
        var usual = new Routes(new Config(Map.of("GROQ_API_KEY", "k")), new Config.Slot("demo", "", "", "")).of("groq/m");
        var route = new Route(usual.provider(), usual.name(), usual.dialect(), usual.base(), credential.and("x-more", "1"), usual.model(), usual.quirks(), usual.mends());
        attempts = new Attempts(request, route, Terms.of(request, route, Ids.counting()), new Attempts.Lessons());
    }

    @Test void anotherTokenIsTriedOnce() {
        assertEquals("Bearer 1", attempts.next().headers().get("authorization"));
        attempts.refused(REFUSED, EMPTY);
        assertTrue(attempts.hasNext());
        assertEquals("Bearer 2", attempts.next().headers().get("authorization"));
        assertSame(REFUSED, assertThrows(ApiError.class, () -> attempts.refused(REFUSED, EMPTY)));
        assertFalse(attempts.hasNext());
    }

    @Test void nothingIsAskedAgainOnceTheReplyHasBegun() {
        attempts.next();
        attempts.settle();
        assertSame(REFUSED, assertThrows(ApiError.class, () -> attempts.refused(REFUSED, EMPTY)));
        assertEquals(1, token);
    }

    @Test void aRefusalOfTheCustomerTeachesNothing() {
        attempts.next();
        assertThrows(ApiError.class, () -> attempts.refused(new ApiError(402, "This request requires more credits, or fewer max_tokens. You requested up to 8192 tokens, but can only afford 66."), EMPTY));
        assertFalse(attempts.hasNext());
    }

    @Test void anAnswerElsewhereIsSoughtWhereAnswersLie() {
        var from = Ask.get("https://api.example/v1/predictions", Map.of());
        for (var wrong : new String[]{"file:///etc/passwd", "http://169.254.169.254/latest/meta-data/", "echo:x", "ftp://api.example/x"})
            assertThrows(ApiError.class, () -> attempts.follow(new Follow(wrong), from), wrong);
        attempts.follow(new Follow("https://stream.example/1"), from);
        assertFalse(attempts.next().headers().containsKey("authorization"));
        attempts.follow(new Follow("/v1/predictions/1"), from);
        assertEquals("Bearer 1", attempts.next().headers().get("authorization"));
    }
}
