import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// GitHub's workflows: what starts them, what they may do, that what they run is in the repository, and that nobody can change what
/// they use. It reads them with a YAML parser; a typing error, which GitHub would only show after a push, fails here.
class WorkflowsTest {
    private static final Path FOLDER = Path.of(".github/workflows");
    private static final Set<String> KEYS = Set.of("name", "on", "permissions", "jobs"),
        JOB_KEYS = Set.of("needs", "uses", "runs-on", "timeout-minutes", "permissions", "steps"), STEP_KEYS = Set.of("uses", "with", "run", "env");
    private static final Map<String, String> READS = Map.of("contents", "read");

    @Test void everyPushAndPullRequestIsTested() throws IOException {
        assertEquals(Set.of("push", "pull_request", "workflow_call"), map(read("test.yml").get("on")).keySet());
        assertEquals(List.of(".ci/run"), runs(map(jobs("test.yml").get("test"))));
    }

    @Test void aTagIsTestedBuiltAndPublished() throws IOException {
        assertEquals(Map.of("push", Map.of("tags", List.of("v*"))), read("release.yml").get("on"));
        assertEquals("./.github/workflows/test.yml", map(jobs("release.yml").get("test")).get("uses"));
        var release = map(jobs("release.yml").get("release"));
        assertEquals("test", release.get("needs"));
        assertEquals(List.of("ops/release", "ops/publish"), runs(release).stream().map(line -> line.split(" ")[0]).toList());
    }

    @Test void onlyTheJobThatPublishesMayWrite() throws IOException {
        for (var file : files()) {
            assertEquals(READS, read(file).get("permissions"), file);
            jobs(file).forEach((name, job) -> assertEquals(name.equals("release") ? Map.of("contents", "write") : null,
                map(job).get("permissions"), file + " " + name));
        }
    }

    @Test void everyRunNamesAProgramOfTheRepository() throws IOException {
        var broken = new ArrayList<String>();
        for (var file : files()) for (var job : jobs(file).values()) for (var line : runs(map(job)))
            if (!Files.isExecutable(Path.of(line.split(" ")[0])) || line.contains("${{") || line.contains("\n")) broken.add(file + ": " + line);
        assertEquals(List.of(), broken);
    }

    /// A tag of an action can be moved by whoever takes over its repository; a commit cannot.
    @Test void everyActionIsPinnedByItsCommit() throws IOException {
        var broken = new ArrayList<String>();
        for (var file : files()) for (var job : jobs(file).values()) {
            var used = Stream.concat(Stream.of(map(job)), steps(map(job)).stream()).filter(one -> one.containsKey("uses"));
            for (var one : used.map(step -> step.get("uses").toString()).toList()) {
                var isPinned = one.startsWith("./") ? Files.isRegularFile(Path.of(one)) : one.matches("actions/[a-z-]+@[0-9a-f]{40}");
                if (!isPinned) broken.add(file + ": " + one);
            }
        }
        assertEquals(List.of(), broken);
    }

    @Test void everyKeyIsKnown() throws IOException {
        for (var file : files()) {
            assertEquals(KEYS, read(file).keySet(), file);
            for (var job : jobs(file).values()) {
                assertTrue(JOB_KEYS.containsAll(map(job).keySet()), file + ": " + job);
                assertTrue(map(job).containsKey("uses") || map(job).containsKey("timeout-minutes"), file + ": no time limit: " + job);
                for (var step : steps(map(job))) assertTrue(STEP_KEYS.containsAll(step.keySet()), file + ": " + step);
            }
        }
    }

    private static List<String> files() throws IOException {
        try (var list = Files.list(FOLDER)) {
            return list.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static Map<?, ?> read(String file) throws IOException {
        return map(new Load(LoadSettings.builder().setLabel(file).build()).loadFromString(Files.readString(FOLDER.resolve(file))));
    }

    private static Map<?, ?> jobs(String file) throws IOException { return map(read(file).get("jobs")); }

    private static List<Map<?, ?>> steps(Map<?, ?> job) {
        var steps = new ArrayList<Map<?, ?>>();
        if (job.get("steps") instanceof List<?> list) list.forEach(step -> steps.add(map(step)));
        return steps;
    }

    private static List<String> runs(Map<?, ?> job) {
        return steps(job).stream().filter(step -> step.containsKey("run")).map(step -> step.get("run").toString()).toList();
    }

    private static Map<?, ?> map(Object value) { return (Map<?, ?>) value; }
}
