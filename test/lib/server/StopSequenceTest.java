package lib.server;

import module java.base;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertTrue;

/// A stop sequence ends the work of the provider, too: what it would write on is paid for.
class StopSequenceTest extends Peers {
    private static final String BLOCK = "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"usage\":{\"input_tokens\":1}}}\n\n"
        + "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n";

    private static String said(String model, String text) {
        return model.startsWith("groq/") ? "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}]}\n\n"
            : "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"" + text + "\"}}\n\n";
    }

    /// The provider's answer does not end: the test ends only because FreeCC hangs up.
    @ParameterizedTest @CsvSource({"groq/m, true", "groq/m, false", "kimi_coding/m, true"})
    void theProviderIsHungUpOn(String model, boolean streams) throws IOException {
        var body = BODY.replace("groq/m", model).replace("\"stream\":true", "\"stream\":" + streams + ",\"stop_sequences\":[\"<END>\",\"</block>\"]");
        try (var server = server(FAST, "KIMI_API_KEY=k", "KIMI_CODING_API_BASE=http://127.0.0.1:" + provider.getLocalPort()); var client = ask(server.port(), body);
             var asked = answer(STREAM + (model.startsWith("groq/") ? "" : BLOCK) + said(model, "<block>no</bl") + said(model, "ock> and on"))) {
            var seen = until(client, streams ? "message_stop" : "output_tokens");
            assertTrue(seen.contains("\"stop_sequence\":\"</block>\"") && !seen.contains("ock> and"), seen);
            hasHungUp(asked);
        }
    }
}
