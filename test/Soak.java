///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS com.squareup.okhttp3:mockwebserver3:5.5.1
//DEPS org.junit.jupiter:junit-jupiter:6.1.3
//SOURCES ../FreeCC.java
//SOURCES Case.java AwsFrames.java FaultyAnswer.java FaultyProvider.java
//RUNTIME_OPTIONS --sun-misc-unsafe-memory-access=allow

import lib.config.Config;
import lib.provider.Providers;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/// Long traffic: `./jbang test/Soak.java [MINUTES [STREAMS]]`, from the repository's folder; by hand, not in CI. FreeCC runs as a
/// process of its own. Many clients ask in all dialects at once; providers answer slowly, break off, refuse or fail, and clients leave.
/// In the end, every request must be counted, no stream open, no connection left, and the memory as it was after the warm-up.
class Soak {
    private static final Pattern URL = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)"), COUNT = Pattern.compile("(?m)^gen_ai_client_operation_duration_seconds_count\\{.*} (\\d+)"),
        OPEN = Pattern.compile("(?m)^freecc_open_streams (\\d+)"), USED = Pattern.compile("used (\\d+)K");
    private static final String KEY = "soak-key";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Map<String, AtomicLong> ends = new ConcurrentSkipListMap<>();
    private final List<FaultyAnswer> answers = new ArrayList<>();
    private final AtomicLong asked = new AtomicLong();
    private final Process process;
    private final int port;

    public static void main(String... arguments) throws Exception {
        var minutes = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 30;
        var streams = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 200;
        var home = Files.createTempDirectory("freecc-soak");
        var providers = new ArrayList<FaultyProvider>();
        var settings = new HashMap<>(Map.of("HOME", home.toString(), "PORT", "0", "FREECC_API_KEY", KEY, "MAX_CONCURRENT_REQUESTS", "" + 2 * streams));
        var answers = new ArrayList<FaultyAnswer>();
        for (var answer : FaultyAnswer.all()) {
            if (answer.dialect().equals("converse")) continue;   // it shares its address with Claude on Bedrock
            var provider = new FaultyProvider(Optional.empty(), Soak::answer, answer);
            providers.add(provider);
            answers.add(answer);
            settings.putAll(settings(answer, provider.port()));
        }
        var passed = false;
        var soak = new Soak(settings, answers);
        try {
            passed = soak.run(Duration.ofMillis((long) (minutes * 60_000)), streams);
        } finally {
            soak.process.destroy();
            soak.process.waitFor(20, TimeUnit.SECONDS);
            for (var provider : providers) provider.close();
        }
        System.exit(passed ? 0 : 1);
    }

    private static Map<String, String> settings(FaultyAnswer answer, int port) {
        var settings = new HashMap<String, String>();
        for (var section : answer.file().sections())
            if (section.name().equals("env")) section.body().lines().filter(line -> line.contains("=")).forEach(line -> settings.put(line.split("=", 2)[0], line.split("=", 2)[1]));
        var name = answer.model().split("/")[0];
        var row = Providers.all().stream().filter(one -> one.id().equals(name) || one.id().equals(name + "_ai") || one.id().equals(name.replace('-', '_'))).findFirst().orElseThrow();
        var path = URI.create(row.base().replaceAll("[<>{}]", "")).getPath();
        settings.put(Config.variable(row.id(), "API_BASE"), "http://127.0.0.1:" + port + (path == null ? "" : path));
        settings.put(Config.variable(row.id(), "API_KEY"), "k");
        return settings;
    }

    private Soak(Map<String, String> settings, List<FaultyAnswer> answers) throws IOException {
        this.answers.addAll(answers);
        var root = Path.of("").toAbsolutePath();
        var builder = new ProcessBuilder(root + "/jbang", root + "/FreeCC.java", "serve").redirectErrorStream(true).directory(Path.of(settings.get("HOME")).toFile());
        builder.environment().putAll(settings);
        for (var name : List.of("JBANG_DIR", "JBANG_CACHE_DIR")) builder.environment().putIfAbsent(name, System.getenv().getOrDefault(name, System.getenv("HOME") + "/.jbang" + (name.endsWith("CACHE_DIR") ? "/cache" : "")));
        builder.environment().putIfAbsent("XDG_CACHE_HOME", System.getenv("HOME") + "/.cache");
        builder.environment().put("_JAVA_OPTIONS", "-Xmx256m");   // the only one that wins over FreeCC.java's own -Xmx
        process = builder.start();
        var out = process.inputReader();
        var found = 0;
        for (var line = out.readLine(); line != null && found == 0; line = out.readLine()) {
            var url = URL.matcher(line);
            if (url.find()) found = Integer.parseInt(url.group(1));
        }
        if (found == 0) throw new IOException("FreeCC did not start");
        port = found;
        Thread.ofVirtual().start(() -> {
            try {
                while (out.readLine() != null) { }
            } catch (IOException e) {
                return;   // it was ended
            }
        });
    }

    /// An answer of a random kind, at a random pace.
    private static void answer(FaultyProvider.Line line, FaultyAnswer answer) throws IOException {
        var chance = ThreadLocalRandom.current();
        var kind = chance.nextInt(20);
        if (kind == 0) line.full("429 No", "application/json", answer.refusal(429).getBytes(StandardCharsets.UTF_8));
        else if (kind == 1) line.full("500 No", "application/json", answer.refusal(500).getBytes(StandardCharsets.UTF_8));
        else if (kind == 2) line.reset();
        else {
            var most = kind < 6 ? chance.nextInt(answer.events().size()) : answer.events().size();
            line.begin(answer);
            for (var event : answer.events().subList(0, most)) {
                pause(chance.nextInt(200));
                line.chunk(answer.bytes(event));
            }
            switch (kind) {
                case 3 -> line.close();
                case 4 -> line.chunk(answer.bytes(answer.failure())).end();
                case 5 -> line.reset();
                default -> line.end();
            }
        }
    }

    private static void pause(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean run(Duration time, int streams) throws Exception {
        var end = Instant.now().plus(time);
        var heaps = new ArrayList<Long>();
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var n = 0; n < streams; n++) clients.submit(() -> {
                while (Instant.now().isBefore(end)) ask();
            });
            var step = Math.max(5_000, time.toMillis() / 12);
            while (Instant.now().isBefore(end)) {
                pause(Math.min(step, Math.max(1, Duration.between(Instant.now(), end).toMillis())));
                heaps.add(heap());
                System.out.println("%s: %d requests, %d open, heap %d kB, %d file descriptors, %s".formatted(Instant.now().toString().substring(11, 19), asked.get(), open(), heaps.getLast(), descriptors(), ends));
            }
        }
        for (var n = 0; n < 100 && open() > 0; n++) pause(100);
        for (var n = 0; n < 60 && descriptors() >= 150; n++) pause(1000);   // idle connections to providers are kept for half a minute
        var left = descriptors();
        heaps.add(heap());
        System.out.println("heap after each step, in kB: " + heaps);
        System.out.println("ends: " + new TreeMap<>(ends));
        var after = heaps.subList(heaps.size() / 3, heaps.size()).getFirst();
        return holds("no stream is open", open() == 0, "" + open())
            & holds("every request is counted", counted() == asked.get(), counted() + " of " + asked)
            & holds("the memory is as it was after the warm-up", heaps.getLast() < after * 1.3 + 20_000, heaps.getLast() + " kB, after " + after + " kB")
            & holds("no connection is left", left < 150, left + " file descriptors");
    }

    private static boolean holds(String what, boolean holds, String figures) {
        System.out.println((holds ? "ok   " : "FAIL ") + what + ": " + figures);
        return holds;
    }

    /// One request to its end, or until the client has had enough.
    private void ask() {
        var chance = ThreadLocalRandom.current();
        var body = answers.get(chance.nextInt(answers.size())).request().getBytes(StandardCharsets.UTF_8);
        var patience = chance.nextInt(10) == 0 ? chance.nextInt(2000) : Integer.MAX_VALUE;
        asked.incrementAndGet();
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(("POST /v1/messages HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nx-api-key: " + KEY + "\r\nx-claude-code-session-id: s" + chance.nextInt(50)
                + "\r\nContent-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().write(body);
            var seen = new StringBuilder();
            var bytes = new byte[4096];
            for (var n = socket.getInputStream().read(bytes); n >= 0; n = socket.getInputStream().read(bytes)) {
                seen.append(new String(bytes, 0, n, StandardCharsets.ISO_8859_1));
                if (seen.length() > patience) {
                    count("the client left");
                    return;
                }
            }
            count(seen.indexOf("event: message_stop") >= 0 ? "whole" : seen.indexOf("event: error") >= 0 ? "an error in the stream" : seen.substring(0, Math.min(12, seen.length())));
        } catch (IOException e) {
            count(e.getClass().getSimpleName());
        }
    }

    private void count(String end) { ends.computeIfAbsent(end, _ -> new AtomicLong()).incrementAndGet(); }

    private String metrics() throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).header("x-api-key", KEY).build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private long open() throws Exception {
        var open = OPEN.matcher(metrics());
        return open.find() ? Long.parseLong(open.group(1)) : -1;
    }

    private long counted() throws Exception { return COUNT.matcher(metrics()).results().mapToLong(found -> Long.parseLong(found.group(1))).sum(); }

    /// The process that serves, which ./jbang may have started as its child.
    private long pid() { return process.descendants().filter(child -> child.info().command().orElse("").endsWith("java")).map(ProcessHandle::pid).reduce((_, last) -> last).orElse(process.pid()); }

    private long descriptors() throws IOException {
        try (var all = Files.list(Path.of("/proc/" + pid() + "/fd"))) {
            return all.count();
        }
    }

    /// What is in use after a collection of garbage.
    private long heap() throws Exception {
        jcmd("GC.run");
        return USED.matcher(jcmd("GC.heap_info")).results().filter(_ -> true).limit(2).mapToLong(found -> Long.parseLong(found.group(1))).sum();
    }

    private String jcmd(String command) throws Exception {
        var jcmd = new ProcessBuilder(System.getProperty("java.home") + "/bin/jcmd", "" + pid(), command).redirectErrorStream(true).start();
        var said = new String(jcmd.getInputStream().readAllBytes());
        jcmd.waitFor();
        return said;
    }
}
