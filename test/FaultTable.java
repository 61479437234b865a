import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/// The faults of providers and of the way to them, by name. What each comes to is in test/faults.txt.
final class FaultTable {
    /// Where the fault is, if it is not in the answer.
    enum Place { ANSWER, SILENCE, PORT, NAME, AUTHORITY, TLS, NO_TLS, DISK, FOLDER, AHEAD, BACK }

    /// `of`: the dialects in which it can happen.
    record Row(String name, Place place, Predicate<FaultyAnswer> of, FaultyProvider.Fault fault) {
        boolean isCut() { return name.startsWith("cut after each event"); }
    }

    private static final List<Integer> STATUSES = List.of(400, 401, 402, 403, 404, 405, 408, 409, 413, 422, 425, 429, 499, 500, 502, 503, 504, 520, 524, 529);
    private static final Predicate<FaultyAnswer> ANY = _ -> true, TEXT = answer -> !answer.isAws(), EVENTS = answer -> !answer.isAws() && !answer.isNdjson(), AWS = FaultyAnswer::isAws;
    private static final String HTML = "<!DOCTYPE html><html><body><h1>Bad gateway</h1></body></html>";

    private final Map<String, Row> rows = new LinkedHashMap<>();

    private FaultTable() {
        statuses();
        places();
        connections();
        silences();
        transfers();
        forms();
        contents();
        ends();
    }

    static List<Row> rows() { return List.copyOf(new FaultTable().rows.values()); }

    private void row(String name, Predicate<FaultyAnswer> of, FaultyProvider.Fault fault) { rows.put(name, new Row(name, Place.ANSWER, of, fault)); }

    private void row(String name, FaultyProvider.Fault fault) { row(name, ANY, fault); }

    private void silence(String name, FaultyProvider.Fault fault) { at(Place.SILENCE, name, fault); }

    private void at(Place place, String name, FaultyProvider.Fault fault) { rows.put(name, new Row(name, place, ANY, fault)); }

