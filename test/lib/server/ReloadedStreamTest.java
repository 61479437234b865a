package lib.server;

import module java.base;
import org.junit.jupiter.api.Test;

import lib.config.*;
import lib.json.*;
import lib.routing.*;
import lib.wire.*;

import static org.junit.jupiter.api.Assertions.assertTrue;

/// A key is changed in `.env` while an answer streams: the answer goes on, and the next request takes the new key.
class ReloadedStreamTest extends Peers {
    private static final String WHOLE = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"lo\"},\"finish_reason\":\"stop\"}]}\n\n";
    private Instant now = Instant.parse("2026-11-29T12:00:00Z");

    private Path write(String key, int second) throws IOException {
        var file = Files.writeString(folder.resolve(".env"), "GROQ_API_BASE=http://127.0.0.1:" + provider.getLocalPort() + "/v1\nGROQ_API_KEY=" + key + "\n");
        return Files.setLastModifiedTime(file, FileTime.from(now.minusSeconds(60 - second)));
    }

    private Server live(Path file) throws IOException {
        var config = new Config(Map.of("HOME", folder.toString())).over(file);
        var log = new Log(folder.resolve("log"), Optional.empty(), config);
        var routes = new Reload(new Reload.Source(file, settings -> settings.over(file)), new Routes(config, Detection.of(config).slot()), () -> now, log::info, log::warning);
        return new Server(new Server.Parts(config, routes, ContextWindows.UNASKED, new Upstream(new Proxies(_ -> "")), log,
            new lib.ledger.Ledger(config.with("LEDGER", "false")), Ids.counting(), FAST, new ParseCache()), "127.0.0.1", 0);
    }

    /// Takes a request, and begins to answer it if it has the key.
    private Socket begun(String key) throws IOException {
        var asked = provider.accept();
        var in = asked.getInputStream();
        var head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) head.append((char) in.read());
        assertTrue(head.toString().contains("Bearer " + key), head.toString());
        asked.getOutputStream().write((STREAM + WORD).getBytes(StandardCharsets.UTF_8));
        return asked;
    }

    @Test void aKeyChangesWhileAnAnswerStreams() throws IOException {
        try (var server = live(write("first-key-1", 0)); var client = ask(server.port(), BODY); var asked = begun("first-key-1")) {
            until(client, "Hel");
            write("second-key-2", 1);
            now = now.plusSeconds(2);
            try (var next = ask(server.port(), BODY); var again = begun("second-key-2")) {
                until(next, "Hel");
            }
            asked.getOutputStream().write(WHOLE.getBytes(StandardCharsets.UTF_8));
            asked.close();
            until(client, "message_stop");
        }
        var log = Files.readString(folder.resolve("log"));
        assertTrue(log.contains("was read again: GROQ_API_KEY changed") && !log.contains("-key-"), log);
    }
}
