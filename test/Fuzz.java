///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS com.code-intelligence:jazzer:0.30.0
//DEPS com.squareup.okhttp3:mockwebserver3:5.5.1
//DEPS org.junit.jupiter:junit-jupiter:6.1.3
//DEPS com.networknt:json-schema-validator:3.0.9
//DEPS com.anthropic:anthropic-java-core:3.12.0
//SOURCES ../FreeCC.java
//SOURCES FuzzTarget.java Cases.java Schemas.java Case.java AwsFrames.java FaultyAnswer.java lib/reply/StreamLaw.java
//RUNTIME_OPTIONS -XX:+EnableDynamicAgentLoading --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED

import com.code_intelligence.jazzer.Jazzer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Looks for bytes that break FreeCC, with Jazzer, which learns from the branches that each input takes:
/// `./jbang test/Fuzz.java [SECONDS]`, from the repository's folder; by hand. What it finds goes into test/fuzz once it is mended.
public class Fuzz {
    private static FuzzTarget target;

    public static void main(String... arguments) throws Exception {
        var folder = Files.createTempDirectory("freecc-fuzz");
        var corpus = Files.createDirectories(folder.resolve("corpus"));
        try (var seeds = new FuzzTarget(folder)) {
            var n = 0;
            for (var seed : seeds.seeds()) Files.write(corpus.resolve("seed-" + n++), seed);
        }
        var seconds = arguments.length > 0 ? arguments[0] : "300";
        Jazzer.main(List.of("--target_class=Fuzz", "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.ServerSideRequestForgery", "--instrumentation_includes=lib.**", "--reproducer_path=" + folder, "-max_total_time=" + seconds, "-max_len=20000", "-timeout=20",
            "-artifact_prefix=" + folder + "/", corpus.toString()).toArray(String[]::new));
    }

    /// Loads the classes that the seeds need, with all that Jazzer does to them: no input is to be blamed for the time.
    public static void fuzzerInitialize() throws IOException {
        target = new FuzzTarget(Files.createTempDirectory("freecc-fuzz"));
        target.seeds().forEach(target::test);
    }

    public static void fuzzerTestOneInput(byte[] input) { target.test(input); }
}