    /// The same answer in another form, with all its text.
    private void form(String name, Predicate<FaultyAnswer> of, UnaryOperator<String> form) {
        row(name, of, (line, answer) -> {
            line.says(FaultyAnswer.text(answer.events())).begin(answer).chunk(form.apply(new String(answer.whole(), StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8)).end();
        });
    }

    /// An answer with this between the first text and the second.
    private void between(String name, Predicate<FaultyAnswer> of, UnaryOperator<FaultyAnswer> event) {
        row(name, of, (line, answer) -> {
            var at = answer.firstText() + 1;
            var all = new ArrayList<>(answer.events());
            all.add(at, event.apply(answer).events().getFirst());
            line.begin(answer).events(answer, all.subList(0, at + 1)).says("alpha ");
            for (var rest : all.subList(at + 1, all.size())) line.chunk(answer.bytes(rest));
            line.end();
        });
    }

    private void inserted(String name, Predicate<FaultyAnswer> of, UnaryOperator<String> event) {
        between(name, of, answer -> new FaultyAnswer(answer.file(), List.of(event.apply(answer.dialect()))));
    }

    private void json(String name, String json) { between(name, ANY, answer -> new FaultyAnswer(answer.file(), List.of(answer.event(json)))); }

    private void statuses() {
        for (var status : STATUSES) row("status " + status, (line, answer) -> line.full(status + " No", "application/json", answer.refusal(status).getBytes(StandardCharsets.UTF_8)));
        for (var status : List.of(400, 429, 502)) row("status " + status + " without a body", (line, _) -> line.full(status + " No", "text/plain", new byte[0]));
        for (var status : List.of(403, 502)) row("status " + status + " with a web page", (line, _) -> line.full(status + " No", "text/html", HTML.getBytes(StandardCharsets.UTF_8)));
        row("status 429 with an endless body", (line, _) -> {
            line.head("429 No", "content-type: application/json", "transfer-encoding: chunked");
            for (var n = 0; n < 1000; n++) line.chunk("x".repeat(10_000).getBytes(StandardCharsets.UTF_8));
        });
        row("status 500 whose body breaks off", (line, _) -> line.head("500 No", "content-length: 1000").raw("{\"error\":").close());
        for (var status : List.of(301, 307)) row("status " + status, (line, _) -> {
            line.isWhole();
            line.head(status + " Elsewhere", "location: http://127.0.0.1:9/", "content-length: 0");
        });
        for (var status : List.of(202, 204, 304)) row("status " + status + " without a body", (line, _) -> {
            line.isWhole();
            line.head(status + " Empty", status == 204 || status == 304 ? "x-a: b" : "content-length: 0");
        });
        row("status 101, which nobody asked for", (line, _) -> line.head("101 Switching Protocols", "upgrade: websocket", "connection: upgrade").halfClose());
        row("status 103 before the answer", (line, answer) -> {
            line.head("103 Early Hints", "link: </x>");
            line.begin(answer).events(answer, answer.events()).end();
        });
        row("status 999", (line, answer) -> line.full("999 Odd", "application/json", answer.refusal(999).getBytes(StandardCharsets.UTF_8)));
    }

    private static FaultyProvider.Line beginning(FaultyProvider.Line line, FaultyAnswer answer) throws IOException {
        return line.begin(answer).events(answer, answer.events().subList(0, answer.firstText() + 1));
    }

    /// With half of the event after it.
    private static FaultyProvider.Line half(FaultyProvider.Line line, FaultyAnswer answer) throws IOException {
        var next = answer.bytes(answer.events().get(answer.firstText() + 1));
        return beginning(line, answer).chunk(java.util.Arrays.copyOf(next, next.length / 2));
    }

    private static void overloaded(FaultyProvider.Line line, FaultyAnswer answer) throws IOException {
        line.full("503 No", "application/json", answer.refusal(503).getBytes(StandardCharsets.UTF_8));
    }

    private void places() {
        at(Place.PORT, "nobody listens at the port", (line, _) -> line.close());
        at(Place.NAME, "a host whose name is not known", (line, _) -> line.close());
        at(Place.AUTHORITY, "TLS with a certificate of an unknown authority", (line, _) -> line.close());
        at(Place.NO_TLS, "TLS asked of a server without", (line, _) -> line.raw("HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n").close());
        at(Place.NO_TLS, "TLS that breaks off in the handshake", (line, _) -> line.raw(new byte[] {22, 3, 3, 0, 50, 2}).close());
        at(Place.NO_TLS, "TLS that is reset in the handshake", (line, _) -> line.reset());
        at(Place.NO_TLS, "TLS that is refused with an alert", (line, _) -> line.raw(new byte[] {21, 3, 3, 0, 2, 2, 40}).close());
        at(Place.TLS, "TLS without a fault", (line, answer) -> line.begin(answer).events(answer, answer.events()).end());
        at(Place.TLS, "TLS that is cut off within the headers", (line, _) -> line.raw("HTTP/1.1 200 OK\r\ncontent-ty").cut());
        at(Place.TLS, "TLS that is cut off after the first text", (line, answer) -> beginning(line, answer).cut());
        at(Place.TLS, "TLS that is closed after the first text", (line, answer) -> beginning(line, answer).close());
        at(Place.TLS, "TLS that is reset after the headers", (line, answer) -> line.begin(answer).reset());
        at(Place.TLS, "TLS that is reset within an event", (line, answer) -> half(line, answer).awaitRead().reset());
        at(Place.AHEAD, "the clock jumps a day ahead while the provider is overloaded", FaultTable::overloaded);
        at(Place.BACK, "the clock jumps a day back while the provider is overloaded", FaultTable::overloaded);
        at(Place.DISK, "the disk with the log is full", (line, answer) -> line.begin(answer).events(answer, answer.events()).end());
        at(Place.FOLDER, "the folder of the ledger and the log cannot be written", (line, answer) -> line.begin(answer).events(answer, answer.events()).end());
    }

    private void connections() {
        row("closed without a byte", (line, _) -> line.close());
        row("reset without a byte", (line, _) -> line.reset());
        row("half-closed without a byte", (line, _) -> line.halfClose());
        row("closed within the status line", (line, _) -> line.raw("HTTP/1.1 20").close());
        row("closed within the headers", (line, _) -> line.raw("HTTP/1.1 200 OK\r\ncontent-ty").close());
        row("another protocol", (line, _) -> line.raw("220 smtp.example ESMTP\r\n").close());
        row("headers without end", (line, _) -> {
            line.raw("HTTP/1.1 200 OK\r\n");
            for (var n = 0; n < 1000; n++) line.raw("x-" + n + ": " + "x".repeat(1000) + "\r\n");
            line.close();
        });
        row("reset after the headers", (line, answer) -> line.begin(answer).reset());
        row("reset within an event", (line, answer) -> half(line, answer).awaitRead().reset());
        row("cut after each event: closed", (line, answer) -> line.begin(answer).events(answer, answer.events()).close());
        row("cut after each event: half-closed", (line, answer) -> line.begin(answer).events(answer, answer.events()).halfClose());
        row("cut after each event: an orderly end", (line, answer) -> line.begin(answer).events(answer, answer.events()).end());
        row("cut after each event: without a length, closed", (line, answer) -> {
            line.head("200 OK", "content-type: " + answer.type(), "connection: close").says(FaultyAnswer.text(answer.events())).raw(answer.whole());
            line.close();
        });
    }

    private void silences() {
        silence("silence before the headers", (_, _) -> { });
        silence("silence within the headers", (line, _) -> line.raw("HTTP/1.1 200 OK\r\ncontent-ty"));
        silence("silence after the headers", (line, answer) -> line.begin(answer));
        silence("silence after the first text", FaultTable::beginning);
        silence("silence within an event", FaultTable::half);
        silence("nothing but comments after the first text", (line, answer) -> {
            beginning(line, answer);
            if (!answer.isAws()) for (var n = 0; n < 10_000; n++) line.chunk((answer.isNdjson() ? "\n" : ": alive\n\n").getBytes(StandardCharsets.UTF_8));
        });
        silence("silence within the body of an error", (line, _) -> line.head("500 No", "content-length: 100").raw("{"));
    }

    private static byte[] packed(String how, byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var packing = how.equals("gzip") ? new GZIPOutputStream(out) : new DeflaterOutputStream(out)) {
            packing.write(bytes);
        }
        return out.toByteArray();
    }

