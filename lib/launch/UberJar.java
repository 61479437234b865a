package lib.launch;

import module java.base;
import java.util.jar.Attributes;

/// A program by itself: copies jars into one, with which Java starts 30 of 170 ms sooner than with eighty, because it looks for
/// service providers in all of them. `./jbang` runs it before it trains.
final class UberJar {
    private static final String SERVICES = "META-INF/services/";
    private static final List<String> OWN = List.of("MANIFEST.MF", "INDEX.LIST", ".SF", ".RSA", ".DSA", ".EC");   // in META-INF

    private final Set<String> written = new HashSet<>();
    private final SequencedMap<String, String> services = new LinkedHashMap<>();   // file -> the providers of all jars
    private final JarOutputStream out;

    private UberJar(JarOutputStream out) { this.out = out; }

    /// The file to write, and the jars as a class path.
    public static void main(String... arguments) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MULTI_RELEASE, "true");
        try (var out = new JarOutputStream(new BufferedOutputStream(Files.newOutputStream(Path.of(arguments[0]))), manifest)) {
            var all = new UberJar(out);
            for (var jar : arguments[1].split(":")) all.copy(new File(jar));
            for (var file : all.services.sequencedKeySet()) all.write(file, all.services.get(file).getBytes(StandardCharsets.UTF_8));
        }
    }

    /// A file that several jars have is the first one's, as on a class path.
    private void copy(File file) throws IOException {
        try (var jar = new JarFile(file, false)) {
            for (var entry : Collections.list(jar.entries())) {
                var name = entry.getName();
                if (isOwn(name) || name.startsWith("META-INF/versions/") && !jar.isMultiRelease()) continue;
                try (var in = jar.getInputStream(entry)) {
                    var content = in.readAllBytes();
                    if (name.startsWith(SERVICES)) services.merge(name, new String(content, StandardCharsets.UTF_8), UberJar::both);
                    else write(name, content);
                }
            }
        }
    }

    /// Whether it is about the jar itself: its manifest, its signatures, its module.
    private static boolean isOwn(String name) {
        if (name.endsWith("/") || name.endsWith("module-info.class")) return true;
        return name.startsWith("META-INF/") && name.lastIndexOf('/') == "META-INF".length() && OWN.stream().anyMatch(name::endsWith);
    }

    private static String both(String one, String other) { return one + "\n" + other; }

    private void write(String name, byte[] content) throws IOException {
        if (!written.add(name)) return;
        out.putNextEntry(new ZipEntry(name));
        out.write(content);
        out.closeEntry();
    }
}
