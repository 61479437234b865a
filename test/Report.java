import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Counts the tests that ran, and prints each failure.
final class Report implements TestExecutionListener {
    private final PrintStream out;
    private final List<String> ran = new ArrayList<>();
    private int passed, failed;

    Report(PrintStream out) { this.out = out; }

    int passed() { return passed; }

    int failed() { return failed; }

    List<String> ran() { return ran; }

    /// A mistyped name must not look like a success.
    void expect(String part) {
        if (ran.stream().anyMatch(name -> name.contains(part))) return;
        failed++;
        out.println("FAIL no test has '" + part + "' in its name\n");
    }

    @Override public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        var failure = result.getThrowable();
        var name = TestName.of(test.getUniqueIdObject(), test.getDisplayName());
        if (test.isTest()) ran.add(name);
        if (failure.isPresent()) {
            failed++;
            out.println("FAIL " + name + "\n" + (failure.get() instanceof AssertionError e ? e.getMessage() : trace(failure.get())) + "\n");
        } else if (test.isTest()) {
            passed++;
        }
    }

    private static String trace(Throwable failure) {
        return failure + "\n" + String.join("\n", Arrays.stream(failure.getStackTrace()).limit(12).map(line -> "    at " + line).toList());
    }
}
