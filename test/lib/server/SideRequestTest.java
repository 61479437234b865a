package lib.server;

import module java.base;
import org.junit.jupiter.api.Test;

import lib.answer.*;
import lib.config.*;
import lib.json.*;
import lib.route.*;
import lib.routing.*;
import lib.wire.*;

import static org.junit.jupiter.api.Assertions.assertEquals;

class SideRequestTest {
    private static final String ANSWER = "{\"choices\":[{\"message\":{\"content\":\"a cat\"},\"finish_reason\":\"stop\"}]}";

    /// A picture's description takes the same way to its provider as any other request.
    @Test void itGoesThroughItsProvidersOwnProxy() throws Exception {
        try (var proxy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var upstream = new Upstream(new Proxies(name -> name.equals("GROQ_PROXY") ? "http://127.0.0.1:" + proxy.getLocalPort() : ""));
            var memory = new Attempts.Memory(new Lessons(InstantSource.system(), _ -> { }), new EmptyReplies(), new Calibration(_ -> { }), (given, _) -> given);
            var body = "{\"model\":\"groq/m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"what is it?\"}]}";
            var request = new Request(Json.objectIn(body), body.getBytes(StandardCharsets.UTF_8), Map.of());
            var settings = new Config(Map.of("GROQ_API_KEY", "k", "GROQ_API_BASE", "http://api.groq.example/v1"));
            var route = new Routes(settings, new Config.Slot("demo", "", "", "")).of("groq/m");
            var text = CompletableFuture.supplyAsync(() -> new SideRequest(upstream, Ids.counting(), memory, _ -> { }).said(request, route).words());
            proxy.setSoTimeout(20_000);
            try (var asked = proxy.accept()) {
                var line = new BufferedReader(new InputStreamReader(asked.getInputStream(), StandardCharsets.ISO_8859_1)).readLine();
                assertEquals("POST http://api.groq.example/v1/chat/completions HTTP/1.1", line);
                asked.getOutputStream().write(("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + ANSWER.length() + "\r\n\r\n" + ANSWER).getBytes(StandardCharsets.UTF_8));
                assertEquals("a cat", text.get(20, TimeUnit.SECONDS));
            }
        }
    }
}
