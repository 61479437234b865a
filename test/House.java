import lib.access.Provider;
import lib.json.*;
import lib.provider.Providers;
import lib.quirk.AnthropicQuirks;
import lib.quirk.HeaderQuirks;
import lib.quirk.MessageQuirks;
import lib.quirk.ParameterQuirks;
import lib.quirk.ReasoningQuirks;
import lib.quirk.ResponsesQuirks;
import lib.quirk.ToolQuirks;
import lib.route.Quirk;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

/// The laws of the house, kept by machine. Each test lists what breaks its law.
class House {
    /// From the top: imports go down this list only.
    private static final List<String> ROOMS = List.of("cli", "launch", "server", "page", "listen", "ledger", "routing", "search", "provider", "subscription", "cloud", "access", "dialect",
        "refusal", "answer", "calls", "request", "media", "quirk", "route", "model", "message", "schema", "reply", "config", "wire", "json");
    private static final Pattern IMPORT = Pattern.compile("import (?:static )?lib\\.((?:[a-z]\\w*\\.)+)(?:\\*|[A-Z].*);");
    private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

    @Test void everyFileIsNamedSoThatAUrlRuns() throws IOException {
        var named = named("//SOURCES");
        named.addAll(named("//FILES").stream().map(file -> file.substring(file.indexOf('=') + 1)).toList());
        var tree = files("lib").stream().map(Path::toString).collect(Collectors.toCollection(TreeSet::new));
        tree.add(".env.example");
        assertEquals(String.join("\n", tree), String.join("\n", named));
    }

