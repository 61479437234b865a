package lib.cli;

import module java.base;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import lib.config.*;
import lib.server.*;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Every command in the documents is run, or listed here with the reason why not. `claude` is a stand-in that asks the FreeCC it
/// is started on for a reply, and all commands share one running FreeCC with the demo model.
class DocumentedCommandsTest {
    private static final Map<String, String> NOT_RUN = Map.ofEntries(
        Map.entry("git clone <this repository> ~/freecc", "internet"),
        Map.entry("npm install -g @anthropic-ai/claude-code", "internet; test/ClaudeCode.java does it"),
        Map.entry("jbang freecc@https://github.com/<owner>/<repository>/releases/latest/download/jbang-catalog.json code", "internet; test/release.py runs it from loopback"),
        Map.entry("jbang freecc@<owner>/<repository>", "internet; test/wrapper.sh runs it from loopback"),
        Map.entry("jbang freecc@.", "test/wrapper.sh runs it"),
        Map.entry("jbang FreeCC.java", "test/wrapper.sh runs it"),
        Map.entry("./jbang FreeCC.java --server", "test/wrapper.sh runs it"),
        Map.entry("jbang freecc@. --server", "ServerJvmTest runs the same"),
        Map.entry("java -jar freecc.jar --server", "ServerJvmTest runs the same"),
        Map.entry("java -jar freecc.jar code", "test/release.py runs it"),
        Map.entry("freecc init", "asks in a terminal; test/terminal.py answers"),
        Map.entry("freecc login github_copilot", "internet; SignInTest plays GitHub"),
        Map.entry("freecc login <provider>", "internet; SignInTest plays GitHub"),
        Map.entry("freecc login", "names a command in prose; the line above"),
        Map.entry("freecc models --refresh", "internet; ModelsTest plays models.dev"),
        Map.entry("freecc check groq/openai/gpt-oss-20b", "internet; CheckupTest plays the provider"),
        Map.entry("./jbang test/Tests.java", "is what runs this"),
        Map.entry("./jbang test/Tests.java openai-chat House", "is what runs this"),
        Map.entry("./jbang test/Tests.java --update [NAME...]", "changes the cases"),
        Map.entry("./jbang test/ClaudeCode.java [NAME...]", ".ci/run runs it"),
        Map.entry("./jbang test/Browser.java [NAME...]", ".ci/run runs it"),
        Map.entry("./jbang test/Fuzz.java [SECONDS]", "is run by hand; FuzzTest replays what it found"),
        Map.entry("./jbang test/Soak.java [MINUTES [STREAMS]]", "half an hour"),
        Map.entry("test/terminal.py", ".ci/run runs it"),
        Map.entry("test/sdk/run", ".ci/run runs it"),
        Map.entry("test/bench.py", ".ci/run runs it"),
        Map.entry("bench/run", "ten minutes"),
        Map.entry("bench/run --quick --rows first-token", "test/bench.py runs it"),
        Map.entry("bench/run --rows first-token,throughput", "a minute; test/bench.py runs one row"),
        Map.entry("bench/run --dialect responses --tls", "ten minutes"),
        Map.entry("bench/run --freecc before=/tmp/freecc-before", "ten minutes, and another checkout"),
        Map.entry("bench/run --mock-port 9100 --proxy other=http://127.0.0.1:3456 --prefix other=openai/", "needs another proxy"),
        Map.entry("bench/run --mock-port 9100 --proxy direct=http://127.0.0.1:9100", "ten minutes"),
        Map.entry("bench/leak", "ten minutes"),
        Map.entry("test/release.py", ".ci/run runs it"),
        Map.entry("ops/release /tmp/release", "test/release.py runs it"),
        Map.entry("ops/publish /tmp/release v0.2.0", "internet; test/release.py runs it with a stand-in for gh"),
        Map.entry("test/real.sh", "internet, and an hour"),
        Map.entry("sudo ops/build /opt/freecc", "needs root"),
        Map.entry("aws sso login", "another program, and internet"),
        Map.entry("aws sso login --profile work", "another program, and internet"),
        Map.entry("gcloud auth application-default login", "another program, and internet"),
        Map.entry("oci setup config", "another program, and internet"),
        Map.entry("oci session authenticate", "another program, and internet"));
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(sh|bash|shell|console)\n(.*?)^```"), FENCE = Pattern.compile("(?ms)^```.*?^```"),
        INLINE = Pattern.compile("`((?:sudo |\\./)?(?:freecc|jbang|ops|test|npm|npx|aws|gcloud|oci|java|source|git|docker|kubectl|curl|claude|pip|apt-get)[ /][^`\n]*)`"),
        FILE_NAME = Pattern.compile("[\\w./<>-]+"), COMMENT = Pattern.compile("(?m)(^|\\s+)#( .*)?$");

    @TempDir static Path home;
    private static Server server;
    private static String port;

    @BeforeAll static void start() throws IOException {
        var config = new Config(Map.of("BIG_MODEL_PROVIDER", "demo", "LEDGER", "false", "HOME", home.toString()));
        server = new Serve(config).start("127.0.0.1", 0, home.resolve("log"), Optional.empty());
        port = String.valueOf(server.port());
        var java = Path.of(System.getProperty("java.home"), "bin", "java") + " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '"
            + System.getProperty("java.class.path") + "' FreeCC \"$@\"";
        Files.createDirectory(home.resolve("bin"));
        program("claude", "exec curl -sSf --noproxy '*' \"$ANTHROPIC_BASE_URL/v1/messages\" -H \"authorization: Bearer $ANTHROPIC_AUTH_TOKEN\" "
            + "-H 'content-type: application/json' -d '{\"model\":\"sonnet\",\"max_tokens\":99,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}'");
        program("freecc", """
            case " $* " in
            *" serve "* | *" --port "*) ;;
            *) exec %s;;
            esac
            PORT=0 %s >"$HOME/served" 2>&1 & served=$!
            for try in $(seq 600); do grep -q 'listening on http' "$HOME/served" && break; kill -0 $served || break; sleep 0.1; done
            kill -TERM $served; cat "$HOME/served"; wait $served""".formatted(java, java.replace("\"$@\"", "\"$@\"")));
        Files.writeString(home.resolve("settings"), "BIG_MODEL_PROVIDER=demo\n");
    }

    @AfterAll static void stop() { server.close(); }

    private static void program(String name, String script) throws IOException {
        assertTrue(Files.writeString(home.resolve("bin").resolve(name), "#!/bin/bash\n" + script + "\n").toFile().setExecutable(true));
    }

    @TestFactory Stream<DynamicTest> everyCommandRuns() throws IOException {
        var runs = new LinkedHashSet<String>();
        for (var unit : units()) {
            var lines = unit.lines().filter(line -> !NOT_RUN.containsKey(line)).collect(Collectors.joining("\n"));
            if (!lines.isEmpty()) runs.add(lines);
        }
        assertTrue(runs.size() > 15);
        return runs.stream().map(script -> DynamicTest.dynamicTest(script.replace("\n", "; "), () -> run(script)));
    }

    @Test void whatIsListedIsInTheDocuments() throws IOException {
        var commands = units().stream().flatMap(String::lines).collect(Collectors.toSet());
        assertEquals(List.of(), NOT_RUN.keySet().stream().filter(command -> !commands.contains(command)).toList());
    }

    /// What `source <(freecc completion)` leaves behind in bash completes commands and options.
    @Test void theCompletionCompletes() throws Exception {
        var script = "compopt() { :; }; source <(freecc completion); COMP_WORDS=(freecc %s); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _complete_freecc; echo \"${COMPREPLY[@]}\"";
        assertEquals("serve statusline", shell(script.formatted("s")));
        assertEquals("--by", shell(script.formatted("usage --b")));
        assertTrue(shell(script.formatted("''")).contains("init"));
    }

    private static void run(String script) throws Exception {
        var text = script.replace("https://llm.example:8082", "http://127.0.0.1:" + port).replace(":8082", ":" + port)
            .replace("--port 8083", "--port 0").replace("--env-file FILE", "--env-file ~/settings").replace("<part of a name>", "sonnet");
        var said = shell(text + (text.startsWith("source ") ? "; complete -p freecc" : ""));
        assertTrue(!said.contains("freecc: ") && !said.contains("Usage:"), said);
        if (text.contains("freecc code") || text.contains("\nclaude")) assertTrue(said.contains("\"type\":\"message\""), said);
        if (!text.startsWith("alias") && !text.startsWith("export")) assertTrue(!said.isBlank());
    }

    private static String shell(String script) throws Exception {
        var builder = new ProcessBuilder("timeout", "120", "bash", "-eo", "pipefail", "-c", script).directory(home.toFile()).redirectErrorStream(true);
        var path = builder.environment().get("PATH");
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", home.resolve("bin") + ":" + path, "HOME", home.toString(), "LANG", "C.UTF-8",
            "BIG_MODEL_PROVIDER", "demo", "SUBAGENT_MODEL", "demo/demo"));
        var process = builder.start();
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertEquals(0, process.waitFor(), script + "\n" + said);
        return said;
    }

    /// Each block of commands, and each command within the prose.
    private static Set<String> units() throws IOException {
        var units = new LinkedHashSet<String>();
        for (var document : documents()) {
            var text = Files.readString(document);
            for (var block : BLOCK.matcher(text).results().toList()) units.add(COMMENT.matcher(block.group(2)).replaceAll("").strip());
            for (var span : INLINE.matcher(FENCE.matcher(text).replaceAll("")).results().toList())
                if (span.group(1).contains(" ") || !FILE_NAME.matcher(span.group(1)).matches()) units.add(span.group(1));
        }
        return units;
    }

    private static List<Path> documents() throws IOException {
        try (var files = Files.walk(Path.of("."))) {
            return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
        }
    }
}
