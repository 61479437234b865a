import lib.answer.AnswerReader;
import lib.config.Config;
import lib.json.*;
import lib.ledger.Ledger;
import lib.reply.Reply;
import lib.reply.Sse;
import lib.reply.StreamLaw;
import lib.route.FetchElsewhere;
import lib.route.ReplyContext;
import lib.route.Request;
import lib.route.RetryReply;
import lib.route.Route;
import lib.routing.ContextWindows;
import lib.server.Log;
import lib.server.Server;
import lib.wire.Answer;
import lib.wire.ApiError;
import lib.wire.Ids;
import lib.wire.Proxies;
import lib.wire.Upstream;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What bytes from outside may do: make an answer, or an error that says what is wrong with them. The first byte of an input says
/// whose bytes the others are: those of a provider's answer in one of the dialects, or of a client's request to one of them.
final class FuzzTarget implements AutoCloseable {
    private static final String NOWHERE = "http://127.0.0.1:1";

    private record Asked(FaultyAnswer answer, Request request, Route route) {}

    private final List<Asked> all = new ArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Server server;

    /// `folder` is for the log.
    FuzzTarget(Path folder) throws IOException {
        var settings = new HashMap<>(Map.of("LEDGER", "false"));
        for (var answer : FaultyAnswer.all()) {
            settings.putAll(Cases.environment(answer.file(), NOWHERE));
            var request = new Request(Json.objectIn(answer.request()), answer.request().getBytes(StandardCharsets.UTF_8), Map.of());
            all.add(new Asked(answer, request, Cases.routes(new Config(Cases.environment(answer.file(), NOWHERE))).of(request.model())));
        }
        var config = new Config(settings);
        server = new Server(new Server.Parts(config, Cases.routes(config), ContextWindows.UNASKED, new Upstream(new Proxies(_ -> "")), new Log(folder.resolve("log"), Optional.empty(), config),
            new Ledger(config), Ids.counting(), Cases.timing(), new ParseCache()), "127.0.0.1", 0);
    }

    /// Each dialect's whole answer and request, as inputs to begin with.
    List<byte[]> seeds() {
        var seeds = new ArrayList<byte[]>();
        for (var n = 0; n < all.size(); n++) {
            seeds.add(input(n, all.get(n).answer().whole()));
            seeds.add(input(n + all.size(), all.get(n).answer().request().getBytes(StandardCharsets.UTF_8)));
        }
        return seeds;
    }

    private static byte[] input(int whose, byte[] bytes) {
        var input = new byte[bytes.length + 1];
        input[0] = (byte) whose;
        System.arraycopy(bytes, 0, input, 1, bytes.length);
        return input;
    }

    void test(byte[] input) {
        if (input.length == 0) return;
        var whose = (input[0] & 0xff) % (2 * all.size());
        var bytes = Arrays.copyOfRange(input, 1, input.length);
        if (whose < all.size()) answered(all.get(whose), bytes);
        else asked(all.get(whose - all.size()), bytes);
    }

    private static void answered(Asked asked, byte[] bytes) {
        var out = new ByteArrayOutputStream();
        var sse = new Sse(out, "msg_1", "m");
        var reply = new Reply(sse, 1, () -> { });
        try {
            var answer = new Answer(200, Map.of("content-type", List.of(asked.answer().type())), new ByteArrayInputStream(bytes));
            AnswerReader.read(answer.frames(() -> { }), ReplyContext.of(asked.request(), asked.route(), Ids.counting()), reply);
            reply.end();
            sse.flush();
        } catch (ApiError | RetryReply | FetchElsewhere e) {
            sse.fail(e instanceof ApiError error ? error : new ApiError(500, "to be asked again"), "req_1");
        }
        var stream = out.toString(StandardCharsets.UTF_8);
        if (!asked.route().dialect().relays()) StreamLaw.check(stream);
        else if (!stream.contains("event: message_stop") && !stream.contains("event: error")) throw new AssertionError("a stream without an end:\n" + stream);
    }

    /// The provider cannot be reached, so that every request ends in an error; none may be a fault of FreeCC's.
    private void asked(Asked asked, byte[] bytes) {
        try {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/v1/messages")).timeout(Duration.ofSeconds(20)).POST(HttpRequest.BodyPublishers.ofByteArray(bytes));
            var reply = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            var words = Json.text(Json.objectIn(reply.body()), "error", "message");
            if (reply.statusCode() < 400 || reply.body().contains("internal error in FreeCC") || words.isEmpty())
                if (reply.statusCode() != 200) throw new AssertionError(asked.answer().dialect() + ": " + reply.statusCode() + " " + reply.body());
        } catch (IOException e) {
            throw new AssertionError(asked.answer().dialect() + ": no answer: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override public void close() { server.close(); }
}
