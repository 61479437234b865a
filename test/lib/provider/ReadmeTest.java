package lib.provider;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import lib.config.*;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

/// The documents agree: the README's two languages with each other, every link with its target, and every variable and
/// message that they name with the program.
class ReadmeTest {
    private static final String ENGLISH = "README.md", CHINESE = "README_zh.md";
    private static final Pattern FENCE = Pattern.compile("(?ms)^```(\\w+)\n(.*?)^```"), HEADING = Pattern.compile("(?m)^(#+) (.*)$"),
        LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)"), CODE = Pattern.compile("`([^`\n]+)`"),
        COMMENT = Pattern.compile("(?m)(^|\\s+)#.*$"),
        VARIABLE = Pattern.compile("(?<![\\w<{/.-])([A-Z][A-Z0-9]*_[A-Z0-9_]*[A-Z0-9]|PORT)(?![\\w}])"),
        MESSAGE = Pattern.compile("(?m)^- \\*\\*`(.+?)`\\*\\*");
    /// Settings of Claude Code, of Java and of the examples' invented provider.
    private static final Pattern OTHERS =
        Pattern.compile("(ANTHROPIC_(BASE_URL|AUTH_TOKEN|MODEL)|CLAUDE_CODE_\\w+|JAVA_\\w+|ACME_\\w+|NANO_GPT)");

    @Test void bothLanguagesHaveTheSameHeadings() throws IOException { assertEquals(levels(ENGLISH), levels(CHINESE)); }

    @Test void bothLanguagesHaveTheSameCode() throws IOException { assertEquals(blocks(ENGLISH), blocks(CHINESE)); }

    @Test void bothLanguagesNameTheSameThings() throws IOException { assertEquals(named(ENGLISH), named(CHINESE)); }

    @Test void bothLanguagesLinkToTheSamePages() throws IOException { assertEquals(pages(ENGLISH), pages(CHINESE)); }

    @ParameterizedTest @ValueSource(strings = {ENGLISH, CHINESE, "PROVIDERS.md", "CLOUDS.md", "RECIPES.md", "OPERATIONS.md", "CONTRIBUTING.md"})
    void everyLinkLeadsSomewhere(String name) throws IOException {
        var broken = new ArrayList<String>();
        for (var link : found(LINK, prose(name))) {
            if (link.startsWith("https://")) continue;
            var parts = link.split("#", 2);
            var page = parts[0].isEmpty() ? name : parts[0];
            if (!Files.exists(Path.of(page)) || parts.length > 1 && !anchors(page).contains(parts[1])) broken.add(link);
        }
        assertEquals(List.of(), broken);
    }

    @ParameterizedTest @ValueSource(strings = {ENGLISH, CHINESE, "PROVIDERS.md", "CLOUDS.md", "RECIPES.md", "OPERATIONS.md"})
    void everyVariableIsASetting(String name) throws IOException {
        var settings = found(VARIABLE, text(".env.example"));
        var unknown = found(VARIABLE, text(name)).stream().distinct()
            .filter(variable -> !OTHERS.matcher(variable).matches() && !isOfARow(variable) && !settings.contains(variable)).toList();
        assertEquals(List.of(), unknown);
    }

    /// A person takes away the `# ` before a line and has a setting; what is beside it is no part of the value.
    @Test void everyLineOfTheExampleCanBeTaken(@TempDir Path folder) throws IOException {
        var taken = text(".env.example").replaceAll("(?m)^# (?=[A-Z][A-Z0-9_]+=)", "");
        var config = Config.load(Files.writeString(folder.resolve(".env"), taken));
        var settings = Pattern.compile("(?m)^([A-Z][A-Z0-9_]+)=\\S").matcher(taken).results().map(found -> found.group(1)).toList();
        assertEquals(List.of(), settings.stream().filter(name -> config.get(name).isEmpty() || config.get(name).contains("#")).toList());
        assertEquals("http://127.0.0.1:1234/v1 {\"clientid\": ...}", config.get("LM_STUDIO_API_BASE") + " " + config.get("AICORE_SERVICE_KEY"));
    }

    @ParameterizedTest @ValueSource(strings = {ENGLISH, CHINESE})
    void everyMessageOfFreeCCIsOne(String name) throws IOException {
        var program = program();
        var parts = found(MESSAGE, text(name)).stream().flatMap(message -> Stream.of(message.split("…"))).map(String::strip).toList();
        assertFalse(parts.isEmpty());
        assertEquals(List.of(), parts.stream().filter(part -> !program.contains(part)).toList());
    }

    private static String text(String name) throws IOException { return Files.readString(Path.of(name)); }

    private static String prose(String name) throws IOException { return FENCE.matcher(text(name)).replaceAll(""); }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1)).toList();
    }

    private static List<String> levels(String name) throws IOException { return found(HEADING, prose(name)); }

    /// Without the comments, which are in the page's language.
    private static List<String> blocks(String name) throws IOException {
        return FENCE.matcher(text(name)).results()
            .map(fence -> fence.group(1) + "\n" + COMMENT.matcher(fence.group(2)).replaceAll("")).toList();
    }

    private static List<String> named(String name) throws IOException {
        return found(CODE, prose(name)).stream().filter(code -> !code.contains(" -p ")).sorted().toList();
    }

    /// Without the other language's page.
    private static List<String> pages(String name) throws IOException {
        return found(LINK, prose(name)).stream().map(link -> link.replaceFirst("#.*", "#"))
            .filter(link -> !link.startsWith("README")).sorted().toList();
    }

    /// As GitHub makes them of headings.
    private static List<String> anchors(String name) throws IOException {
        return HEADING.matcher(prose(name)).results()
            .map(heading -> heading.group(2).toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-')).toList();
    }

    private static boolean isOfARow(String variable) {
        return Providers.all().stream().anyMatch(row -> row.keyVariables().contains(variable) || row.baseVariables().contains(variable)
            || variable.equals(Config.variable(row.id(), "DIALECT")) || variable.equals(Config.variable(row.id(), "PROXY")));
    }

    private static String program() throws IOException {
        try (var files = Files.walk(Path.of("lib"))) {
            var sources = new StringBuilder();
            for (var file : files.filter(file -> file.toString().endsWith(".java")).toList()) sources.append(Files.readString(file));
            return sources.toString().replaceAll("(?m)^ *//.*$", "");   // a comment is not a message
        }
    }
}