    private static TreeSet<String> named(String what) throws IOException {
        return Files.readAllLines(Path.of("FreeCC.java")).stream().filter(line -> line.startsWith(what + " ")).flatMap(line -> Stream.of(line.split(" ")).skip(1))
            .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test void noImportGoesUp() throws IOException { none(imports((file, room) -> ROOMS.indexOf(top(room)) < ROOMS.indexOf(room(file)))); }

    @Test void noDialectImportsAnother() throws IOException {
        none(imports((file, room) -> room(file).equals("dialect") && top(room).equals("dialect")
            && !file.getParent().endsWith(room.substring(0, room.length() - 1).replace('.', '/'))));
    }

    @Test void everyRoomHasItsPlace() throws IOException { none(sources().stream().filter(file -> !ROOMS.contains(room(file))).map(Path::toString).toList()); }

    @Test void noRoomIsCrowded() throws IOException {
        var counts = sources().stream().collect(Collectors.groupingBy(Path::getParent, TreeMap::new, Collectors.counting()));
        none(counts.entrySet().stream().filter(room -> room.getValue() > MOST_FILES).map(room -> room.getKey() + " has " + room.getValue() + " files").toList());
    }

    private static final int MOST_FILES = 20;

    private static List<String> imports(BiPredicate<Path, String> isWrong) throws IOException {
        var broken = new ArrayList<String>();
        for (var file : sources())
            for (var line : Files.readAllLines(file)) {
                var used = IMPORT.matcher(line);
                if (used.matches() && isWrong.test(file, used.group(1))) broken.add(file + ": " + line);
            }
        return broken;
    }

    private static String top(String room) { return room.substring(0, room.indexOf('.')); }

    @Test void noDialectKnowsAProvider() throws IOException {
        var names = Providers.all().stream().flatMap(row -> Stream.concat(Stream.of(row.id()), row.aliases().stream())).collect(Collectors.toSet());
        var broken = new ArrayList<String>();
        for (var file : files("lib/dialect"))
            for (var text : TEXT.matcher(Files.readString(file)).results().toList())
                if (names.contains(text.group(1))) broken.add(file + ": \"" + text.group(1) + "\"");
        none(broken);
    }

    @Test void onlyTheReplySpellsBlocks() throws IOException { none(containing("content_block_", file -> !room(file).equals("reply"))); }

    @Test void onlyTheCarefulReaderKnowsGson() throws IOException {
        none(containing("com.google.gson.", file -> !room(file).equals("json")));
    }

    @Test void onlyConfigReadsTheEnvironment() throws IOException { none(containing("getenv", file -> !file.endsWith("Config.java") && !file.endsWith("Commands.java"))); }

    @Test void everyQuirkNamesItsShapesAndIsUsedByARowAndNamedByACase() throws IOException {
        var used = Providers.all().stream().map(Provider::quirks).flatMap(java.util.Set::stream).collect(Collectors.toSet());
        var cases = new StringBuilder();
        for (var file : files("test/cases")) cases.append(Files.readString(file).split("\n-- ")[0]).append('\n');
        var broken = new ArrayList<String>();
        for (var quirk : Stream.<Quirk[]>of(AnthropicQuirks.values(), MessageQuirks.values(), ParameterQuirks.values(), ReasoningQuirks.values(), ToolQuirks.values(), HeaderQuirks.values(), ResponsesQuirks.values()).flatMap(Stream::of).toList()) {
            if (!used.contains(quirk)) broken.add(quirk + " is used by no row");
            if (quirk.shapes().isEmpty()) broken.add(quirk + " names no shape");
            if (!Pattern.compile("\\b" + quirk.name() + "\\b").matcher(cases).find()) broken.add(quirk + " is proved by no case");
        }
        none(broken);
    }

    private static final List<String> SHAPED = List.of("openai-responses", "gemini", "vertex-claude", "vertex-open", "bedrock-converse", "bedrock-claude", "bedrock-mantle", "azure", "foundry");

    @Test void everyReplySaysWhereItsShapeIsFrom() throws IOException {
        var broken = new ArrayList<String>();
        for (var folder : SHAPED) for (var file : files("test/cases/" + folder)) {
            var text = Files.readString(file);
            if (text.contains("\n-- upstream reply --\n") && !text.split("\n-- ")[0].contains("Shape: ")) broken.add(file.toString());
        }
        none(broken);
    }

    @Test void everySettingIsInTheExample() throws IOException {
        var example = Files.readString(Path.of(".env.example"));
        var broken = new TreeSet<String>();
        for (var name : Pattern.compile("[\"{]([A-Z][A-Z0-9]*_[A-Z0-9_]+|PORT)[\"}]").matcher(settings()).results().map(found -> found.group(1)).toList())
            if (!Pattern.compile("\\b" + name + "\\b").matcher(example).find() && !NOT_SETTINGS.contains(name)) broken.add(name);
        none(List.copyOf(broken));
    }

    /// Parts of names, and names that FreeCC takes care not to read.
    private static final List<String> NOT_SETTINGS = List.of("API_KEY", "API_BASE", "BASE_URL", "_PROVIDER", "_NAME", "_API_KEY", "_API_BASE", "BIG_MODEL", "SMALL_MODEL",
        "ANTHROPIC_BASE_URL", "ANTHROPIC_AUTH_TOKEN", "AI_API_URL", "KEYPAIR_JWT", "PROGRAMMATIC_ACCESS_TOKEN", "FREECC_BUDGET_", "FREECC_DIR", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "CLAUDE_CONFIG_DIR", "WT_SESSION");

    @Test void noFileIsLong() throws IOException {
        var broken = new ArrayList<String>();
        for (var file : Stream.concat(sources().stream(), files("test").stream().filter(file -> file.toString().endsWith(".java"))).toList()) {
            var lines = Files.readAllLines(file).size();
            if (lines > 300) broken.add(file + " has " + lines + " lines");
        }
        none(broken);
    }

    @Test void everyTypeSaysWhatItIsFor() throws IOException {
        var broken = new ArrayList<String>();
        for (var file : sources())
            if (!Pattern.compile("(?m)^///.*\n(///.*\n|@.*\n|    .*\n)*(public |abstract |sealed |final |non-sealed )*(class|record|interface|enum) ").matcher(Files.readString(file)).find()) broken.add(file.toString());
        none(broken);
    }

    private static List<String> containing(String text, java.util.function.Predicate<Path> where) throws IOException {
        var found = new ArrayList<String>();
        for (var file : sources()) if (where.test(file)) for (var line : Files.readAllLines(file)) if (line.contains(text)) found.add(file + ": " + line.strip());
        return found;
    }

    /// The rooms that read settings.
    private static String settings() throws IOException {
        var text = new StringBuilder();
        for (var room : List.of("routing", "provider", "subscription", "cloud", "access", "config")) text.append(read("lib/" + room));
        return text.toString();
    }

    private static String read(String folder) throws IOException {
        var text = new StringBuilder();
        for (var file : files(folder)) if (file.toString().endsWith(".java")) text.append(Files.readString(file));
        return text.toString();
    }

    static List<Path> sources() throws IOException { return files("lib").stream().filter(file -> file.toString().endsWith(".java")).toList(); }

    private static List<Path> files(String folder) throws IOException {
        try (var walk = Files.walk(Path.of(folder))) {
            return walk.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static String room(Path file) { return file.getName(1).toString(); }

    static void none(List<String> broken) { assertEquals("", String.join("\n", broken)); }
}
