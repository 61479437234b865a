package lib.cli;

import lib.provider.Catalogue;
import lib.provider.Config;
import lib.provider.Detection;
import lib.provider.Routes;
import lib.server.Log;
import lib.server.Server;
import lib.wire.ApiError;
import lib.wire.Loopback;
import lib.wire.Proxies;
import lib.wire.Upstream;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/// A proxy ready to serve, and what there is to say about it.
final class Serve {
    private final Config config;
    private final Detection found;
    final Routes routes;

    Serve(Config config) {
        this.config = config;
        this.found = Detection.of(config);
        this.routes = new Routes(config, found.slot());
    }

    /// Starts listening. `console` is empty where the terminal belongs to someone else.
    Server start(String host, int port, Path logFile, Optional<PrintStream> console) throws IOException {
        var upstream = new Upstream(new Proxies(config::get));
        var log = new Log(logFile, console, config);
        var server = new Server(new Server.Parts(config, routes, upstream, log), host, port);
        refuseLoop(server.port());
        Thread.ofVirtual().start(() -> {   // what the first request would wait for
            Catalogue.date();
            upstream.warmUp(routes.usesTls());
        });
        return server;
    }

    /// A base URL that is FreeCC itself would ask itself for ever.
    private void refuseLoop(int port) {
        for (var base : routes.bases()) {
            var url = URI.create(base);
            if (url.getPort() == port && Loopback.isUrl(base)) throw new Config.Wrong("the base URL " + base + " is FreeCC itself; give the provider's address");
        }
    }

    void banner(PrintStream out, String host, int port) {
        var url = "http://" + (host.equals("0.0.0.0") ? "localhost" : host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        out.println("FreeCC listens on " + url);
        out.println("  sonnet, opus, fable -> " + label(true) + "   (" + found.why() + ")");
        out.println("  haiku               -> " + label(false));
        for (var complaint : routes.complaints()) out.println("  ! " + complaint);
        out.println();
        out.println("In another terminal:");
        out.println("  export ANTHROPIC_BASE_URL=" + url);
        out.println("  export ANTHROPIC_AUTH_TOKEN=" + (config.accessKey().isEmpty() ? "freecc" : "<your FREECC_API_KEY>"));
        out.println("  claude");
        out.flush();
    }

    private String label(boolean big) {
        try {
            return (big ? routes.big() : routes.small()).label();
        } catch (ApiError | Config.Wrong e) {
            return "not usable";
        }
    }
}
