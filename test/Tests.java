///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS com.squareup.okhttp3:mockwebserver3:5.5.1
//DEPS org.junit.jupiter:junit-jupiter:6.1.3
//DEPS org.junit.platform:junit-platform-launcher:6.1.3
//DEPS com.fasterxml.jackson.core:jackson-annotations:2.21 org.slf4j:slf4j-nop:2.0.17
//DEPS com.networknt:json-schema-validator:3.0.9
//DEPS com.anthropic:anthropic-java-core:3.12.0
//SOURCES ../FreeCC.java
//SOURCES Broken.java Case.java Cases.java Rows.java AwsFrames.java Schemas.java House.java
//SOURCES lib/**/*.java
//RUNTIME_OPTIONS -XX:+UseSerialGC -XX:TieredStopAtLevel=1 --sun-misc-unsafe-memory-access=allow

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;

/// Runs every test but those with the real client: `./jbang test/Tests.java [--update] [part of a name]`.
/// `--update` writes what came out into the cases' expected sections; `git diff` reviews it.
public class Tests {
    public static void main(String... arguments) {
        System.setProperty("freecc.update", String.valueOf(Arrays.asList(arguments).contains("--update")));
        System.setProperty("freecc.only", Arrays.stream(arguments).filter(argument -> !argument.startsWith("--")).findFirst().orElse(""));
        var told = new Told();
        LauncherFactory.create().execute(request(), told);
        System.out.println(told.passed + " passed, " + told.failed + " failed");
        System.exit(told.failed > 0 || told.passed == 0 ? 1 : 0);
    }

    private static LauncherDiscoveryRequest request() {
        try {
            var classes = Path.of(Tests.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            return LauncherDiscoveryRequestBuilder.request().selectors(DiscoverySelectors.selectClasspathRoots(Set.of(classes)))
                .filters(ClassNameFilter.includeClassNamePatterns(".*Test|Cases|Broken|Rows|House")).build();
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Told implements TestExecutionListener {
        private int passed, failed;

        @Override public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            var failure = result.getThrowable();
            if (test.isTest() && failure.isEmpty()) passed++;
            if (failure.isEmpty()) return;
            failed++;
            System.out.println("FAIL " + test.getDisplayName() + "\n" + (failure.get() instanceof AssertionError e ? e.getMessage() : trace(failure.get())) + "\n");
        }

        private static String trace(Throwable failure) {
            return failure + "\n" + String.join("\n", Arrays.stream(failure.getStackTrace()).limit(12).map(line -> "    at " + line).toList());
        }
    }
}
