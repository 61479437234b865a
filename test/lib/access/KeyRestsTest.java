package lib.access;

import module java.base;
import org.junit.jupiter.api.Test;

import lib.config.*;
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

    @Test void withoutAConversationEachHasItsTurn() {
        assertEquals(List.of(0, 1, 2, 0), Stream.generate(() -> keys.choose("")).limit(4).toList());
    }

    @Test void aConversationKeepsItsKeyAndComesBackToIt() {
        var own = keys.choose("session");
        assertEquals(Set.of(own), Stream.generate(() -> keys.choose("session")).limit(9).collect(Collectors.toSet()));
        assertTrue(keys.rests(own, new ApiError(429, "limit")));
        var other = keys.choose("session");
        assertNotEquals(own, other);
        assertEquals(other, keys.choose("session"));
        pass(60);
        assertEquals(own, keys.choose("session"));
    }

    /// The clock of a machine may be set back.
    @Test void aClockThatIsSetBackDoesNotMakeAKeyRestForHours() {
        assertTrue(keys.rests(0, new ApiError(401, "revoked")));
        pass(-7200);
        assertEquals(Optional.empty(), keys.until(0));
    }

    @Test void conversationsAreSpread() {
        assertEquals(Set.of(0, 1, 2), IntStream.range(0, 50).mapToObj(n -> keys.choose("session " + n)).collect(Collectors.toSet()));
    }

    @Test void aKeyRestsAsLongAsTheReplySays() {
        keys.rests(0, new ApiError(429, "limit", Map.of("retry-after", "20")));
        keys.rests(1, new ApiError(429, "limit", Map.of("retry-after", "7200")));
        keys.rests(2, new ApiError(401, "bad key"));
        assertEquals(List.of(Optional.of(now.plusSeconds(20)), Optional.of(now.plusSeconds(600)), Optional.of(now.plusSeconds(600))),
            IntStream.range(0, 3).mapToObj(keys::until).toList());
        assertEquals(0, keys.choose("session"), "all rest, and this one wakes first");
        assertEquals(Optional.empty(), keys.choose("session", Set.of(0)));
        pass(20);
        assertEquals(Optional.empty(), keys.until(0));
        pass(580);
        assertEquals(3, Stream.generate(() -> keys.choose("")).limit(3).distinct().count());
    }

    @Test void otherSettingsWakeTheKeysOfAnAccount() {
        keys.rests(0, new ApiError(402, "no credit"));
        keys.rests(1, new ApiError(429, "limit"));
        keys.settingsChanged();
        assertEquals(Optional.empty(), keys.until(0));
        assertTrue(keys.until(1).isPresent());
    }

    @Test void noOtherKeyHelpsARequestThatIsRefused() {
        for (var status : List.of(400, 404, 413, 500, 529)) assertFalse(keys.rests(0, new ApiError(status, "no")));
        assertFalse(keys.rests(0, new ApiError(403, "blocked by our content policy")));
        assertEquals(Optional.empty(), keys.until(0));
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
