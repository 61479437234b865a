package lib.server;

import lib.dialect.Request;
import lib.provider.Config;
import lib.provider.Routes;
import lib.wire.Json;
import lib.wire.Proxies;
import lib.wire.Upstream;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;

/// Counting by a provider that says nothing.
class CountTokensTest {
    @Test void aSilentProviderIsNotWaitedForLong() throws IOException {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var config = new Config(Map.of("ANTHROPIC_API_KEY", "k", "ANTHROPIC_API_BASE", "http://127.0.0.1:" + silent.getLocalPort()));
            var message = Json.object("model", "anthropic/claude-sonnet-5-5", "messages", Json.array(Json.object("role", "user", "content", "hi")));
            var unable = new HashSet<String>();
            var count = new CountTokens(new Upstream(new Proxies(_ -> "")), Duration.ofMillis(50), unable)
                .counted(new Request(message, Json.bytes(message), Map.of()), new Routes(config, new Config.Slot("demo", "", "", "")).of("anthropic/claude-sonnet-5-5"));
            assertEquals("6 []", count + " " + unable);
        }
    }
}
