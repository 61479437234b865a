package lib.cli;

import module java.base;

import lib.config.*;
import lib.json.*;
import lib.model.*;
import lib.routing.*;
import lib.wire.*;

/// Claude Code as a child process of its own proxy: both start and stop together, and none of the user's files are changed.
public final class Code {
    /// The longest answer that Claude Code asks for by itself. It keeps that much of the window free.
    private static final long USUAL_ANSWER = 32_000;
    private static final List<String> TAKEN_OUT =
        List.of("ANTHROPIC_API_KEY", "CLAUDE_CODE_USE_BEDROCK", "CLAUDE_CODE_USE_VERTEX", "CLAUDE_CODE_USE_FOUNDRY");

    /// Enough for Claude Code to save its session; Docker and systemd wait longer for FreeCC itself.
    private static final Duration GRACE = Duration.ofSeconds(5);

    private Code() {}

    static int run(Options options, List<String> arguments) throws IOException, InterruptedException {
        return run(options, Config.load(options.file()), arguments);
    }

    /// The settings are read again when their file has changed.
    static int run(Options options, Config given, List<String> arguments) throws IOException, InterruptedException {
        var claude = given.platform().find("claude");
        if (claude.isEmpty()) {
            System.err.println("Claude Code is not installed: there is no `claude` on the PATH. Install it with\n"
                + "  npm install -g @anthropic-ai/claude-code");
            return 127;
        }
        var token = Ids.token(32);
        var config = given.with("FREECC_API_KEY", token).with("FREECC_TLS_CERT", "").with("FREECC_TLS_KEY", "").with("FREECC_API_KEYS", "");
        var file = options.file();
        var serve = new Serve(config, options.reloaded(new Reload.Source(file, settings -> settings.over(file))));
        var complaints = new Lazy<>(serve::complaints);
        Thread.ofVirtual().start(complaints::get);   // while the server starts, which takes as long
        var server = serve.start("127.0.0.1", 0, config.stateFolder().resolve("claude-proxy.log"), Optional.empty());
        Signals.leaveInterruptToChild();
        var ours = Files.createTempFile("freecc", ".json");   // only its owner can read it; everyone can read a command line
        var asks = StatusSetting.curlFile("http://127.0.0.1:" + server.port(), token);
        try (server) {
            if (!isPrint(arguments)) serve.table(Table.width(config::get)).forEach(System.err::println);
            complaints.get().forEach(System.err::println);
            var environment = environment(serve.routes, "http://127.0.0.1:" + server.port(), token, config.get("NO_PROXY"));
            var settings = Json.object("env", settings(environment));
            new StatusSetting(config, Path.of("")).of(asks, arguments).ifPresent(line -> Json.put(settings, "statusLine", line));
            Files.write(ours, Json.bytes(settings));
            if (isPrint(arguments)) Reach.check(serve.routes.big(), new Proxies(config::get));
            var line = new ArrayList<>(List.of(claude.get().toString(), "--settings", ours.toString()));
            line.addAll(arguments);
            var builder = new ProcessBuilder(line).inheritIO();
            TAKEN_OUT.forEach(builder.environment()::remove);
            builder.environment().putAll(environment);
            var child = new CompletableFuture<Process>();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(child, ours, asks)));   // first, so that no signal can miss the child
            var started = builder.start();
            child.complete(started);
            serve.warmUp();   // now that nobody waits for it
            var code = started.waitFor();
            if (!isPrint(arguments) && server.session().matches("[\\w-]+"))   // Claude Code's own line leads past FreeCC
                System.err.println("With FreeCC, resume this conversation with:\n  " + options.codeCommand()
                    + " --resume " + server.session());
            return code;
        } finally {
            Files.deleteIfExists(ours);
            Files.deleteIfExists(asks);
        }
    }

    /// Whether it answers one prompt and ends, without a person to see what is going on.
    private static boolean isPrint(List<String> arguments) { return arguments.contains("-p") || arguments.contains("--print"); }

    /// The child does not outlive its proxy.
    private static void end(CompletableFuture<Process> starting, Path... files) {
        try {
            for (var file : files) Files.deleteIfExists(file);
            var child = starting.get(2, TimeUnit.SECONDS);
            end(child, GRACE);
        } catch (InterruptedException | ExecutionException | TimeoutException | IOException e) {
            return;   // it never started, or the file is already gone
        }
    }

    /// By SIGTERM, and by SIGKILL if it does not end by itself.
    static void end(Process child, Duration grace) throws InterruptedException {
        child.destroy();
        if (!child.waitFor(grace)) child.destroyForcibly();
        child.waitFor();
    }

    /// The same variables for --settings, because a settings.json of the user or of the project overrides the environment.
    private static JsonObject settings(Map<String, String> environment) {
        var settings = new JsonObject();
        environment.forEach((name, value) -> Json.put(settings, name, value));
        TAKEN_OUT.forEach(name -> Json.put(settings, name, ""));
        return settings;
    }

    private static Map<String, String> environment(Routes routes, String url, String token, String noProxy) {
        var env = new LinkedHashMap<String, String>();
        env.put("ANTHROPIC_BASE_URL", url);
        env.put("ANTHROPIC_AUTH_TOKEN", token);
        env.put("NO_PROXY", (noProxy.isEmpty() ? "" : noProxy + ",") + "127.0.0.1,localhost");
        env.put("no_proxy", env.get("NO_PROXY"));
        for (var family : Tier.FAMILIES) env.put("ANTHROPIC_DEFAULT_" + family.setting(), Routes.LISTED + source(family, routes).word());
        env.put("CLAUDE_CODE_GATEWAY_HINT_HEADERS", "1");   // each request's purpose; https://code.claude.com/docs/en/llm-gateway-protocol
        env.put("CLAUDE_CODE_DISABLE_1M_CONTEXT", "1");   // else it assumes a million tokens for opus in spite of the lines below; 2.1.330
        try {
            for (var family : Tier.FAMILIES)
                env.put("ANTHROPIC_DEFAULT_" + family.setting("NAME"), routes.of(source(family, routes)).label());
            var windows = new ContextWindows();
            var models = Tier.FAMILIES.stream().map(family -> source(family, routes)).filter(Tier.CONVERSATION::contains).distinct()
                .map(tier -> windows.fitted(routes.of(tier)).model()).toList();
            var window = models.stream().mapToLong(Model::context).min().orElseThrow();
            var longer = routes.role("LONG_MODEL").map(route -> windows.fitted(route).model().context()).orElse(0L);
            env.put("CLAUDE_CODE_MAX_CONTEXT_TOKENS", String.valueOf(Math.max(window, longer)));
            env.put("CLAUDE_CODE_MAX_OUTPUT_TOKENS", String.valueOf(models.stream().mapToLong(Code::answer).min().orElseThrow()));
        } catch (ApiError | Config.Wrong e) {
            return env;   // printed as a complaint at start, and again by the first request
        }
        return env;
    }

    /// The tier whose model a family of Claude's has.
    private static Tier source(Tier family, Routes routes) { return routes.tiers().contains(family) ? family : family.usual(); }

    /// Some models may answer with their whole window, but the conversation needs room too.
    private static long answer(Model model) {
        return Math.min(Math.min(model.output(), USUAL_ANSWER), Math.max(1024, model.context() / 4));
    }
}
