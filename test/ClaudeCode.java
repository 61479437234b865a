///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS org.junit.jupiter:junit-jupiter:6.1.3
//DEPS org.junit.platform:junit-platform-launcher:6.1.3
//DEPS com.squareup.okhttp3:mockwebserver3:5.5.1
//DEPS com.google.code.gson:gson:2.15.0
//SOURCES claude/Client.java claude/Desk.java claude/Fetched.java claude/Json.java claude/Launched.java claude/Proxy.java claude/Replaced.java claude/Replicas.java claude/Run.java claude/Served.java claude/Shown.java claude/Spoken.java claude/Survived.java claude/Structured.java claude/Tongue.java claude/Upstream.java
//DEPS software.amazon.eventstream:eventstream:1.0.1

import claude.Fetched;
import claude.Launched;
import claude.Replaced;
import claude.Replicas;
import claude.Served;
import claude.Shown;
import claude.Spoken;
import claude.Structured;
import claude.Survived;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The real Claude Code, end to end: ./jbang test/ClaudeCode.java, from the repository's folder.
/// It is fetched from npm; FreeCC runs as people run it; the model behind it plays a script.
/// With NAMEs, only the tests with one of these in `Class.method` or in what they are called run.
void main(String... names) {
    for (var name : names)
        if (name.startsWith("-")) {
            System.err.println("unknown option '" + name + "'; usage: ./jbang test/ClaudeCode.java [NAME...]");
            System.exit(2);
        }
    var summary = new SummaryGeneratingListener();
    var met = new HashSet<String>();
    LauncherFactory.create().execute(request(List.of(names), met), summary, new Progress());
    for (var name : names)
        if (!met.contains(name)) {
            System.err.println("no test has '" + name + "' in its name");
            System.exit(1);
        }
    var told = summary.getSummary();
    told.printFailuresTo(new PrintWriter(System.out, true), 12);
    var failed = told.getTotalFailureCount();
    var passed = told.getTestsSucceededCount();
    IO.println(passed + " passed, " + failed + " failed");
    System.exit(failed == 0 && passed > 0 ? 0 : 1);
}

/// `met` gets the names that a test has.
LauncherDiscoveryRequest request(List<String> names, Set<String> met) {
    return LauncherDiscoveryRequestBuilder.request()
        .selectors(Stream.of(Served.class, Shown.class, Spoken.class, Launched.class, Replicas.class, Fetched.class, Structured.class,
            Survived.class, Replaced.class).map(DiscoverySelectors::selectClass).toList())
        .filters((PostDiscoveryFilter) test -> {
            var method = method(test);
            if (names.isEmpty() || method.isEmpty()) return FilterResult.included("not a single test");
            var wanted = names.stream().filter((method.get() + " " + test.getDisplayName())::contains).toList();
            met.addAll(wanted);
            return FilterResult.includedIf(!wanted.isEmpty());
        })
        .build();
}

/// `Class.method`, for a test or for one that runs for each row of a table.
Optional<String> method(TestDescriptor test) {
    return test.getSource().filter(MethodSource.class::isInstance).map(MethodSource.class::cast)
        .map(source -> source.getClassName().replaceFirst(".*\\.", "") + "." + source.getMethodName());
}

/// A line for each test as it ends.
static class Progress implements TestExecutionListener {
    private long started;

    @Override public void executionStarted(TestIdentifier test) { started = System.nanoTime(); }

    @Override public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (!test.isTest()) return;
        var seconds = Duration.ofNanos(System.nanoTime() - started).toMillis() / 1000.0;
        IO.println("%s %s (%.1f s)".formatted(result.getStatus() == Status.SUCCESSFUL ? "ok  " : "FAIL", test.getDisplayName(), seconds));
    }
}
