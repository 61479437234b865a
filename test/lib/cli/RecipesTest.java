package lib.cli;

import module java.base;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import lib.config.*;
import lib.model.*;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// What the documents say that a person can set: each recipe names a model that can be reached, and the README's prices are those
/// of the catalogue.
class RecipesTest {
    private static final Pattern SETTINGS = Pattern.compile("(?ms)^```dotenv\n(.*?)^```"),
        PRICES = Pattern.compile("(?m)^\\| `([\\w.-]+)/([^`]+)` \\| (\\S+) \\| (\\S+) \\| (\\S+) \\| (\\S+) \\| (\\S+) \\|$");
    private static final List<String> DOCUMENTS = List.of("README.md", "RECIPES.md", "CLOUDS.md", "OPERATIONS.md");

    /// A login, and a server on this machine.
    private static final String NOT_HERE = "not signed in to GitHub Copilot: .*|set BIG_MODEL_NAME: no server at http://127.0.0.1:8080/v1 .*";

    @TestFactory Stream<DynamicTest> everyRecipeCanBeUsed() throws IOException {
        var tests = new ArrayList<DynamicTest>();
        for (var document : DOCUMENTS) for (var found : SETTINGS.matcher(Files.readString(Path.of(document))).results().toList())
            tests.add(DynamicTest.dynamicTest(document + ": " + found.group(1).lines().findFirst().orElseThrow(), () -> use(found.group(1))));
        assertTrue(tests.size() > 20);
        return tests.stream();
    }

    private static void use(String settings) throws IOException {
        var file = Files.createTempFile("freecc", ".env");
        try {
            var text = settings.replaceFirst("AICORE_SERVICE_KEY='.*'", "AICORE_SERVICE_KEY='{\"clientid\":\"a\",\"clientsecret\":\"b\",\"url\":\"https://c.example\","
                + "\"serviceurls\":{\"AI_API_URL\":\"https://d.example\"}}'").replaceAll("(?m)^SSL_CERT_FILE=.*$", "");
            var config = new Config(Map.of("HOME", file.getParent().toString())).over(Files.writeString(file, text));
            var hasModel = config.names().stream().anyMatch(name -> name.endsWith("_PROVIDER") || name.endsWith("_API_KEY") && !name.equals("FREECC_API_KEY"));
            var complaints = new Serve(config).complaints().stream().filter(complaint -> hasModel || !complaint.startsWith("no model"))
                .filter(complaint -> !complaint.matches(NOT_HERE));
            assertEquals("", complaints.collect(Collectors.joining("\n")));
        } finally {
            Files.delete(file);
        }
    }

    @ParameterizedTest @ValueSource(strings = {"README.md", "README_zh.md"})
    void everyPriceIsTheCatalogues(String document) throws IOException {
        var catalogue = Catalogue.shipped();
        var rows = PRICES.matcher(Files.readString(Path.of(document))).results().toList();
        assertTrue(rows.size() > 10);
        for (var row : rows) {
            var model = catalogue.models(row.group(1)).stream().filter(one -> one.id().equals(row.group(2))).findFirst().orElseThrow(
                () -> new AssertionError(row.group(1) + "/" + row.group(2) + " is not in the catalogue"));
            var rate = model.price().usual().orElseThrow();
            var sees = Set.of("yes", "能").contains(row.group(7));
            assertEquals(Figures.brief(model.context()) + " " + Models.dollars(Optional.of(rate.input())) + " " + Models.dollars(Optional.of(rate.cacheRead()))
                    + " " + Models.dollars(Optional.of(rate.output())) + " " + model.images(),
                row.group(3) + " " + row.group(4) + " " + row.group(5) + " " + row.group(6) + " " + sees, row.group());
        }
    }
}
