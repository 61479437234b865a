///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS org.junit.jupiter:junit-jupiter:6.1.3
//DEPS org.junit.platform:junit-platform-launcher:6.1.3
//DEPS com.google.code.gson:gson:2.15.0
//DEPS org.seleniumhq.selenium:selenium-java:4.52.0
//DEPS com.deque.html.axe-core:selenium:4.11.1
//DEPS org.slf4j:slf4j-nop:2.0.17
//SOURCES Only.java TestName.java Report.java
//SOURCES claude/Client.java claude/Desk.java claude/Json.java claude/Proxy.java claude/Run.java
//SOURCES browser/Chromium.java browser/Client.java browser/Provider.java browser/Served.java browser/History.java browser/Scene.java
//SOURCES browser/Browsing.java browser/Live.java browser/Hostile.java browser/Inspected.java browser/Guarded.java browser/Empty.java
//SOURCES browser/Reached.java browser/Pictures.java browser/Terminal.java
//FILES META-INF/services/org.junit.jupiter.api.extension.Extension=extensions

import browser.Empty;
import browser.Guarded;
import browser.Hostile;
import browser.Inspected;
import browser.Live;
import browser.Pictures;
import browser.Reached;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

import java.nio.file.Path;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/// FreeCC's page in a real browser: `./jbang test/Browser.java [NAME...]`, from the repository's folder. It needs Debian's packages
/// chromium and chromium-driver. `--pictures FOLDER` takes the documents' pictures instead.
public class Browser {
    public static void main(String... arguments) throws Exception {
        if (arguments.length == 2 && arguments[0].equals("--pictures")) {
            Pictures.take(Path.of(arguments[1]));
            return;
        }
        for (var argument : arguments)
            if (argument.startsWith("-")) {
                System.err.println("unknown option '" + argument + "'; usage: ./jbang test/Browser.java [NAME...] | --pictures FOLDER");
                System.exit(2);
            }
        var tests = LauncherDiscoveryRequestBuilder.request().selectors(
            Stream.<Class<?>>of(Live.class, Hostile.class, Inspected.class, Guarded.class, Empty.class, Reached.class).map(DiscoverySelectors::selectClass).toList());
        var report = new Report(System.out);
        LauncherFactory.create().execute(Only.filter(tests, List.of(arguments)).build(), report, new Progress());
        for (var name : arguments) report.expect(name);
        System.out.println(report.passed() + " passed, " + report.failed() + " failed");
        System.exit(report.failed() > 0 || report.passed() == 0 ? 1 : 0);
    }

    /// A line for each test as it begins: all of them take minutes.
    private static class Progress implements TestExecutionListener {
        @Override public void executionStarted(TestIdentifier test) {
            if (test.isTest()) System.out.println(LocalTime.now().truncatedTo(ChronoUnit.SECONDS) + " " + TestName.of(test.getUniqueIdObject(), test.getDisplayName()));
        }
    }
}
