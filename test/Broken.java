import lib.answer.AnswerReader;
import lib.config.Config;
import lib.json.*;
import lib.reply.MessageBuilder;
import lib.reply.Reply;
import lib.reply.Sse;
import lib.reply.StreamLaw;
import lib.route.FetchElsewhere;
import lib.route.ReplyContext;
import lib.route.Request;
import lib.route.RetryReply;
import lib.route.Route;
import lib.wire.Answer;
import lib.wire.ApiError;
import lib.wire.Ids;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The reply of every case, cut off anywhere and damaged anywhere. What reaches the client is a legal stream or an error
/// that it sees: never half a message that seems whole, and never a fault of ours. The seed of a failure is printed.
class Broken {
    private static final int ROUNDS = Integer.getInteger("freecc.rounds", 12);
    private static final String NOWHERE = "http://127.0.0.1:1";
    /// Nothing but the end of the stream says that the model has ended.
    private static final String NO_END_MARK = "triton-error-in-mid-stream.txt";
    private static final Pattern VALUE = Pattern.compile("(?<=[:\\[,])\\s*(\"(?:[^\"\\\\]++|\\\\.)*\"(?!\\s*:)|-?\\d+|true|false|null)");
    private static final List<String> ODD = List.of("null", "1", "-5", "1.5", "true", "\"\"", "\"x\"", "[]", "{}", "[null]", "[1]", "[[]]");

    /// What was asked, and what came.
    private record Exchange(Request request, Route route, Case.Section reply) {
        boolean relays() { return route.dialect().relays(); }

        byte[] bytes() { return bytes(reply.body()); }

        byte[] bytes(String body) { return isAws(body) ? AwsFrames.of(body).readByteArray() : body.getBytes(StandardCharsets.UTF_8); }

        private static boolean isAws(String body) { return body.matches("(?s):[\\w!].*"); }

        Answer answer(byte[] bytes) {
            var headers = new HashMap<>(Map.of("content-type", List.of(isAws(reply.body()) ? "application/vnd.amazon.eventstream" : "text/event-stream")));
            reply.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), List.of(value)));
            return new Answer(200, headers, new ByteArrayInputStream(bytes));
        }
    }

    @TestFactory Stream<DynamicTest> cutOff() throws IOException {
        return tests("cut off", exchange -> {
            var all = exchange.bytes();
            var whole = message(exchange, all);
            rounds(exchange, chance -> Arrays.copyOf(all, chance.nextInt(Math.max(1, all.length))), part -> {
                var got = message(exchange, part);
                if (!got.isEmpty() && !got.equals(whole)) throw new AssertionError("half a message seems whole:\n" + got + "\nin place of\n" + whole);
            });
        });
    }

    @TestFactory Stream<DynamicTest> damaged() throws IOException {
        return tests("damaged", exchange -> {
            if (!exchange.relays()) rounds(exchange, chance -> exchange.bytes(damaged(exchange.reply().body(), chance)), bytes -> message(exchange, bytes));
        });
    }

    private static Stream<DynamicTest> tests(String how, Consumer<Exchange> check) throws IOException {
        try (var files = Files.walk(Path.of("test/cases"))) {
            return files.filter(file -> file.toString().endsWith(".txt") && !file.endsWith(NO_END_MARK)).sorted().toList().stream()
                .map(file -> DynamicTest.dynamicTest(file + " (" + how + ")", () -> exchanges(Case.read(file)).forEach(check)));
        }
    }

    private static List<Exchange> exchanges(Case conversation) {
        var routes = Cases.routes(new Config(Cases.environment(conversation, NOWHERE)));
        var exchanges = new ArrayList<Exchange>();
        Case.Section asked = null;
        var isSearch = false;   // the answer of a search service
        for (var section : conversation.sections()) {
            if (section.name().equals("request")) asked = section;
            if (section.name().equals("upstream request")) isSearch = section.first().contains("/search");
            if (isSearch || !section.name().equals("upstream reply") || section.status() >= 300 || asked == null || !asked.first().isEmpty()) continue;
            var request = new Request(Json.objectIn(Case.withMedia(asked.body())), new byte[0], Map.of());
            exchanges.add(new Exchange(request, routes.of(request.model()), section.with(Case.withMedia(section.body()).replace("{upstream}", NOWHERE).replace("{elsewhere}", NOWHERE))));
        }
        return exchanges;
    }

    private static void rounds(Exchange exchange, Function<Random, byte[]> broken, Consumer<byte[]> check) {
        for (var round = 0; round < ROUNDS; round++) {
            var seed = exchange.reply().body().hashCode() + round;
            var bytes = broken.apply(new Random(seed));
            try {
                check.accept(bytes);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ":\n" + new String(bytes, StandardCharsets.UTF_8) + "\n" + e, e);
            }
        }
    }

    /// Some values are others, or frames are missing, doubled or out of order.
    private static String damaged(String body, Random chance) {
        var text = body;
        for (var n = 1 + chance.nextInt(2); n > 0; n--) {
            var values = VALUE.matcher(text).results().toList();
            if (values.isEmpty() || chance.nextInt(4) == 0) {
                var frames = new ArrayList<>(List.of(text.split("(?<=\n\n)")));
                var at = chance.nextInt(frames.size());
                switch (chance.nextInt(3)) {
                    case 0 -> frames.remove(at);
                    case 1 -> frames.add(at, frames.get(at));
                    default -> Collections.shuffle(frames, chance);
                }
                text = String.join("", frames);
            } else {
                var value = values.get(chance.nextInt(values.size()));
                text = text.substring(0, value.start(1)) + ODD.get(chance.nextInt(ODD.size())) + text.substring(value.end(1));
            }
        }
        return text;
    }

    /// What the client makes of the answer; nothing, if it is told of an error.
    private static String message(Exchange exchange, byte[] bytes) {
        var streams = exchange.request().streams();
        var out = new ByteArrayOutputStream();
        var sse = new Sse(out, "msg_1", "m");
        var whole = new MessageBuilder("msg_1", "m");
        var reply = new Reply(streams ? sse : whole, 1, () -> { });
        try {
            AnswerReader.read(exchange.answer(bytes).frames(() -> { }), ReplyContext.of(exchange.request(), exchange.route(), Ids.counting()), reply);
            reply.end();
            sse.flush();
        } catch (ApiError | RetryReply | FetchElsewhere e) {
            sse.fail(e instanceof ApiError error ? error : new ApiError(500, "to be asked again"), "req_1");
            if (streams) StreamLaw.check(out.toString(StandardCharsets.UTF_8));
            return "";
        }
        if (!streams) return told(Json.objectIn(whole.json()));
        var message = StreamLaw.check(out.toString(StandardCharsets.UTF_8));
        return message == null ? "" : message.content() + " " + message.stopReason();
    }

    private static String told(JsonObject message) { return Json.write(Json.find(message, "content")) + " " + Json.text(message, "stop_reason"); }
}
