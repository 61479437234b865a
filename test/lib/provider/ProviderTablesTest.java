package lib.provider;

import module java.base;
import org.junit.jupiter.api.Test;

import lib.access.*;
import lib.config.*;
import lib.dialect.text.*;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

/// The tables in PROVIDERS.md and the list of keys in .env.example are written from the rows, so they are never out of date.
class ProviderTablesTest {
    /// The section of CLOUDS.md that tells how to set a provider up, where a key alone is not enough.
    private static final Map<String, String> CLOUDS = Map.ofEntries(
        entry("bedrock", "amazon-bedrock"), entry("bedrock_mantle", "amazon-bedrock-mantle"),
        entry("anthropic_aws", "claude-platform-on-aws"), entry("vertex_ai", "google-vertex-ai"),
        entry("sagemaker_chat", "amazon-sagemaker"), entry("sagemaker", "amazon-sagemaker"),
        entry("azure", "azure-openai"), entry("azure_text", "azure-openai"), entry("azure_ai", "azure-ai-foundry"),
        entry("databricks", "databricks"), entry("snowflake", "snowflake-cortex"), entry("sap", "sap-generative-ai-hub"),
        entry("watsonx", "ibm-watsonxai"), entry("watsonx_text", "ibm-watsonxai"), entry("oci", "oracle-cloud"),
        entry("cloudflare", "cloudflare"), entry("cloudflare_ai_gateway", "cloudflare"), entry("gigachat", "gigachat"));

    /// The dialects of those that choose by model or by address, or that speak one of their own.
    private static final Map<String, String> FIXED = Map.of("bedrock", "Converse, Anthropic for Claude",
        "vertex_ai", "Gemini, Anthropic or chat, by model", "azure", "chat, Responses at `/openai/v1`",
        "azure_ai", "chat, Anthropic for Claude", "sagemaker_chat", "chat, through InvokeEndpoint",
        "sap", "SAP orchestration", "watsonx", "watsonx chat", "gigachat", "GigaChat");

    private enum Kind { KEY, SUBSCRIPTION, CLOUD, MACHINE, TEXT }

    /// A column of a table: what stands at its head, and in each row.
    private record Column(String head, Function<Provider, String> cell) { }

    private static final Column IDS = new Column("Provider", row -> code(Stream.concat(Stream.of(row.id()), row.aliases().stream()))),
        NAME = new Column("Name", Provider::name), KEYS = new Column("Variables", ProviderTablesTest::keys),
        GUIDE = new Column("How to set it up", ProviderTablesTest::guide),
        ADDRESS = new Column("Usual address", row -> code(Stream.of(row.base()))),
        DIALECTS = new Column("Dialects", ProviderTablesTest::dialects),
        MODELS = new Column("Default models", row -> code(Stream.of(row.bigModel(), row.smallModel()).filter(model -> !model.isEmpty()).distinct()));

    @Test void whatHasBeenChecked() throws IOException { page("checked", checked()); }

    @Test void withAKey() throws IOException { page("keys", table(Kind.KEY, IDS, NAME, KEYS, DIALECTS, MODELS)); }

    @Test void withASubscription() throws IOException { page("subscriptions", table(Kind.SUBSCRIPTION, IDS, NAME, DIALECTS, MODELS)); }

    @Test void clouds() throws IOException { page("clouds", table(Kind.CLOUD, IDS, NAME, GUIDE, DIALECTS, MODELS)); }

    @Test void machines() throws IOException { page("machines", table(Kind.MACHINE, IDS, NAME, ADDRESS, DIALECTS)); }

    @Test void texts() throws IOException { page("texts", table(Kind.TEXT, IDS, NAME, KEYS)); }

    @Test void theExamplesKeys() throws IOException {
        holds(".env.example", "# providers: written by test/Tests.java --update\n", "# /providers", examples());
    }

    private static void page(String block, String written) throws IOException {
        holds("PROVIDERS.md", "<!-- " + block + ": written by test/Tests.java --update -->\n", "<!-- /" + block + " -->", written);
    }

