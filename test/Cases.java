import lib.config.Config;
import lib.json.*;
import lib.ledger.Ledger;
import lib.model.Catalogue;
import lib.provider.Providers;
import lib.reply.StreamLaw;
import lib.routing.ContextWindows;
import lib.routing.Routes;
import lib.server.Log;
import lib.server.Server;
import lib.server.Timing;
import lib.wire.Ids;
import lib.wire.Proxies;
import lib.wire.Upstream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Plays every conversation in test/cases against the real server, with a mock in the provider's place: once with
/// the provider's reply in one piece, once in crumbs of seven bytes, and then several times in a row, as the server sees a request
/// whose parts it knows from earlier ones.
class Cases {
    private static final Catalogue CATALOGUE = Catalogue.shipped();
    private static final boolean UPDATE = Boolean.getBoolean("freecc.update");
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Upstream UPSTREAM = new Upstream(new Proxies(_ -> ""));
    private static final int WHOLE = Integer.MAX_VALUE, CRUMB = 7;

    @TempDir static Path folder;

    @TestFactory Stream<DynamicTest> cases() throws IOException {
        try (var files = Files.walk(Path.of("test/cases"))) {
            return files.filter(file -> file.toString().endsWith(".txt")).sorted().toList().stream().flatMap(file -> Stream.of(
                DynamicTest.dynamicTest(file + " (whole)", () -> judge(Case.read(file), WHOLE)),
                DynamicTest.dynamicTest(file + " (crumbs)", () -> judge(Case.read(file), CRUMB)),
                DynamicTest.dynamicTest(file + " (again)", () -> again(Case.read(file).compact()))));
        }
    }

    private static void judge(Case conversation, int piece) throws Exception {
        var got = play(conversation, piece, new ParseCache());
        if (UPDATE && piece == WHOLE) Files.writeString(conversation.file(), got.text());
        else compare(conversation.text(), got.text());
    }

    /// What the first time is new is known the second time, and what follows from it the third.
    private static void again(Case conversation) throws Exception {
        var cache = new ParseCache(0);
        var first = play(conversation, WHOLE, cache);
        for (var i = 0; i < 2; i++) compare(first.text(), play(conversation, WHOLE, cache).text());
    }

    /// Routes that share the catalogue, because reading it takes longer than a case.
    static Routes routes(Config config) { return new Routes(config, new Config.Slot("demo", "", "", ""), () -> CATALOGUE); }

    private static Case play(Case conversation, int piece, ParseCache cache) throws Exception {
        var seen = new ArrayList<Case.Section>();
        try (var mock = new MockWebServer()) {
            mock.start();
            for (var section : conversation.sections())
                if (section.name().equals("upstream reply")) mock.enqueue(reply(section.with(section.body().replace("{upstream}", "http://127.0.0.1:" + mock.getPort()).replace("{elsewhere}", "http://localhost:" + mock.getPort())), piece));
            var config = new Config(environment(conversation, "http://127.0.0.1:" + mock.getPort()));
            var parts = new Server.Parts(config, routes(config), ContextWindows.UNASKED, UPSTREAM,
                new Log(folder.resolve("log"), Optional.empty(), config), new Ledger(config.with("LEDGER", "false")), Ids.counting(), timing(), cache);
            try (var server = new Server(parts, "127.0.0.1", 0)) {
                CompletableFuture<HttpResponse<String>> asked = null;
                var model = "";
                for (var section : conversation.sections()) {
                    if (section.name().equals("request")) {
                        asked = ask(section, server.port());
                        model = Json.text(Json.objectIn(Case.withMedia(section.body())), "model");
                    }
                    seen.add(switch (section.name()) {
                        case "upstream request" -> seenUpstream(section, mock.takeRequest(10, TimeUnit.SECONDS), model);
                        case "reply" -> seenReply(section, asked.get(30, TimeUnit.SECONDS));
                        default -> section;
                    });
                }
            }
            var unasked = mock.takeRequest(0, TimeUnit.SECONDS);
            if (unasked != null) throw new AssertionError("the provider was asked once more than the case says:\n" + unasked.getBody().utf8());
        }
        return new Case(conversation.file(), conversation.description(), seen);
    }

    static Timing timing() {
        return new Timing(Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofSeconds(15), Duration.ofMinutes(1), Duration.ofMinutes(1),
            new lib.wire.Pauses(() -> java.time.Instant.EPOCH, _ -> { }), Timing.Ticker.SYSTEM);
    }

