import org.junit.jupiter.api.Test;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

/// The jars of the class path are those of test/jars.txt, byte for byte: none comes along unseen. `--update` writes the list.
class JarsTest {
    private static final Path LIST = Path.of("test/jars.txt");

    @Test void everyJarIsKnown() throws IOException {
        var jars = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator)).map(Path::of)
            .filter(file -> file.toString().endsWith(".jar") && !file.getFileName().toString().startsWith("Tests."))
            .map(JarsTest::line).sorted().collect(Collectors.joining("\n", "", "\n"));
        if (Boolean.getBoolean("freecc.update")) Files.writeString(LIST, jars);
        assertEquals(Files.readString(LIST), jars);
    }

    private static String line(Path jar) {
        try {
            return jar.getFileName() + " " + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar)));
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
