package lib.cli;

import module java.base;
import java.net.Proxy;

import lib.config.*;
import lib.json.*;
import lib.ledger.*;

/// `freecc statusline`: asks the FreeCC that Claude Code talks to; if it does not answer, the ledger.
record StatusCommand(Config config, String url, String token) {
    private static final int PATIENCE = 1_000, LARGEST = 1 << 20;

    /// `given` is what Claude Code writes to standard input.
    String line(InputStream given) throws IOException {
        var status = Json.objectIn(given.readNBytes(LARGEST));
        var asked = asked(status);
        if (asked.isPresent()) return asked.get();
        var session = new Sessions(new Ledger(config)).of(StatusLine.session(status));
        return StatusLine.of(status, session.route(), 0, session.sum());
    }

    /// The server hears only what the line needs, and Anthropic, whom the address may name, nothing.
    private Optional<String> asked(JsonObject status) {
        try {
            var address = URI.create(url + "/statusline");
            if (address.getHost() == null || address.getHost().endsWith("anthropic.com")) return Optional.empty();
            var http = (HttpURLConnection) address.toURL().openConnection(Proxy.NO_PROXY);   // half the start of an HttpClient
            http.setConnectTimeout(PATIENCE);
            http.setReadTimeout(PATIENCE);
            http.setRequestProperty("authorization", "Bearer " + token);
            http.setDoOutput(true);
            http.getOutputStream().write(Json.bytes(StatusLine.needed(status)));
            if (http.getResponseCode() != 200) return Optional.empty();
            return Optional.of(new String(http.getInputStream().readNBytes(LARGEST), StandardCharsets.UTF_8).strip());
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
