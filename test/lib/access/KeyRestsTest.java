package lib.access;

import module java.base;
import org.junit.jupiter.api.Test;

import lib.config.*;
import lib.route.*;
import lib.wire.*;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Which of several keys is asked, and how long one rests.
class KeyRestsTest {
    private Instant now = Instant.parse("2026-11-29T12:00:00Z");
    private final KeyRests keys = new KeyRests(3, () -> now);

    private void pass(int seconds) { now = now.plusSeconds(seconds); }

    private Optional<Instant> until(int key, String model) { return keys.of(key, model).map(Credential.Rest::until); }

    @Test void withoutAConversationEachHasItsTurn() {
        assertEquals(List.of(0, 1, 2, 0), Stream.generate(() -> keys.choose("", "m")).limit(4).toList());
    }

    @Test void aConversationKeepsItsKeyAndComesBackToIt() {
        var own = keys.choose("session", "m");
        assertEquals(Set.of(own), Stream.generate(() -> keys.choose("session", "m")).limit(9).collect(Collectors.toSet()));
        assertTrue(keys.rests(own, "m", new ApiError(429, "limit")));
        var other = keys.choose("session", "m");
        assertNotEquals(own, other);
        assertEquals(other, keys.choose("session", "m"));
        pass(60);
        assertEquals(own, keys.choose("session", "m"));
    }

    /// The clock of a machine may be set back.
    @Test void aClockThatIsSetBackDoesNotMakeAKeyRestForHours() {
        assertTrue(keys.rests(0, "m", new ApiError(401, "revoked")));
        pass(-7200);
        assertEquals(Optional.empty(), until(0, "m"));
    }

    @Test void conversationsAreSpread() {
        assertEquals(Set.of(0, 1, 2), IntStream.range(0, 50).mapToObj(n -> keys.choose("session " + n, "m")).collect(Collectors.toSet()));
    }

    @Test void aKeyRestsAsLongAsTheReplySays() {
        keys.rests(0, "m", new ApiError(429, "limit", Map.of("retry-after", "20")));
        keys.rests(1, "m", new ApiError(429, "limit", Map.of("retry-after", "7200")));
        keys.rests(2, "m", new ApiError(401, "bad key"));
        assertEquals(List.of(Optional.of(now.plusSeconds(20)), Optional.of(now.plusSeconds(600)), Optional.of(now.plusSeconds(600))),
            IntStream.range(0, 3).mapToObj(key -> until(key, "m")).toList());
        assertEquals(0, keys.choose("session", "m"), "all rest, and this one wakes first");
        assertEquals(Optional.empty(), keys.choose("session", "m", Set.of(0)));
        pass(20);
        assertEquals(Optional.empty(), until(0, "m"));
        pass(580);
        assertEquals(3, Stream.generate(() -> keys.choose("", "m")).limit(3).distinct().count());
    }

    @Test void aRateLimitIsAModelsAndTheAccountIsEveryModels() {
        keys.rests(0, "m", new ApiError(429, "groq/m: Rate limit reached"));
        assertEquals(Optional.of(new Credential.Rest(now.plusSeconds(60), "m")), keys.of(0, "m"));
        assertEquals(Optional.empty(), keys.of(0, "other"));
        for (var account : List.of(new ApiError(401, "no scope model.request"), new ApiError(402, "no credit"), new ApiError(403, "suspended"),
            new ApiError(403, "the-model-house/model: this project is suspended"))) {
            keys.rests(1, "m", account);
            assertEquals(Optional.of(""), keys.of(1, "other").map(Credential.Rest::model), account.getMessage());
            pass(600);
        }
        for (var unserved : List.of(new ApiError(403, "openai/m: Project `p` does not have access to model `m`"),
            new ApiError(402, "this model is not in your plan"), new ApiError(403, "No access to model: m"))) {
            keys.rests(2, "m", unserved);
            assertEquals(Optional.of("m"), keys.of(2, "m").map(Credential.Rest::model), unserved.getMessage());
            assertEquals(Optional.empty(), keys.of(2, "other"));
            pass(600);
        }
    }

    /// A short rest for one model hides nothing of a long one for all.
    @Test void ofTwoRestsTheLongerCounts() {
        keys.rests(0, "m", new ApiError(401, "revoked"));
        keys.rests(0, "m", new ApiError(429, "limit"));
        assertEquals(Optional.of(new Credential.Rest(now.plusSeconds(600), "")), keys.of(0, "m"));
    }

    @Test void otherSettingsWakeTheKeysOfAnAccount() {
        keys.rests(0, "m", new ApiError(402, "no credit"));
        keys.rests(1, "m", new ApiError(429, "limit"));
        keys.settingsChanged();
        assertEquals(Optional.empty(), until(0, "m"));
        assertTrue(until(1, "m").isPresent());
    }

    @Test void noOtherKeyHelpsARequestThatIsRefused() {
        for (var status : List.of(400, 404, 413, 500, 529)) assertFalse(keys.rests(0, "m", new ApiError(status, "no")));
        assertFalse(keys.rests(0, "m", new ApiError(403, "blocked by our content policy")));
        assertEquals(Optional.empty(), until(0, "m"));
    }

    @Test void aListOfKeysIsReadWithItsQuotes() {
        assertEquals(List.of("a", "b", "c"), KeyList.of("a, b ,,c,a,"));
        assertEquals(List.of("a,b", "c", "d,e"), KeyList.of("\"a,b\", c,'d,e'"));
        assertEquals(List.of("a,b"), KeyList.of("\"a,b\""));
        assertEquals(List.of("{\"a\":1,\"b\":2}"), KeyList.of("{\"a\":1,\"b\":2}"));
        assertEquals(List.of("\"a\""), KeyList.of("\"a\""));
        assertEquals(List.of(), KeyList.of(" "));
    }

    @Test void eachKeyOfAListIsASecret() {
        var config = new Config(Map.of("GROQ_API_KEY", "first-key-1,\"second,key\""));
        assertEquals("*** and ***", config.secrets().masked("first-key-1 and second,key"));
    }
}
