package lib.provider;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

/// The README's table of providers is written from the rows, so that it cannot lie.
class ReadmeTest {
    private static final String BEGIN = "<!-- providers: written by test/Tests.java --update -->\n", END = "<!-- /providers -->";

    @Test void theTableOfProvidersIsThatOfTheRows() throws IOException {
        for (var name : new String[]{"README.md", "README_zh.md"}) {
            var file = Path.of(name);
            var text = Files.readString(file);
            var from = text.indexOf(BEGIN) + BEGIN.length();
            var to = text.indexOf(END);
            var table = table();
            if (Boolean.getBoolean("freecc.update")) Files.writeString(file, text.substring(0, from) + table + text.substring(to));
            else assertEquals(table, text.substring(from, to), name + ": run the tests with --update");
        }
    }

    private static String table() {
        return Providers.all().stream().filter(row -> !row.base().startsWith("echo:")).map(ReadmeTest::row)
            .collect(Collectors.joining("", "| Provider | API | Key | Usual big and small model |\n|---|---|---|---|\n", ""));
    }

    private static String row(Provider row) {
        var names = Stream.concat(Stream.of(row.id()), row.aliases().stream()).map(name -> "`" + name + "`").collect(Collectors.joining(", "));
        var models = Stream.of(row.big(), row.small()).filter(model -> !model.isEmpty()).map(model -> "`" + model + "`").collect(Collectors.joining(", "));
        return "| " + names + " | " + row.dialect().getClass().getSimpleName() + " | " + (row.local() ? "none needed" : "`" + row.keyVariables().getFirst() + "`")
            + " | " + (models.isEmpty() ? "what the server has" : models) + " |\n";
    }
}
