package lib.server;

import module java.base;
import module java.net.http;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import lib.config.*;
import lib.json.*;
import lib.ledger.*;
import lib.routing.*;
import lib.wire.*;

import static org.junit.jupiter.api.Assertions.assertEquals;

/// The encodings in which a request's body may come. A count of tokens shows that it was read.
class RequestBodyTest {
    private static final byte[] BODY =
        "{\"model\":\"groq/m\",\"messages\":[{\"role\":\"user\",\"content\":\"one two three\"}]}".getBytes(StandardCharsets.UTF_8);

    @TempDir Path folder;

    @Test void gzipIsInflatedAndOtherEncodingsAreRefusedByName() throws Exception {
        try (var server = server(); var client = HttpClient.newHttpClient()) {
            var counted = answer(client, server, "", BODY);
            assertEquals("200 {\"input_tokens\":10}", counted);
            for (var encoding : List.of("gzip", "GZIP", "x-gzip")) assertEquals(counted, answer(client, server, encoding, gzip(BODY)), encoding);
            assertEquals(counted, answer(client, server, "identity", BODY));
            for (var encoding : List.of("br", "zstd", "deflate", "gzip, br"))
                assertEquals("415 request_body_encoding_unsupported unsupported content-encoding '" + encoding
                    + "'; send the request body as gzip or uncompressed",
                    answer(client, server, encoding, BODY), encoding);
        }
    }

    @Test void whatIsNotGzipOrBreaksOffIsRefused() throws Exception {
        try (var server = server(); var client = HttpClient.newHttpClient()) {
            var zipped = gzip(BODY);
            for (var broken : List.of(BODY, new byte[0], Arrays.copyOf(zipped, zipped.length / 2)))
                assertEquals("400 request_body_encoding_invalid the request body is not valid gzip, although its content-encoding says so",
                    answer(client, server, "gzip", broken));
        }
    }

    /// A hundred megabytes of spaces in a hundred kilobytes.
    @Test void aBombIsNotInflatedToItsEnd() throws Exception {
        try (var server = server(); var client = HttpClient.newHttpClient()) {
            var bomb = new ByteArrayOutputStream();
            try (var out = new GZIPOutputStream(bomb)) {
                var spaces = " ".repeat(1024 * 1024).getBytes(StandardCharsets.UTF_8);
                for (var i = 0; i < 100; i++) out.write(spaces);
            }
            assertEquals("413 request_body_too_large_after_decoding the request is larger than 64 MiB when decompressed", answer(client, server, "gzip", bomb.toByteArray()));
        }
    }

    private Server server() throws IOException {
        var config = new Config(Map.of("GROQ_API_KEY", "k"));
        return new Server(new Server.Parts(config, new Routes(config, new Config.Slot("demo", "", "", "")), new Upstream(new Proxies(_ -> "")),
            new Log(folder.resolve("log"), Optional.empty(), config), new Ledger(config.with("LEDGER", "false"))), "127.0.0.1", 0);
    }

    /// The status, the code and the message of an error, or what was counted.
    private static String answer(HttpClient client, Server server, String encoding, byte[] body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/v1/messages/count_tokens"))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (!encoding.isEmpty()) request.header("content-encoding", encoding);
        var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        var error = Json.at(Json.parse(answer.body()), "error");
        return answer.statusCode() + " " + (error.isEmpty() ? answer.body()
            : Json.text(error, "details", "error_code") + " " + Json.text(error, "message"));
    }

    private static byte[] gzip(byte[] body) throws IOException {
        var zipped = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(zipped)) {
            out.write(body);
        }
        return zipped.toByteArray();
    }
}