    private void transfers() {
        for (var how : List.of("gzip", "deflate", "br")) row(how + ", unasked", (line, answer) -> {
            if (how.equals("gzip")) line.says(FaultyAnswer.text(answer.events()));
            line.begin(answer, "content-encoding: " + how).chunk(packed(how, answer.whole())).end();
        });
        row("gzip that breaks off", (line, answer) -> {
            var packed = packed("gzip", answer.whole());
            line.begin(answer, "content-encoding: gzip").chunk(java.util.Arrays.copyOf(packed, packed.length / 2)).end();
        });
        row("gzip by name only", (line, answer) -> line.begin(answer, "content-encoding: gzip").chunk(answer.whole()).end());
        row("trailers", (line, answer) -> {
            line.begin(answer, "trailer: x-checksum").events(answer, answer.events()).isWhole();
            line.raw("0\r\nx-checksum: 1\r\n\r\n");
        });
        row("one byte at a time", (line, answer) -> {
            line.begin(answer).says(FaultyAnswer.text(answer.events()));
            for (var b : answer.whole()) line.chunk(new byte[] {b});
            line.end();
        });
        row("chunk sizes that are no numbers", (line, answer) -> line.begin(answer).raw("xyz\r\n").raw(answer.whole()).close());
        row("more than its content-length", (line, answer) -> {
            var all = answer.whole();
            line.head("200 OK", "content-type: " + answer.type(), "content-length: " + answer.bytes(answer.events().subList(0, answer.firstText() + 1)).length);
            line.says("alpha ").raw(all).isWhole();
        });
        row("less than its content-length", (line, answer) -> {
            var all = answer.whole();
            line.head("200 OK", "content-type: " + answer.type(), "content-length: " + (all.length + 1)).says(FaultyAnswer.text(answer.events())).raw(all).close();
        });
        row("two content types", TEXT, (line, answer) -> line.begin(answer, "content-type: text/plain").events(answer, answer.events()).end());
        for (var type : List.of("application/octet-stream", "text/plain", "application/json", "text/html", ""))
            row("content type " + (type.isEmpty() ? "missing" : type), (line, answer) -> {
                line.head("200 OK", type.isEmpty() ? "x-a: b" : "content-type: " + type, "transfer-encoding: chunked").events(answer, List.of());
                if (!type.equals("text/html") && !answer.isAws() && !(answer.isNdjson())) line.says(FaultyAnswer.text(answer.events()));
                line.chunk(answer.whole()).end();
            });
    }

    private void forms() {
        form("lines that end in CRLF", TEXT, text -> text.replace("\n", "\r\n"));
        form("lines that end in CR", EVENTS, text -> text.replace("\n", "\r"));
        form("a byte order mark", TEXT, text -> "\uFEFF" + text);
        form("blank lines first", TEXT, text -> "\n\r\n\n" + text);
        form("comments everywhere", EVENTS, text -> ": a\n\n" + text.replace("\n\n", "\n: b\n\n:\n\n"));
        form("no space after the colon", EVENTS, text -> text.replace("data: ", "data:"));
        form("fields that nobody knows", EVENTS, text -> text.replace("data: ", "id: 1\nretry: 5\nfoo\ndata: "));
        form("no line's end at the end", TEXT, String::stripTrailing);
        form("names of events that are all the same", EVENTS, text -> text.replaceAll("event: .*", "event: message"));
        row("a text of 5 MB", TEXT, (line, answer) -> {
            var large = new String(answer.whole(), StandardCharsets.UTF_8).replaceFirst("beta ", "b".repeat(5_000_000) + " beta ");
            line.says("alpha bbb").begin(answer).chunk(large.getBytes(StandardCharsets.UTF_8)).end();
        });
    }

