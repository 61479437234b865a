import lib.config.Config;
import lib.ledger.Metrics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// The files of ops, read by parsers of their kinds, and compared with each other and with what FreeCC really is: its paths, ports,
/// settings and metrics, and the time that it takes to stop.
class OpsTest {
    private static final Path OPS = Path.of("ops"), KUBERNETES = OPS.resolve("kubernetes/freecc.yaml");
    private static final Set<String> PATHS = Set.of("/health", "/health/live", "/metrics");
    private static final Pattern VARIABLE = Pattern.compile("\\b(?:FREECC|MAX|SHUTDOWN|BIG|SMALL)_[A-Z_]+\\b");

    @Test void kubernetesHasWhatItsReplicasNeed() throws IOException {
        var kinds = documents(KUBERNETES).stream().map(part -> part.get("apiVersion") + " " + part.get("kind")).toList();
        assertEquals(List.of("apps/v1 Deployment", "v1 Service", "policy/v1 PodDisruptionBudget", "autoscaling/v2 HorizontalPodAutoscaler"), kinds);
        for (var part : documents(KUBERNETES)) {
            assertEquals("freecc", at(part, "metadata", "name"));
            assertTrue(part.get("spec") instanceof Map, part.toString());
        }
    }

    @Test void eachSelectorFindsThePods() throws IOException {
        var labels = at(kind("Deployment"), "spec", "template", "metadata", "labels");
        assertEquals(labels, at(kind("Deployment"), "spec", "selector", "matchLabels"));
        assertEquals(labels, at(kind("Service"), "spec", "selector"));
        assertEquals(labels, at(kind("PodDisruptionBudget"), "spec", "selector", "matchLabels"));
        assertEquals(Map.of("apiVersion", "apps/v1", "kind", "Deployment", "name", at(kind("Deployment"), "metadata", "name")),
            at(kind("HorizontalPodAutoscaler"), "spec", "scaleTargetRef"));
        assertEquals(null, at(kind("Deployment"), "spec", "replicas"), "the autoscaler sets them, and an apply would set them back");
    }

    @Test void portsAndProbesAreTheProgrammesOwn() throws IOException {
        var container = container();
        var port = (Map<?, ?>) ((List<?>) container.get("ports")).getFirst();
        assertEquals(new Config(Map.of()).port(), port.get("containerPort"));
        assertEquals(port.get("name"), at((Map<?, ?>) ((List<?>) at(kind("Service"), "spec", "ports")).getFirst(), "targetPort"));
        assertEquals("/health", at(container, "readinessProbe", "httpGet", "path"), "readiness fails as soon as FreeCC is asked to stop");
        for (var probe : List.of("livenessProbe", "startupProbe")) assertEquals("/health/live", at(container, probe, "httpGet", "path"), probe);
        for (var probe : List.of("livenessProbe", "startupProbe", "readinessProbe")) assertEquals(port.get("name"), at(container, probe, "httpGet", "port"));
        var annotations = (Map<?, ?>) at(kind("Deployment"), "spec", "template", "metadata", "annotations");
        assertTrue(PATHS.contains(annotations.get("prometheus.io/path")) && annotations.get("prometheus.io/port").equals("" + port.get("containerPort")));
    }

    @Test void nothingRunsAsRootOrWritesIntoItsImage() throws IOException {
        var pod = (Map<?, ?>) at(kind("Deployment"), "spec", "template", "spec");
        assertEquals(true, at(pod, "securityContext", "runAsNonRoot"));
        assertEquals(false, at(container(), "securityContext", "allowPrivilegeEscalation"));
        assertEquals(true, at(container(), "securityContext", "readOnlyRootFilesystem"));
        assertEquals(List.of("ALL"), at(container(), "securityContext", "capabilities", "drop"));
        var user = docker("USER").getFirst();
        assertEquals(at(pod, "securityContext", "runAsUser") + ":" + at(pod, "securityContext", "runAsGroup"), user);
        assertTrue(docker("RUN").stream().anyMatch(run -> run.contains("--uid " + user.split(":")[0])), "the user exists");
        var volumes = names(pod.get("volumes"));
        assertEquals(volumes, names(container().get("volumeMounts")), "each volume is mounted, and each mount is a volume");
        var service = (Map<?, ?>) at(documents(OPS.resolve("compose.yaml")).getFirst(), "services", "freecc");
        assertEquals(true, service.get("read_only"));
        assertEquals(List.of("ALL"), service.get("cap_drop"));
    }

