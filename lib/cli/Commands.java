package lib.cli;

import module java.base;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import picocli.CommandLine;

import lib.config.*;
import lib.access.*;
import lib.json.*;
import lib.provider.*;

/// The commands around the proxy: what there is, whether it works, and how to set it up.
final class Commands {
    /// Above the examples of a command's help.
    static final String EXAMPLES = "Examples:%n";

    private Commands() {}

    @Command(name = "init", mixinStandardHelpOptions = true, footerHeading = EXAMPLES,
        footer = {"  freecc init", "  freecc --env-file work.env init"},
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:the settings were written", "1:you left before", "2:the input ended, or a setting is wrong"},
        description = {"Set FreeCC up: choose a provider and models, enter the key, try them, and write them to the .env that `code` reads",
            "(or to the file that --env-file names). What else is in the file stays."})
    static final class Setup implements Callable<Integer> {
        @ParentCommand private Main main;

        @Override public Integer call() throws IOException { return main.init(); }
    }

    @Command(name = "check", mixinStandardHelpOptions = true, footerHeading = EXAMPLES,
        footer = {"  freecc check", "  freecc check subagent", "  freecc check --json groq/openai/gpt-oss-20b"},
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:every model works", "1:at least one does not", "2:the command line or a setting is wrong"},
        description = "Try each configured model: a few streamed words and a tool call, which cost next to nothing.")
    static final class Check implements Callable<Integer> {
        @ParentCommand private Main main;
        @Parameters(arity = "0..1", paramLabel = "ROUTE", defaultValue = "",
            description = "Only this one: big, small, opus, subagent or another role, or <provider>/<model>.")
        private String only;
        @Option(names = "--json", description = "Print the findings as JSON, and the progress to standard error.") private boolean json;

        @Override public Integer call() throws IOException {
            var named = Stream.of(only).filter(one -> !one.isEmpty()).toList();
            return new Checkup(main.settings(), json ? System.err : System.out).run(named, json) ? 0 : 1;
        }
    }

    @Command(name = "providers", mixinStandardHelpOptions = true, footerHeading = EXAMPLES,
        footer = {"  freecc providers", "  freecc providers azure", "  freecc providers --json"},
        description = "List the providers, with the variable for the key of each, and whether it is set.")
    static final class ProviderList implements Runnable {
        @ParentCommand private Main main;
        @Parameters(arity = "0..1", paramLabel = "FILTER", defaultValue = "", description = "Only those with this in their id or name.")
        private String filter;
        @Option(names = "--json", description = "Print JSON instead of a table.") private boolean json;

        @Override public void run() {
            var config = main.settings();
            var rows = Providers.all().stream().filter(row -> matches(row, filter)).toList();
            if (json) System.out.println(Json.write(Json.arrayOf(rows.stream().map(row -> Json.object("id", row.id(), "name", row.name(),
                "key", variable(row), "configured", isSet(row, config), "dialect", dialect(row), "base", row.base())).toList())));
            else if (rows.isEmpty()) throw new Config.Wrong("no provider has '" + filter + "' in its id or name"
                + (filter.matches("[A-Za-z][\\w.-]*") ? "; define one of your own with " + Config.variable(filter, "API_BASE") : ""));
            else new Table(List.of("id", "name", "key", "set", "API", "address"), rows.stream().map(row -> List.of(row.id(), row.name(),
                variable(row), isSet(row, config) ? "yes" : "", dialect(row), row.base())).toList())
                .lines(Table.width(config::get)).forEach(System.out::println);
        }
    }

    @Command(name = "models", mixinStandardHelpOptions = true, footerHeading = EXAMPLES,
        footer = {"  freecc models", "  freecc models groq/", "  freecc models --json sonnet", "  freecc models --refresh"},
        description = "List models with their limits, prices, inputs and effort levels.")
    static final class ModelList implements Callable<Integer> {
        @ParentCommand private Main main;
        @Parameters(arity = "0..1", paramLabel = "FILTER", defaultValue = "",
            description = "Part of <provider>/<model>. Without it: the models of the providers that you can use.")
        private String filter;
        @Option(names = "--refresh", description = "First fetch newer facts from models.dev, which are kept in the state folder.")
        private boolean refresh;
        @Option(names = "--json", description = "Print JSON instead of a table.") private boolean json;

        @Override public Integer call() throws IOException {
            var models = new Models(main.settings(), System.out, System.err);
            if (refresh) models.refresh();
            return models.print(filter, json);
        }
    }

    @Command(name = "completion", mixinStandardHelpOptions = true,
        description = {"Print a completion script for bash and zsh. To use it, add this line to your shell's profile:",
            "  source <(freecc completion)"})
    static final class Completion implements Runnable {
        @Spec private CommandLine.Model.CommandSpec spec;

        @Override public void run() { System.out.print(AutoComplete.bash("freecc", spec.root().commandLine())); }
    }

    static boolean matches(Provider row, String filter) {
        var wanted = filter.toLowerCase(Locale.ROOT);
        return row.name().toLowerCase(Locale.ROOT).contains(wanted) || row.id().contains(wanted)
            || row.aliases().stream().anyMatch(alias -> alias.contains(wanted));
    }

    /// The variable for its key; a login or a server on this machine needs none.
    static String variable(Provider row) { return row.local() ? "" : row.keyVariables().getFirst(); }

    static boolean isSet(Provider row, Config config) { return row.access().isSet(row, config); }

    static String dialect(Provider row) { return Dialects.nameOf(row.dialect()).replace("`", ""); }
}
