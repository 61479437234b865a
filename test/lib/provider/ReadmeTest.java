package lib.provider;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

/// The README's table of providers and the example's list of keys are written from the rows, so that they cannot lie.
class ReadmeTest {
    private static final String BEGIN = "providers: written by test/Tests.java --update";

    @Test void theReadmesTable() throws IOException {
        for (var name : new String[]{"README.md", "README_zh.md"}) holds(name, "<!-- " + BEGIN + " -->\n", "<!-- /providers -->", table());
    }

    @Test void theExamplesKeys() throws IOException { holds(".env.example", "# " + BEGIN + "\n", "# /providers", keys()); }

    private static void holds(String name, String begin, String end, String written) throws IOException {
        var file = Path.of(name);
        var text = Files.readString(file);
        var from = text.indexOf(begin) + begin.length();
        var to = text.indexOf(end);
        if (Boolean.getBoolean("freecc.update")) Files.writeString(file, text.substring(0, from) + written + text.substring(to));
        else assertEquals(written, text.substring(from, to), name + ": run the tests with --update");
    }

    private static Stream<Provider> rows() { return Providers.all().stream().filter(row -> !row.base().startsWith("echo:")); }

    private static String table() {
        return rows().map(ReadmeTest::row).collect(Collectors.joining("", "| Provider | Name | Dialect | Variables | Usual big and small model | Verified |\n|---|---|---|---|---|---|\n", ""));
    }

    private static String row(Provider row) {
        var names = Stream.concat(Stream.of(row.id()), row.aliases().stream()).map(name -> "`" + name + "`").collect(Collectors.joining(", "));
        var spoken = row.bases().keySet().stream().map(Dialects::nameOf).collect(Collectors.joining(", "));
        var login = row.signIn(new Config(Map.of())).isEmpty() ? "" : "`login`, or ";
        var variables = Stream.concat(row.local() ? Stream.empty() : Stream.of(row.keyVariables().getFirst()), row.needs().stream()).map(name -> "`" + name + "`").collect(Collectors.joining(", "));
        var models = Stream.of(row.big(), row.small()).filter(model -> !model.isEmpty()).distinct().map(model -> "`" + model + "`").collect(Collectors.joining(", "));
        return "| " + String.join(" | ", names, row.name(), spoken, variables.isEmpty() ? "none needed" : login + variables, models, row.verified() ? "yes" : "no") + " |\n";
    }

    private static String keys() {
        return rows().filter(row -> !row.local()).map(row -> {
            var more = new ArrayList<String>();
            if (row.namedKeys().size() > 1) more.add("or " + String.join(", ", row.namedKeys().subList(1, row.namedKeys().size())));
            if (!row.namedBases().isEmpty()) more.add("at " + String.join(", ", row.namedBases()));
            if (!row.needs().isEmpty()) more.add("with " + String.join(", ", row.needs()));
            if (!row.optional().isEmpty()) more.add("perhaps " + String.join(", ", row.optional()));
            return "%-43s # %s".formatted("# " + row.namedKeys().getFirst() + "=", String.join("; ", Stream.concat(Stream.of(row.name()), more.stream()).toList())) + "\n";
        }).collect(Collectors.joining());
    }
}
