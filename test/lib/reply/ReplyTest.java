package lib.reply;

import module java.base;
import org.junit.jupiter.api.Test;

import lib.json.*;
import lib.wire.*;

import static org.junit.jupiter.api.Assertions.assertEquals;

/// A provider whose frames are relayed may follow one that has failed, or a wait that has already begun the message.
class ReplyTest {
    private static final List<String> RELAYED = List.of(
        "{\"type\":\"message_start\",\"message\":{\"id\":\"msg_2\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\",\"content\":[],\"stop_reason\":null,\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}}",
        "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}",
        "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"hi\"}}",
        "{\"type\":\"content_block_stop\",\"index\":0}",
        "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":2}}",
        "{\"type\":\"message_stop\"}");

    private final ByteArrayOutputStream client = new ByteArrayOutputStream();
    private final Sse sse = new Sse(client, "msg_1", "m");
    private final Reply reply = new Reply(sse, 5, () -> { });

    private String relayed() {
        for (var data : RELAYED) reply.accept(new Event.Relay(new Frame(Json.text(Json.objectIn(data), "type"), data)));
        reply.end();
        sse.flush();
        StreamLaw.check(client.toString());
        return client.toString();
    }

    private static int count(String text, String part) { return text.split(part, -1).length - 1; }

    @Test void aRelayAloneIsAsItCame() { assertEquals(1, count(relayed(), "msg_2")); }

    @Test void aRelayGoesOnWithAMessageThatTheWaitHasBegun() {
        reply.start();
        assertEquals(1, count(relayed(), "event: message_start"));
    }

    @Test void aRelayNumbersItsBlocksAfterThoseOfAnAttemptThatFailed() {
        reply.accept(new Event.Thinking("Hm."));
        var stream = relayed();
        assertEquals(1, count(stream, "event: message_start"));
        assertEquals(0, count(stream, "\"index\":2"));
        assertEquals(3, count(stream, "\"index\":1"));
    }

    @Test void theNextTurnContinuesTheMessageAndItsUsageAddsUp() {
        reply.accept(new Event.Text("I'll look."));
        reply.accept(new Event.Search("srvtoolu_freecc_1", "a \"b\""));
        reply.accept(new Event.SearchResults("srvtoolu_freecc_1", List.of(new SearchResult("T", "https://a.example", "S", ""))));
        reply.accept(new Event.Usage(10, 3, 1, 4));
        reply.accept(new Event.Stop("tool_use"));
        reply.nextTurn(true);
        reply.accept(new Event.Search("srvtoolu_freecc_2", "c"));
        reply.accept(new Event.SearchResults("srvtoolu_freecc_2", List.of(), "unavailable"));
        reply.accept(new Event.Text("Found."));
        reply.accept(new Event.Citation(new SearchResult("T", "https://a.example", "S", "")));
        reply.accept(new Event.Usage(20, 0, 0, 6));
        reply.accept(new Event.Stop("end_turn"));
        reply.end();
        StreamLaw.check(client.toString());
        assertEquals(new Event.Usage(30, 3, 1, 10).withSearches(1), reply.usage());
        assertEquals(1, count(client.toString(), "event: message_start"));
        assertEquals(1, count(client.toString(), "\"web_search_requests\":1"));
        assertEquals(1, count(client.toString(), "\"stop_reason\":\"end_turn\""));
    }

    /// What an imitation of Anthropic's API says in a turn that may be followed by another.
    @Test void framesAreReadAsEvents() {
        var events = new FrameEvents(reply);
        for (var data : RELAYED) events.accept(new Event.Relay(new Frame(Json.text(Json.objectIn(data), "type"), data)));
        reply.end();
        StreamLaw.check(client.toString());
        assertEquals(1, count(client.toString(), "\"text_delta\",\"text\":\"hi\""));
        assertEquals(0, count(client.toString(), "msg_2"));
    }
}