    private static void holds(String name, String begin, String end, String written) throws IOException {
        var file = Path.of(name);
        var text = Files.readString(file);
        assertFalse(text.indexOf(begin) < 0 || text.indexOf(end) < text.indexOf(begin), name + " has no place for: " + begin);
        var from = text.indexOf(begin) + begin.length();
        var to = text.indexOf(end);
        if (Boolean.getBoolean("freecc.update")) Files.writeString(file, text.substring(0, from) + written + text.substring(to));
        else assertEquals(written, text.substring(from, to), name + ": run the tests with --update");
    }

    private static Stream<Provider> rows() { return Providers.all().stream().filter(row -> !row.base().startsWith("echo:")); }

    private static Kind kind(Provider row) {
        if (row.dialect() instanceof TextOnly) return Kind.TEXT;
        if (row.local()) return Kind.MACHINE;
        if (row.signIn(new Config(Map.of())).isPresent()) return Kind.SUBSCRIPTION;
        return CLOUDS.containsKey(row.id()) ? Kind.CLOUD : Kind.KEY;
    }

    private static String checked() {
        var found = code(rows().filter(Provider::autodetect).map(Provider::id));
        var unchecked = rows().filter(row -> !row.verified()).map(row -> "`" + row.id() + "`").toList();
        return """
            If you set no `BIG_MODEL_PROVIDER`, FreeCC takes the first of these whose key is set: %s.

            The addresses and variables of all %d providers have been checked against the providers' own documentation, except for %s. \
            The tests send a request through every one of them, to a server that plays the provider; \
            they do not call the services themselves.
            """.formatted(found, rows().count(), listed(unchecked));
    }

    private static String listed(List<String> names) {
        var last = names.size() - 1;
        return last < 1 ? String.join("", names) : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    }

    private static String table(Kind kind, Column... columns) {
        var lines = Stream.concat(Stream.of(line(columns, Column::head), "|" + "---|".repeat(columns.length) + "\n"),
            rows().filter(row -> kind(row) == kind).map(row -> line(columns, column -> column.cell.apply(row))));
        return lines.collect(Collectors.joining());
    }

    private static String line(Column[] columns, Function<Column, String> cell) {
        return Stream.of(columns).map(cell).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String keys(Provider row) {
        if (CLOUDS.containsKey(row.id()) && kind(row) == Kind.TEXT) return guide(row);
        var variables = code(Stream.concat(row.local() ? Stream.empty() : Stream.of(row.keyVariables().getFirst()), row.needs().stream()));
        return variables.isEmpty() ? "none needed" : variables;
    }

    private static String guide(Provider row) { return "[CLOUDS.md](CLOUDS.md#" + CLOUDS.get(row.id()) + ")"; }

    private static String dialects(Provider row) {
        if (FIXED.containsKey(row.id())) return FIXED.get(row.id());
        var names = row.bases().keySet().stream().map(Dialects::nameOf).collect(Collectors.joining(", "));
        assertFalse(names.matches("(.*, )?\\w.*"), row.id() + ": say in FIXED what it speaks, because a setting cannot name " + names);
        return names + row.customBaseDialect().map(dialect -> "; " + Dialects.nameOf(dialect) + " at another address").orElse("");
    }

    private static String code(Stream<String> words) { return words.map(word -> "`" + word + "`").collect(Collectors.joining(", ")); }

    private static String examples() {
        return rows().filter(row -> !row.local()).map(ProviderTablesTest::example).collect(Collectors.joining());
    }

    private static String example(Provider row) {
        var said = new ArrayList<>(List.of(row.name()));
        beside("or ", row.namedKeys().stream().skip(1)).ifPresent(said::add);
        beside("address: ", row.namedBases().stream()).ifPresent(said::add);
        beside("also needs ", row.needs().stream()).ifPresent(said::add);
        beside("optional: ", row.optional().stream()).ifPresent(said::add);
        return "%-43s # %s%n".formatted("# " + row.namedKeys().getFirst() + "=", String.join("; ", said));
    }

    private static Optional<String> beside(String what, Stream<String> variables) {
        return variables.reduce((one, next) -> one + ", " + next).map(names -> what + names);
    }
}