    /// Whoever stops FreeCC gives it at least as long as it may take.
    @Test void nobodyKillsAStreamBeforeItsTime() throws IOException {
        var most = new Config(Map.of()).shutdownTimeout().toSeconds();
        var pod = (Map<?, ?>) at(kind("Deployment"), "spec", "template", "spec");
        var graces = Map.of("Kubernetes", "" + pod.get("terminationGracePeriodSeconds"),
            "compose", ("" + at(documents(OPS.resolve("compose.yaml")).getFirst(), "services", "freecc", "stop_grace_period")).replace("s", ""),
            "systemd", unit("TimeoutStopSec"));
        graces.forEach((who, grace) -> assertTrue(Long.parseLong(grace) >= most + 10, who + " waits " + grace + " s"));
        assertEquals(List.of("SIGTERM"), docker("STOPSIGNAL"));
        for (var file : List.of(KUBERNETES, OPS.resolve("compose.yaml")))
            assertTrue(Files.readString(file).matches("(?s).*SHUTDOWN_TIMEOUT[\": ,value]+" + most + ".*"), file + " names the same time");
    }

    @Test void theAutoscalersMetricExists() throws IOException {
        var metric = (Map<?, ?>) ((List<?>) at(kind("HorizontalPodAutoscaler"), "spec", "metrics")).getFirst();
        var name = at(metric, "pods", "metric", "name").toString();
        var scraped = new String(new Metrics(() -> 3, "1").scrape("text/plain").text());
        assertTrue(scraped.contains("\n" + name + " 3"), scraped);
        assertTrue((Integer) at(kind("HorizontalPodAutoscaler"), "spec", "minReplicas") > (Integer) at(kind("PodDisruptionBudget"), "spec", "minAvailable"),
            "else no node could be emptied");
    }

    @Test void everySettingIsOneThatFreeCCReads() throws IOException {
        var known = VARIABLE.matcher(Files.readString(Path.of(".env.example"))).results().map(found -> found.group()).collect(Collectors.toSet());
        try (var files = Files.walk(OPS)) {
            for (var file : files.filter(Files::isRegularFile).toList())
                for (var name : VARIABLE.matcher(Files.readString(file)).results().map(found -> found.group()).toList())
                    assertTrue(known.contains(name), file + " names " + name);
        }
    }

    @Test void theImageIsBuiltOfWhatIsThere() throws IOException {
        var missing = new TreeSet<String>();
        for (var copy : docker("COPY")) if (!copy.startsWith("--from")) {
            var words = List.of(copy.split(" "));
            for (var source : words.subList(0, words.size() - 1)) if (!Files.exists(Path.of(source))) missing.add(source);
        }
        assertEquals(Set.of(), missing);
        for (var from : docker("FROM")) assertTrue(from.split(" ")[0].matches("[\\w./-]+:[\\w.-]+") && !from.contains(":latest"), from);
        assertEquals(List.of("" + new Config(Map.of()).port()), docker("EXPOSE"));
        assertTrue(docker("HEALTHCHECK").getFirst().contains("/health "), "the path that fails when it stops");
        assertEquals(List.of("FROM", "WORKDIR", "COPY", "RUN", "USER", "ENV", "EXPOSE", "HEALTHCHECK", "STOPSIGNAL", "ENTRYPOINT", "CMD"),
            instructions().stream().map(line -> line.split(" ")[0]).distinct().toList());
    }

    @Test void nginxPassesWhatFreeCCTakes() throws IOException {
        var text = Files.readString(OPS.resolve("nginx.conf"));
        var services = ((Map<?, ?>) at(documents(OPS.resolve("compose.yaml")).getFirst(), "services")).keySet();
        Pattern.compile("server (\\S+):(\\d+) ").matcher(text).results().forEach(server -> {
            assertTrue(services.contains(server.group(1)), server.group());
            assertEquals("" + new Config(Map.of()).port(), server.group(2));
        });
        assertTrue(text.contains("client_max_body_size " + lib.wire.Bounds.REQUEST / 1024 / 1024 + "m;") && text.contains("proxy_buffering off;"));
    }

