// The tests inherit the heap of FreeCC.java, which is too small for texts of 5 MB in all dialects at once. The later setting counts.
//RUNTIME_OPTIONS -Xmx1g
import lib.access.Trust;
import lib.config.Config;
import lib.json.ParseCache;
import lib.ledger.Ledger;
import lib.routing.ContextWindows;
import lib.server.Log;
import lib.server.Server;
import lib.server.Timing;
import lib.wire.ApiError;
import lib.wire.Ids;
import lib.wire.Pauses;
import lib.wire.Proxies;
import lib.wire.Upstream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/// Every fault in every dialect, and what it comes to for the client: test/faults.txt, which `--update` writes. Whatever the fault,
/// what the client gets is legal, the text that came before it is there, and the provider is left.
class Faults {
    private static final Path TABLE = Path.of("test/faults.txt");
    private static final boolean UPDATE = Boolean.getBoolean("freecc.update");
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Upstream UPSTREAM = new Upstream(new Proxies(_ -> "")), TRUSTING = trusting();
    private static final Socket UNUSED = taken();
    private static final Duration LONG = Duration.ofSeconds(20), LEFT = Duration.ofSeconds(5), FOREVER = Duration.ofDays(3650);
    private static final Timing PATIENT = new Timing(LONG, Duration.ofMillis(50), LONG, LONG, LONG);
    /// No question to a name server can be made of it.
    private static final String NO_NAME = "http://" + "x".repeat(70) + ".invalid";

    private static final Map<String, String> WHOLE = new ConcurrentHashMap<>();
    private static final Map<String, String> ROWS = new LinkedHashMap<>();

    @TempDir static Path folder;

    @TestFactory Stream<DynamicTest> table() throws IOException {
        var answers = FaultyAnswer.all();
        var written = UPDATE ? Map.<String, String>of() : read();
        return FaultTable.rows().stream().map(row -> DynamicTest.dynamicTest(row.name(), () -> {
            var came = told(row, answers);
            ROWS.put(row.name(), came);
            write();
            if (!UPDATE && !came.equals(written.get(row.name()))) throw new AssertionError("test/faults.txt says\n" + written.get(row.name()) + "but it came to\n" + came);
        }));
    }

    private static void write() throws IOException {
        if (!UPDATE) return;
        var all = Files.exists(TABLE) ? read() : new LinkedHashMap<String, String>();
        all.putAll(ROWS);
        all.keySet().retainAll(FaultTable.rows().stream().map(FaultTable.Row::name).toList());
        var text = new StringBuilder();
        for (var row : FaultTable.rows()) if (all.containsKey(row.name())) text.append(row.name()).append('\n').append(all.get(row.name())).append('\n');
        Files.writeString(TABLE, text);
    }

    private static Map<String, String> read() throws IOException {
        var rows = new LinkedHashMap<String, String>();
        for (var row : Files.readString(TABLE).split("\n\n")) rows.put(row.lines().findFirst().orElse(""), row.substring(row.indexOf('\n') + 1).stripTrailing() + "\n");
        return rows;
    }

    /// A line for each outcome, with the dialects in which it is this one; the one that most have comes first.
    private static String told(FaultTable.Row row, List<FaultyAnswer> answers) throws Exception {
        var of = answers.stream().filter(row.of()).toList();
        var outcomes = together(of.stream().map(answer -> (Callable<String>) () -> row.isCut() ? cuts(row, answer) : outcome(row, answer)).toList());
        var dialects = new TreeMap<String, List<String>>();
        for (var n = 0; n < of.size(); n++) dialects.computeIfAbsent(outcomes.get(n), _ -> new ArrayList<>()).add(of.get(n).dialect());
        return dialects.entrySet().stream().sorted((a, b) -> b.getValue().size() - a.getValue().size())
            .map(entry -> "  " + (entry.getValue().size() == answers.size() ? "all" : String.join(" ", entry.getValue())) + "\n    " + entry.getKey().replace("\n", "\n    ") + "\n")
            .collect(Collectors.joining());
    }

    private static <T> List<T> together(List<Callable<T>> all) throws Exception {
        try (var threads = Executors.newFixedThreadPool(12)) {
            var results = new ArrayList<T>();
            for (var future : threads.invokeAll(all)) results.add(future.get());
            return results;
        }
    }

    /// The outcomes of all cuts, those that are alike together.
    private static String cuts(FaultTable.Row row, FaultyAnswer answer) throws Exception {
        var lines = new ArrayList<String>();
        var cut = 0;
        var from = 0;
        var last = "";
        for (var beginning : answer.beginnings()) {
            var now = outcome(row, beginning);
            if (!now.equals(last)) {
                if (!last.isEmpty()) lines.add(range(from, cut - 1) + last);
                from = cut;
                last = now;
            }
            cut++;
        }
        lines.add(range(from, cut - 1) + last);
        return String.join("\n", lines);
    }