    /// Every provider's address is the mock, every key is `test-key`, unless the case says otherwise.
    static HashMap<String, String> environment(Case conversation, String upstream) {
        var env = new HashMap<String, String>();
        for (var row : Providers.all()) {
            var path = URI.create(row.base().replaceAll("[<>{}]", "")).getPath();
            env.put(Config.variable(row.id(), "API_BASE"), upstream + (path == null ? "" : path));
            env.put(Config.variable(row.id(), "API_KEY"), "test-key");
        }
        env.remove("DEMO_API_BASE");
        env.put("HOME", System.getProperty("java.io.tmpdir") + "/nobody");   // no credentials of whoever runs this
        for (var section : conversation.sections())
            if (section.name().equals("env")) section.body().lines().filter(line -> line.contains("="))
                .forEach(line -> env.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1).replace("{upstream}", upstream).replace("{host}", upstream.substring("http://".length()))));
        return env;
    }

    private static MockResponse reply(Case.Section section, int piece) {
        var response = new MockResponse.Builder().code(section.status());
        section.headers().forEach(response::setHeader);
        if (!section.headers().containsKey("content-type")) response.setHeader("content-type", section.body().startsWith("{") ? "application/json" : "text/event-stream");
        var body = Case.withMedia(section.body());
        if (body.startsWith(":") && !body.startsWith(": ")) {
            response.setHeader("content-type", "application/vnd.amazon.eventstream");
            var frames = AwsFrames.of(body);
            return (piece == WHOLE ? response.body(frames) : response.chunkedBody(frames, piece)).build();
        }
        return (piece == WHOLE ? response.body(body) : response.chunkedBody(body, piece)).build();
    }

    private static CompletableFuture<HttpResponse<String>> ask(Case.Section section, int port) {
        var words = (section.first().isEmpty() ? "POST /v1/messages?beta=true" : section.first()).split(" ");
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + words[1])).timeout(Duration.ofSeconds(30))
            .method(words[0], HttpRequest.BodyPublishers.ofString(Case.withMedia(section.body())));
        section.headers().forEach(request::header);
        return CLIENT.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static Case.Section seenUpstream(Case.Section expected, RecordedRequest request, String model) {
        if (request == null) throw new AssertionError("the provider was not asked");
        var headers = new java.util.LinkedHashMap<String, String>();
        for (var name : expected.headers().keySet()) headers.put(name, String.join(",", request.getHeaders().values(name)));
        if (request.getBody() != null) Schemas.check(request.getUrl().encodedPath(), request.getBody().utf8(), model);
        var first = expected.first().isEmpty() ? "" : request.getMethod() + " " + request.getTarget();
        return new Case.Section(expected.name(), first, headers, asWritten(expected.body(), request.getBody() == null ? "" : request.getBody().utf8()));
    }

    private static Case.Section seenReply(Case.Section expected, HttpResponse<String> reply) {
        var headers = new java.util.LinkedHashMap<String, String>();
        for (var name : expected.headers().keySet()) headers.put(name, reply.headers().firstValue(name).orElse("(none)"));
        if (reply.headers().firstValue("content-type").orElse("").startsWith("text/event-stream")) StreamLaw.check(reply.body());
        var first = reply.statusCode() == 200 && expected.first().isEmpty() ? "" : "HTTP " + reply.statusCode();
        return new Case.Section(expected.name(), first, headers, asWritten(expected.body(), reply.body()));
    }

    /// What came, in the words of the case where it means the same: JSON may be laid out in any way.
    private static String asWritten(String expected, String came) {
        if (!came.startsWith("{") || came.contains("\ndata:")) return came;
        var json = Json.parse(came);
        var given = Json.objectIn(Case.withMedia(expected));
        return !given.isEmpty() && given.equals(json) ? expected : Case.withoutMedia(Case.laidOut(json)) + "\n";
    }

    /// Fails with the first line that differs, and three around it.
    private static void compare(String expected, String got) {
        var want = expected.stripTrailing().split("\n", -1);
        var have = got.stripTrailing().split("\n", -1);
        for (var i = 0; i < Math.max(want.length, have.length); i++) {
            if (i < want.length && i < have.length && want[i].equals(have[i])) continue;
            throw new AssertionError("line " + (i + 1) + " differs\n" + excerpt("expected", want, i) + excerpt("came", have, i));
        }
    }

    private static String excerpt(String title, String[] lines, int at) {
        var text = new StringBuilder(title + ":\n");
        for (var i = Math.max(0, at - 3); i <= Math.min(lines.length - 1, at + 3); i++) text.append(i == at ? "  > " : "    ").append(lines[i]).append('\n');
        return text.toString();
    }
}
