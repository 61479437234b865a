import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

/// The test tool on a class of every kind of test: which of them a part of a name runs, and what a failure is called.
class OnlyTest {
    private static final String SAMPLE = "OnlyTest$Sample.", PLAIN = SAMPLE + "plain", OTHER = SAMPLE + "other",
        RED = SAMPLE + "table [1] colour = \"red\"", BLUE = SAMPLE + "table [2] colour = \"blue\"",
        SWEET = SAMPLE + "made food/sweet.txt (whole)", SOUR = SAMPLE + "made food/sour.txt (whole)";

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private Report run(String... parts) {
        var sample = LauncherDiscoveryRequestBuilder.request().selectors(DiscoverySelectors.selectClass(Sample.class));
        return Tests.run(sample, List.of(parts), new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    private void runs(String part, String... names) {
        assertEquals(Stream.of(names).sorted().toList(), run(part).ran().stream().sorted().toList(), part);
    }

    @Test void allWithoutAPart() { assertEquals(6, run().ran().size()); }

    @Test void aPartOfTheClass() { runs("OnlyTest", PLAIN, OTHER, RED, BLUE, SWEET, SOUR); }

    @Test void aPartOfAMethod() {
        runs("plain", PLAIN);
        runs("Sample.ta", RED, BLUE);
        runs("made", SWEET, SOUR);
    }

    @Test void aPartOfARowOrADynamicTest() {
        runs("red", RED);
        runs("food/so", SOUR);
        runs("table [2]", BLUE);
    }

    @Test void anyOfSeveralParts() { assertEquals(3, run("plain", "red", "sweet", "red").ran().size()); }

    @Test void aPartThatMatchesNothingIsReported() {
        var report = run("plain", "Plain");
        assertEquals(List.of(PLAIN), report.ran());
        assertEquals(1, report.failed());
        assertEquals("FAIL no test has 'Plain' in its name\n\n", printed());
    }

    @Test void aFailureHasTheSameName() {
        assertEquals(3, run().failed());
        for (var name : List.of(OTHER, BLUE, SOUR)) assertTrue(printed().contains("FAIL " + name + "\nwrong\n"), printed());
    }

    private String printed() { return printed.toString(StandardCharsets.UTF_8).replace("\r\n", "\n"); }

    static class Sample {
        @Test void plain() {}

        @Test void other() { fail("wrong"); }

        @ParameterizedTest @CsvSource({"red", "blue"}) void table(String colour) { if (colour.equals("blue")) fail("wrong"); }

        @TestFactory Stream<DynamicTest> made() {
            return Stream.of(
                DynamicTest.dynamicTest("food/sweet.txt (whole)", () -> {}),
                DynamicTest.dynamicTest("food/sour.txt (whole)", () -> fail("wrong")));
        }
    }
}
