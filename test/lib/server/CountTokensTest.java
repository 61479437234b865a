package lib.server;

import module java.base;
import org.junit.jupiter.api.Test;

import lib.config.*;
import lib.json.*;
import lib.route.*;
import lib.routing.*;
import lib.wire.*;

import static org.junit.jupiter.api.Assertions.assertEquals;

/// Counting by a provider that says nothing.
class CountTokensTest {
    @Test void aSilentProviderIsNotWaitedForLong() throws IOException {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var config = new Config(Map.of("ANTHROPIC_API_KEY", "k", "ANTHROPIC_API_BASE", "http://127.0.0.1:" + silent.getLocalPort()));
            var message = Json.object("model", "anthropic/claude-sonnet-5-5", "messages", Json.array(Json.object("role", "user", "content", "hi")));
            var unable = new HashSet<String>();
            var count = new CountTokens(new Upstream(new Proxies(_ -> "")), new Calibration(_ -> { }), Duration.ofMillis(50), unable)
                .counted(new Request(message, Json.bytes(message), Map.of()), new Routes(config, new Config.Slot("demo", "", "", "")).of("anthropic/claude-sonnet-5-5"));
            assertEquals("8 []", count + " " + unable);
        }
    }
}
