package lib.cli;

import lib.dialect.Route;
import lib.provider.Config;
import lib.provider.Routes;
import lib.wire.ApiError;
import lib.wire.Ids;
import lib.wire.Json;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Claude Code as a child of its own proxy: both begin and end together, and no file of the user's is touched.
final class Code {
    /// Claude Code plans with no more than this of an answer, and keeps it free in the window.
    private static final long USUAL_ANSWER = 32_000;
    private static final List<String> TAKEN_OUT = List.of("ANTHROPIC_API_KEY", "CLAUDE_CODE_USE_BEDROCK", "CLAUDE_CODE_USE_VERTEX", "CLAUDE_CODE_USE_FOUNDRY");

    private Code() {}

    static int run(Config given, List<String> arguments) throws IOException, InterruptedException {
        var claude = find(given.get("PATH"));
        if (claude.isEmpty()) {
            System.err.println("Claude Code is not installed: no `claude` on the PATH. Install it with\n  npm install -g @anthropic-ai/claude-code");
            return 127;
        }
        var token = Ids.token(32);
        var config = given.with("FREECC_API_KEY", token);
        var serve = new Serve(config);
        var server = serve.start("127.0.0.1", 0, config.stateFolder().resolve("claude-proxy.log"), null);
        Signals.leaveInterruptToChild();
        try (server) {
            serve.routes.complaints().forEach(System.err::println);
            var settings = settings(serve.routes, "http://127.0.0.1:" + server.port(), token, config.get("NO_PROXY"));
            var command = new ArrayList<>(List.of(claude, "--settings", Json.write(Json.object("env", Json.object(flat(settings))))));
            command.addAll(arguments);
            var child = new ProcessBuilder(command).inheritIO();
            TAKEN_OUT.forEach(child.environment()::remove);
            child.environment().putAll(settings);
            return child.start().waitFor();
        }
    }

    private static Map<String, String> settings(Routes routes, String url, String token, String noProxy) {
        var env = new LinkedHashMap<String, String>();
        env.put("ANTHROPIC_BASE_URL", url);
        env.put("ANTHROPIC_AUTH_TOKEN", token);
        env.put("NO_PROXY", (noProxy.isEmpty() ? "" : noProxy + ",") + "127.0.0.1,localhost");
        env.put("no_proxy", env.get("NO_PROXY"));
        for (var size : List.of("OPUS", "SONNET", "FABLE")) env.put("ANTHROPIC_DEFAULT_" + size + "_MODEL", Routes.LISTED + "big");
        env.put("ANTHROPIC_DEFAULT_HAIKU_MODEL", Routes.LISTED + "small");
        try {
            var big = routes.big();
            for (var size : List.of("OPUS", "SONNET", "FABLE")) env.put("ANTHROPIC_DEFAULT_" + size + "_MODEL_NAME", big.label());
            env.put("CLAUDE_CODE_MAX_CONTEXT_TOKENS", String.valueOf(big.model().context()));
            env.put("CLAUDE_CODE_MAX_OUTPUT_TOKENS", String.valueOf(answer(big)));
            env.put("ANTHROPIC_DEFAULT_HAIKU_MODEL_NAME", routes.small().label());
        } catch (ApiError | Config.Wrong e) {
            return env;   // said above; the first request will say it again
        }
        // What settings.json may say against it.
        for (var name : TAKEN_OUT) env.put(name, "");
        return env;
    }

    /// Some models are allowed an answer as long as their window: the conversation needs room beside it.
    private static long answer(Route big) { return Math.min(Math.min(big.model().output(), USUAL_ANSWER), Math.max(1024, big.model().context() / 4)); }

    private static Object[] flat(Map<String, String> map) {
        return map.entrySet().stream().flatMap(entry -> java.util.stream.Stream.<Object>of(entry.getKey(), entry.getValue())).toArray();
    }

    private static String find(String path) {
        for (var folder : path.split(File.pathSeparator))
            for (var name : List.of("claude", "claude.exe", "claude.cmd")) {
                var file = Path.of(folder.isEmpty() ? "." : folder, name);
                if (Files.isRegularFile(file) && Files.isExecutable(file)) return file.toString();
            }
        return "";
    }
}