    private void contents() {
        row("garbage", (line, answer) -> line.begin(answer).chunk(new java.util.Random(1).ints(5000, 0, 256).collect(ByteArrayOutputStream::new, ByteArrayOutputStream::write, (_, _) -> { }).toByteArray()).end());
        row("an empty body", (line, answer) -> line.full("200 OK", answer.type(), new byte[0]));
        row("status 200 with a web page", (line, _) -> line.full("200 OK", "text/html", HTML.getBytes(StandardCharsets.UTF_8)));
        row("status 200 with a web page that says it is a stream", (line, _) -> line.full("200 OK", "text/event-stream", HTML.getBytes(StandardCharsets.UTF_8)));
        row("status 200 with an error in JSON", (line, answer) -> line.full("200 OK", "application/json", answer.refusal(500).getBytes(StandardCharsets.UTF_8)));
        row("status 200 with {}", (line, _) -> line.full("200 OK", "application/json", "{}".getBytes(StandardCharsets.UTF_8)));
        row("status 200 with null", (line, _) -> line.full("200 OK", "application/json", "null".getBytes(StandardCharsets.UTF_8)));
        between("its own error in mid-stream", ANY, answer -> new FaultyAnswer(answer.file(), List.of(answer.failure())));
        json("an error of OpenAI's in mid-stream", "{\"error\":{\"message\":\"worker died\",\"type\":\"server_error\",\"code\":500}}");
        json("an event {}", "{}");
        json("an event []", "[]");
        json("an event null", "null");
        json("an event of numbers", "{\"type\":5,\"choices\":7,\"message\":\"x\",\"candidates\":{\"content\":1},\"delta\":[3],\"index\":\"a\"}");
        json("an event that breaks off", "{\"type\":\"conte");
        json("an event of tomorrow's", "{\"type\":\"sparkle\",\"object\":\"sparkle\",\"sparkle\":{\"a\":[1]}}");
        json("an event nested 200,000 deep", "{\"choices\":" + "[".repeat(200_000));
        inserted("a web page in mid-stream", EVENTS, _ -> "data: " + HTML);
        inserted("bytes that are not UTF-8", TEXT, _ -> "\uFFFE\uFFFF\u0000\u0001");
    }

    private static List<String> reordered(List<String> events, int at) {
        var all = new ArrayList<>(events);
        Collections.swap(all, at, at + 1);
        return all;
    }

    private void ends() {
        row("each event twice", (line, answer) -> {
            line.begin(answer);
            for (var event : answer.events()) line.chunk(answer.bytes(event)).chunk(answer.bytes(event));
            line.end();
        });
        row("the events backwards", (line, answer) -> line.begin(answer).chunk(answer.bytes(answer.events().reversed())).end());
        row("two texts in the wrong order", (line, answer) -> line.begin(answer).chunk(answer.bytes(reordered(answer.events(), answer.firstText()))).end());
        row("the first event missing", (line, answer) -> line.begin(answer).chunk(answer.bytes(answer.events().subList(1, answer.events().size()))).end());
        row("the whole answer twice", (line, answer) -> line.begin(answer).events(answer, answer.events()).chunk(answer.whole()).end());
        row("text after the end", (line, answer) -> line.begin(answer).events(answer, answer.events()).chunk(answer.bytes(answer.events().get(answer.firstText()))).end());
        row("garbage after the end", (line, answer) -> line.begin(answer).events(answer, answer.events()).chunk(new byte[] {1, 2, 3, 0, 127, 10}).end());
        row("closed without a chunk's end after the end", (line, answer) -> line.begin(answer).events(answer, answer.events()).close());
        silence("the end, and the connection stays open", (line, answer) -> line.begin(answer).says(FaultyAnswer.text(answer.events())).chunk(answer.whole()));
        row("a frame with a wrong checksum", AWS, (line, answer) -> {
            var at = answer.firstText() + 1;
            var broken = answer.bytes(answer.events().get(at));
            broken[broken.length - 1] ^= 1;
            line.begin(answer).events(answer, answer.events().subList(0, at)).chunk(broken).end();
        });
        row("a frame of an impossible length", AWS, (line, answer) -> {
            line.begin(answer).events(answer, answer.events().subList(0, answer.firstText() + 1)).chunk(new byte[] {127, -1, -1, -1, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8}).end();
        });
    }
}
