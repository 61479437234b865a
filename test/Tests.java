///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS com.squareup.okhttp3:mockwebserver3:5.5.1
//DEPS org.junit.jupiter:junit-jupiter:6.1.3
//DEPS org.junit.platform:junit-platform-launcher:6.1.3
//DEPS com.fasterxml.jackson.core:jackson-annotations:2.21 org.slf4j:slf4j-nop:2.0.17
//DEPS com.networknt:json-schema-validator:3.0.9 org.snakeyaml:snakeyaml-engine:3.0.1
//DEPS com.anthropic:anthropic-java-core:3.12.0
//SOURCES ../FreeCC.java
//SOURCES Only.java TestName.java Report.java OnlyTest.java JarsTest.java WorkflowsTest.java OpsTest.java
//SOURCES Faults.java FaultTable.java FaultyAnswer.java FaultyProvider.java FaultyView.java FaultyTime.java FuzzTarget.java FuzzTest.java
//SOURCES Broken.java Case.java Cases.java Rows.java RowDialects.java AwsFrames.java Schemas.java House.java HouseStyle.java
//SOURCES lib/**/*.java
//FILES META-INF/services/org.junit.jupiter.api.extension.Extension=extensions
// javac is done before the optimizing compiler pays off: this halves its processor time.
//JAVAC_OPTIONS -J-XX:TieredStopAtLevel=1
//RUNTIME_OPTIONS -XX:+UseSerialGC -XX:TieredStopAtLevel=1 --sun-misc-unsafe-memory-access=allow

import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

import lib.listen.Listener;
import lib.wire.Proxies;
import lib.wire.Upstream;

import java.io.PrintStream;
import java.lang.invoke.MethodHandles;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Runs every test but those with the real client, or only those with a NAME in theirs: `./jbang test/Tests.java [--update] [NAME...]`.
/// `--update` writes what came out into the cases' expected sections; `git diff` reviews it.
public class Tests {
    private static final String UPDATE = "--update";

    public static void main(String... arguments) throws URISyntaxException, IllegalAccessException {
        for (var argument : arguments)
            if (argument.startsWith("-") && !argument.equals(UPDATE)) {
                System.err.println("unknown option '" + argument + "'; usage: ./jbang test/Tests.java [" + UPDATE + "] [NAME...]");
                System.exit(2);
            }
        System.setProperty("freecc.update", String.valueOf(List.of(arguments).contains(UPDATE)));
        var classes = Path.of(Tests.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        var all = LauncherDiscoveryRequestBuilder.request().selectors(DiscoverySelectors.selectClasspathRoots(Set.of(classes)))
            .filters(ClassNameFilter.includeClassNamePatterns(".*Test|Cases|Broken|Faults|Rows|RowDialects|House|HouseStyle"));
        new Upstream(new Proxies(_ -> ""));   // it sets what the JDK's client reads once, before the tests' own clients do
        MethodHandles.lookup().ensureInitialized(Listener.class);   // so does this for the JDK's server
        var report = run(all, Stream.of(arguments).filter(argument -> !argument.equals(UPDATE)).toList(), System.out);
        System.out.println(report.passed() + " passed, " + report.failed() + " failed");
        System.exit(report.failed() > 0 || report.passed() == 0 ? 1 : 0);
    }

    static Report run(LauncherDiscoveryRequestBuilder tests, List<String> names, PrintStream out) {
        var report = new Report(out);
        LauncherFactory.create().execute(Only.filter(tests, names).build(), report);
        for (var name : names) report.expect(name);
        return report;
    }
}
