package lib.cli;

import module java.base;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.management.ManagementFactory;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

/// The Java settings for `--server`. //RUNTIME_OPTIONS in FreeCC.java has those for one user, and Java takes no others once it runs.
final class ServerJvm {
    /// `ops/build` and `./jbang` find the line that begins with -XX, so that Java starts with these settings at once.
    static final String OPTIONS =
        "-XX:+UseG1GC -XX:MaxRAMPercentage=70 -XX:+UseCompactObjectHeaders --sun-misc-unsafe-memory-access=allow -Dfreecc.server=true";

    private ServerJvm() {}

    static boolean isOn() { return Boolean.getBoolean("freecc.server"); }

    /// Begins again with these settings, in the same process: whoever started it knows it by its id and sends it signals.
    static void begin(List<String> arguments) {
        if (isOn()) return;
        var line = line(arguments);
        try (var arena = Arena.ofConfined()) {
            var linker = Linker.nativeLinker();
            var found = linker.defaultLookup().findOrThrow("execv");
            var execv = linker.downcallHandle(found, FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
            var words = arena.allocate(ADDRESS, line.size() + 1L);   // a null ends them
            for (var i = 0; i < line.size(); i++) words.setAtIndex(ADDRESS, i, arena.allocateFrom(line.get(i)));
            var failure = (int) execv.invokeExact(arena.allocateFrom(line.getFirst()), words);
            complain("execv answered " + failure);
        } catch (Throwable e) {   // Windows has no execv
            complain(e.getMessage());
        }
    }

    private static void complain(String why) {
        System.err.println("freecc: --server has no effect, because this process cannot be replaced (" + why
            + "); start Java with " + OPTIONS);
    }

    /// What was said to this Java on its command line counts for the next one, but for the settings that are replaced.
    private static List<String> line(List<String> arguments) {
        var given = ManagementFactory.getRuntimeMXBean().getInputArguments().stream().filter(option -> !option.startsWith("-X"));
        var start = Stream.of("-cp", System.getProperty("java.class.path"), Main.class.getName());
        return Stream.of(Stream.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()), Stream.of(OPTIONS.split(" ")),
            given, start, arguments.stream()).flatMap(part -> part).toList();
    }
}
