package lib.server;

import module java.base;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import lib.answer.*;
import lib.config.*;
import lib.json.*;
import lib.reply.*;
import lib.route.*;
import lib.routing.*;
import lib.search.*;
import lib.wire.*;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// A token that is refused before its end: the request goes up once more with another, and not a third time.
class AttemptsTest {
    private static final ApiError REFUSED = new ApiError(401, "the token was revoked");
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

    private static final Continuation ONCE_MORE = new Continuation() {
        @Override public Consumer<Event> hear(Consumer<Event> out) { return out; }

        @Override public Optional<NextTurn> next() { return Optional.empty(); }
    };
    private static final NextTurn NEXT = new NextTurn(List.of(
        Json.object("role", "assistant", "content", "first"), Json.object("role", "user", "content", "go on")));

    @BeforeEach void ask() { attempts = attempts(List.of()); }

    private Attempts attempts(List<Continuation> continuations) {
        var body = "{\"model\":\"groq/m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
        var request = new Request(Json.objectIn(body), body.getBytes(StandardCharsets.UTF_8), Map.of());
        var usual = new Routes(new Config(Map.of("GROQ_API_KEY", "k")), new Config.Slot("demo", "", "", "")).of("groq/m");
        var route = new Route(usual.provider(), usual.name(), usual.dialect(), usual.base(), credential.and("x-more", "1"), usual.model(), usual.quirks(), usual.fixes());
        return new Attempts(route, taught -> new Searches.Plan(request, taught, continuations), Ids.counting(), new Attempts.Memory(new Lessons(InstantSource.system(), _ -> { }), new EmptyReplies(), new Calibration(_ -> { }), (given, _) -> given));
    }

    private String sent() {
        assertTrue(attempts.next());
        return attempts.current().ask().headers().getOrDefault("authorization", "");
    }

    @Test void anotherTokenIsTriedOnce() {
        assertEquals("Bearer 1", sent());
        attempts.refused(REFUSED);
        assertEquals("Bearer 2", sent());
        assertSame(REFUSED, assertThrows(ApiError.class, () -> attempts.refused(REFUSED)));
        assertFalse(attempts.next());
    }

    @Test void nothingIsAskedAgainOnceTheReplyHasBegun() {
        sent();
        attempts.commit();
        assertSame(REFUSED, assertThrows(ApiError.class, () -> attempts.refused(REFUSED)));
        assertEquals(1, token);
    }

    @Test void whatWasSentIsLetGoOnceTheReplyHasBegun() {
        sent();
        attempts.commit();
        assertEquals(0, attempts.current().ask().body().length);
    }

    @Test void anotherTurnFollowsAReplyThatHasBegun() {
        attempts = attempts(List.of(ONCE_MORE));
        sent();
        attempts.commit();
        attempts.goOn(NEXT, new Reply(new MessageBuilder("msg_1", "m"), 1, attempts::commit));
        sent();
        var sent = Json.objectIn(new String(attempts.current().ask().body(), StandardCharsets.UTF_8));
        assertEquals(List.of("hi", "first", "go on"), Json.list(sent, "messages").stream().map(turn -> Json.text(turn, "content")).toList());
    }

    /// The next turn has sent nothing yet, so it may be asked for again.
    @Test void theNextTurnIsRefusedAndTriedByItself() {
        attempts = attempts(List.of(ONCE_MORE));
        sent();
        attempts.commit();
        attempts.goOn(NEXT, new Reply(new MessageBuilder("msg_1", "m"), 1, attempts::commit));
        sent();
        attempts.refused(REFUSED);
        assertEquals("Bearer 2", sent());
        attempts.commit();
        assertSame(REFUSED, assertThrows(ApiError.class, () -> attempts.refused(REFUSED)));
    }

    @Test void aRefusalOfTheCustomerTeachesNothing() {
        sent();
        assertThrows(ApiError.class, () -> attempts.refused(new ApiError(402, "This request requires more credits, or fewer max_tokens. You requested up to 8192 tokens, but can only afford 66.")));
        assertFalse(attempts.next());
    }

    @Test void anAnswerElsewhereIsSoughtWhereAnswersAre() {
        sent();
        for (var wrong : new String[]{"file:///etc/passwd", "http://169.254.169.254/latest/meta-data/", "echo:x", "ftp://api.example/x"})
            assertThrows(ApiError.class, () -> attempts.fetch(new FetchElsewhere(wrong)), wrong);
        attempts.fetch(new FetchElsewhere("https://stream.example/1"));
        assertEquals("", sent());
        assertTrue(attempts.current().isPoll());
        attempts.fetch(new FetchElsewhere("/2"));
        assertEquals("", sent(), "the key went to another host");
        attempts.fetch(new FetchElsewhere("https://api.groq.com/v1/predictions/1"));
        assertEquals("Bearer 1", sent());
    }
}
