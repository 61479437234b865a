import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/// Every input that `test/Fuzz.java` has found something with, and for each seed a number of small changes, the same ones each time.
class FuzzTest {
    private static final Path FOUND = Path.of("test/fuzz");
    private static final int ROUNDS = Integer.getInteger("freecc.fuzz.rounds", 60);
    private static final List<String> PIECES = List.of("{", "}", "[", "]", "\"", "\\", "null", "-1", "1e999", "\n", "\r\n\r\n", "\\ud800", "data: ", ":", ",", "\u0000", "\uFEFF", "9".repeat(40));

    @Test void whatWasFoundStaysMended(@TempDir Path folder) throws IOException {
        try (var target = new FuzzTarget(folder); var files = Files.list(FOUND)) {
            for (var file : files.sorted().toList()) run(target, Files.readAllBytes(file), file.toString());
        }
    }

    @Test void smallChangesDoNoHarm(@TempDir Path folder) throws IOException {
        try (var target = new FuzzTarget(folder)) {
            for (var seed : target.seeds())
                for (var round = 0; round < ROUNDS; round++) {
                    var chance = new Random(31L * round + Arrays.hashCode(seed));
                    var changed = seed;
                    for (var n = 1 + chance.nextInt(4); n > 0; n--) changed = changed(changed, chance);
                    run(target, changed, "round " + round);
                }
        }
    }

    private static void run(FuzzTarget target, byte[] input, String name) {
        try {
            target.test(input);
        } catch (Throwable e) {
            throw new AssertionError(name + ": " + e + "\n" + HexFormat.of().formatHex(input), e);
        }
    }

    /// A byte is another, a stretch is missing or there twice, or a piece of syntax is put in. The first byte stays.
    private static byte[] changed(byte[] input, Random chance) {
        if (input.length < 3) return input;
        var at = 1 + chance.nextInt(input.length - 1);
        var to = Math.min(input.length, at + 1 + chance.nextInt(40));
        return switch (chance.nextInt(4)) {
            case 0 -> {
                var copy = input.clone();
                copy[at] = (byte) chance.nextInt();
                yield copy;
            }
            case 1 -> joined(Arrays.copyOf(input, at), Arrays.copyOfRange(input, to, input.length));
            case 2 -> joined(Arrays.copyOf(input, to), Arrays.copyOfRange(input, at, input.length));
            default -> joined(joined(Arrays.copyOf(input, at), PIECES.get(chance.nextInt(PIECES.size())).getBytes()), Arrays.copyOfRange(input, at, input.length));
        };
    }

    private static byte[] joined(byte[] first, byte[] second) {
        var both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