    @Test void nginxTakesItsFile(@TempDir Path folder) throws Exception {
        if (!isThere("/usr/sbin/nginx")) return;
        var text = Files.readString(OPS.resolve("nginx.conf")).replaceAll("freecc(-2)?:8082", "127.0.0.1:8082").replace("/tmp/", folder + "/");
        var file = Files.writeString(folder.resolve("nginx.conf"), text);
        assertEquals("", run("/usr/sbin/nginx", "-t", "-q", "-p", folder.toString(), "-c", file.toString()));
    }

    @Test void systemdTakesItsUnit(@TempDir Path folder) throws Exception {
        var user = unit("DynamicUser");
        assertEquals("yes", user, "it has no user of its own to run as root with");
        assertEquals("/opt/freecc/freecc serve", unit("ExecStart"));
        if (!isThere("/usr/bin/systemd-analyze")) return;
        var unit = Files.writeString(folder.resolve("freecc.service"), Files.readString(OPS.resolve("freecc.service")).replace("/opt/freecc/freecc", "/bin/true"));
        assertEquals("", run("/usr/bin/systemd-analyze", "verify", "--man=no", unit.toString()));
    }

    /// A key of the example is nobody's.
    @Test void theExampleOfASecretHoldsNone() throws IOException {
        var secret = documents(OPS.resolve("kubernetes/secret.example.yaml")).getFirst();
        assertEquals("v1 Secret", secret.get("apiVersion") + " " + secret.get("kind"));
        var names = Stream.of(at(container(), "envFrom")).map(List.class::cast).map(list -> at((Map<?, ?>) list.getFirst(), "secretRef", "name")).toList();
        assertEquals(List.of(at(secret, "metadata", "name")), names);
    }

    private static boolean isThere(String program) {
        if (Files.isExecutable(Path.of(program))) return true;
        System.out.println("SKIPPED: no " + program + " here");
        return false;
    }

    /// What it says, if anything is wrong.
    private static String run(String... command) throws Exception {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes());
        assertTrue(process.waitFor(30, TimeUnit.SECONDS), said);
        return process.exitValue() == 0 ? said.strip() : "left with " + process.exitValue() + ": " + said;
    }

    private static List<Map<?, ?>> documents(Path file) throws IOException {
        var documents = new ArrayList<Map<?, ?>>();
        var settings = LoadSettings.builder().setLabel(file.toString()).setAllowDuplicateKeys(false).build();
        for (var document : new Load(settings).loadAllFromString(Files.readString(file))) documents.add((Map<?, ?>) document);
        return documents;
    }

    private static Map<?, ?> kind(String kind) throws IOException {
        return documents(KUBERNETES).stream().filter(part -> part.get("kind").equals(kind)).findFirst().orElseThrow();
    }

    private static Map<?, ?> container() throws IOException {
        return (Map<?, ?>) ((List<?>) at(kind("Deployment"), "spec", "template", "spec", "containers")).getFirst();
    }

    private static Object at(Map<?, ?> from, String... path) {
        Object value = from;
        for (var key : path) value = value instanceof Map<?, ?> map ? map.get(key) : null;
        return value;
    }

    private static Set<Object> names(Object list) { return ((List<?>) list).stream().map(one -> (Object) ((Map<?, ?>) one).get("name")).collect(Collectors.toSet()); }

    /// The Dockerfile's instructions, each on one line.
    private static List<String> instructions() throws IOException {
        var text = Files.readString(OPS.resolve("Dockerfile")).replaceAll("(?m)^#.*\n", "").replaceAll("\\\\\n\\s*", "");
        return text.lines().filter(line -> !line.isBlank()).toList();
    }

    private static List<String> docker(String instruction) throws IOException {
        return instructions().stream().filter(line -> line.startsWith(instruction + " ")).map(line -> line.substring(instruction.length() + 1)).toList();
    }

    private static String unit(String key) throws IOException {
        return Arrays.stream(Files.readString(OPS.resolve("freecc.service")).split("\n")).filter(line -> line.startsWith(key + "=")).findFirst().orElse("=").split("=", 2)[1];
    }
}