    private static String range(int from, int to) { return "after " + (from == to ? "" + from : from + " to " + to) + ": "; }

    private static String whole(FaultyAnswer answer) {
        return WHOLE.computeIfAbsent(answer.dialect(), _ -> {
            try {
                var all = FaultyAnswer.all().stream().filter(other -> other.dialect().equals(answer.dialect())).findFirst().orElseThrow();
                return ask(new FaultTable.Row("no fault", FaultTable.Place.ANSWER, _ -> true, (line, given) -> line.begin(given).events(given, given.events()).end()), all).message();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static String outcome(FaultTable.Row row, FaultyAnswer answer) throws Exception {
        try {
            return ask(row, answer).outcome(answer.model(), whole(answer));
        } catch (Exception | AssertionError e) {
            throw new AssertionError(row.name() + " in " + answer.dialect() + ": " + ApiError.cut(String.valueOf(e.getMessage())), e);
        }
    }

    private static FaultyView ask(FaultTable.Row row, FaultyAnswer answer) throws Exception {
        var tls = Set.of(FaultTable.Place.AUTHORITY, FaultTable.Place.TLS).contains(row.place()) ? Optional.of(FaultyProvider.secure()) : Optional.<SSLContext>empty();
        try (var provider = new FaultyProvider(tls, row.fault(), answer)) {
            var settings = Cases.environment(answer.file(), base(row.place(), provider.port()));
            settings.replaceAll((_, value) -> value.equals("test-key") ? FaultyView.KEY : value);
            settings.put("XDG_STATE_HOME", state(row.place()));
            var config = new Config(settings);
            var log = new Log(row.place() == FaultTable.Place.DISK ? Path.of("/dev/full") : config.stateFolder().resolve("log"), Optional.empty(), config);
            var time = new FaultyTime(provider);
            var parts = new Server.Parts(config, Cases.routes(config), ContextWindows.UNASKED,
                row.place() == FaultTable.Place.TLS ? TRUSTING : UPSTREAM, log, new Ledger(config), Ids.counting(), timing(row.place(), time), new ParseCache());
            try (var server = new Server(parts, "127.0.0.1", 0)) {
                var view = new FaultyView(CLIENT.sendAsync(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/v1/messages?beta=true"))
                    .POST(HttpRequest.BodyPublishers.ofString(answer.request())).build(), time.body()).get(3 * LONG.toSeconds(), TimeUnit.SECONDS));
                if (!view.text().startsWith(provider.sent())) throw new AssertionError("of '" + provider.sent() + "' the client got '" + view.text() + "':\n" + view.reply().body());
                if (!provider.hasBeenLeft(LEFT)) throw new AssertionError("the provider's connection stays open");
                return view;
            }
        }
    }

    private static Timing timing(FaultTable.Place place, Timing.Ticker silence) {
        return switch (place) {
            case SILENCE -> new Timing(FOREVER, Duration.ofMinutes(4), LONG, Duration.ofMinutes(10), LONG, Pauses.SYSTEM, silence);
            case AHEAD -> withClock(1);
            case BACK -> withClock(-1);
            default -> PATIENT;
        };
    }

    /// Whoever looks at the clock sees it so many days away from the last time.
    private static Timing withClock(int days) {
        var looks = new AtomicLong();
        var pauses = new Pauses(() -> Instant.now().plus(Duration.ofDays(days * looks.getAndIncrement())), _ -> { });
        return new Timing(LONG, Duration.ofMillis(50), LONG, LONG, LONG, pauses, Timing.Ticker.SYSTEM);
    }

    /// Connections to providers whose certificate the user has named in SSL_CERT_FILE.
    private static Upstream trusting() {
        try {
            var usual = SSLContext.getDefault();
            SSLContext.setDefault(new Trust(new Config(Map.of("SSL_CERT_FILE", FaultyProvider.CERTIFICATE))).context());
            try {
                var upstream = new Upstream(new Proxies(_ -> ""));
                upstream.warmUp(true);
                return upstream;
            } finally {
                SSLContext.setDefault(usual);
            }
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base(FaultTable.Place place, int port) {
        return switch (place) {
            case NAME -> NO_NAME;
            case AUTHORITY, TLS, NO_TLS -> "https://127.0.0.1:" + port;
            case PORT -> "http://127.0.0.1:" + UNUSED.getLocalPort();
            default -> "http://127.0.0.1:" + port;
        };
    }

    /// A port that is taken, so that nobody else can be found there, and that nobody listens at.
    private static Socket taken() {
        try {
            var socket = new Socket();
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String state(FaultTable.Place place) throws IOException {
        var file = folder.resolve("a-file");
        if (!Files.exists(file)) Files.writeString(file, "");
        return (place == FaultTable.Place.FOLDER ? file : folder).toString();
    }
}
