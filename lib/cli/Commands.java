package lib.cli;

import module java.base;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine;

import lib.access.*;
import lib.config.*;
import lib.json.*;
import lib.provider.*;

/// The commands and options as picocli knows them.
@Command(name = "freecc", description = "Runs Claude Code on any LLM: a proxy between Claude Code and the provider of your choice.",
    subcommands = {Commands.ServeCommand.class, Commands.CodeCommand.class, Commands.Setup.class, Commands.Check.class,
        Commands.ProviderList.class, Commands.ModelList.class, Commands.LoginCommand.class, Commands.LogoutCommand.class,
        Commands.Completion.class, Commands.UsageCommand.class, Commands.StatusLineCommand.class},
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:all is well", "1:`check` found a model that does not work, or `init` wrote nothing",
        "2:the command line or a setting is wrong", "127:`code` found no Claude Code; otherwise its exit code is Claude Code's"},
    mixinStandardHelpOptions = true, versionProvider = Commands.Version.class)
final class Commands implements Callable<Integer> {
    /// Above the examples of a command's help.
    private static final String EXAMPLES = "Examples:%n";

    /// The commands that an option is for, if it is not for all.
    private static final Map<String, List<String>> USERS = Map.of(Options.HOST, List.of(Main.SERVE), Options.PORT, List.of(Main.SERVE),
        Options.SERVER, List.of(Main.SERVE), Options.NO_RELOAD, List.of(Main.SERVE, Main.CODE));

    static final class Version implements CommandLine.IVersionProvider {
        @Override public String[] getVersion() { return new String[]{"FreeCC " + Config.VERSION}; }
    }

    @Option(names = Options.ENV_FILE, paramLabel = "FILE", scope = ScopeType.INHERIT,
        description = "Read settings from this file instead of the usual .env.")
    private Path envFile;

    @Option(names = Options.HOST, paramLabel = "ADDRESS", scope = ScopeType.INHERIT,
        description = "The address to listen on. Default: FREECC_HOST, or 127.0.0.1.")
    private String host;

    @Option(names = Options.PORT, paramLabel = "PORT", scope = ScopeType.INHERIT,
        description = "The port to listen on; 0 takes any free one. Default: PORT, or 8082.")
    private String port;

    @Option(names = Options.NO_RELOAD, scope = ScopeType.INHERIT,
        description = "Do not read .env again when it changes. By default its models, keys and addresses count from the next request.")
    private boolean noReload;

    @Option(names = Options.SERVER, scope = ScopeType.INHERIT,
        description = "Serve many users: Java uses more memory and compiles more. Default: FREECC_SERVER, or false.")
    private boolean server;

    private final List<String> given, claudes;

    private Commands(List<String> given, List<String> claudes) {
        this.given = given;
        this.claudes = claudes;
    }

    /// The options are inherited so that they may come before or after the command; a command that has no use for one refuses it.
    static CommandLine parser(List<String> given, List<String> claudes) {
        var parser = new CommandLine(new Commands(given, claudes));
        for (var one : parser.getSubcommands().values()) {
            var command = one.getCommandSpec();
            USERS.forEach((option, users) -> { if (!users.contains(command.name())) command.remove(command.findOption(option)); });
        }
        return parser.setExecutionExceptionHandler(Commands::explained).setExecutionStrategy(Commands::executed);
    }

    private static int executed(CommandLine.ParseResult parsed) {
        var command = parsed.hasSubcommand() ? parsed.subcommand().commandSpec().name() : Main.SERVE;
        USERS.forEach((option, users) -> {
            if (parsed.hasMatchedOption(option) && !users.contains(command))
                throw new CommandLine.ParameterException(parsed.commandSpec().commandLine(),
                    option + " has no effect on " + command + "; it is an option of " + String.join(" and ", users));
        });
        return new CommandLine.RunLast().execute(parsed);
    }

    private static int explained(Exception e, CommandLine line, CommandLine.ParseResult parsed) throws Exception {
        if (!Main.isExplained(e)) throw e;
        return Main.complain(e);
    }

    Options options() {
        return new Options(Optional.ofNullable(envFile), Optional.ofNullable(host), Optional.ofNullable(port), !noReload, server, given);
    }

    private Login login() { return new Login(options().settings(), System.out, Login::sleep); }

    /// Without a command, it serves.
    @Override public Integer call() throws Exception { return Serve.run(options()); }

    @Command(name = Main.SERVE, footerHeading = EXAMPLES,
        footer = {"  freecc serve", "  freecc serve --port 9000", "  freecc serve --env-file work.env"},
        description = "Start the proxy. This is also what happens without a command.", mixinStandardHelpOptions = true)
    static final class ServeCommand implements Callable<Integer> {
        @ParentCommand private Commands all;

        @Override public Integer call() throws Exception { return Serve.run(all.options()); }
    }

    @Command(name = Main.CODE, description = "Start the proxy and Claude Code on it. All further arguments go to Claude Code.")
    static final class CodeCommand implements Callable<Integer> {
        @ParentCommand private Commands all;

        @Override public Integer call() throws Exception { return Code.run(all.options(), all.claudes); }
    }

    @Command(name = "usage", footerHeading = EXAMPLES,
        footer = {"  freecc usage", "  freecc usage --by session --since 7d", "  freecc usage --by day --since 2026-11-01 --json"},
        description = "Show the tokens and the cost of your requests.", mixinStandardHelpOptions = true)
    static final class UsageCommand implements Callable<Integer> {
        @ParentCommand private Commands all;
        @Option(names = "--by", paramLabel = "WHAT", defaultValue = "model",
            description = "One of model, session, day, hour, role. Default: model.")
        private String by;
        @Option(names = "--since", paramLabel = "WHEN", defaultValue = "30d",
            description = "A period such as 7d, 24h or 4w, or a day such as 2026-11-01. Default: 30d.")
        private String since;
        @Option(names = "--json", description = "Print JSON.") private boolean asJson;

        @Override public Integer call() {
            var out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
            out.print(new UsageReport(Config.load(all.options().file()), by, since).text(ZonedDateTime.now(), asJson));
            out.flush();
            return 0;
        }
    }

    @Command(name = "statusline", mixinStandardHelpOptions = true,
        description = "Print Claude Code's status line: the model behind FreeCC, the context used, the session's cost. It is for "
            + "`statusLine` in Claude Code's settings, which `freecc code` sets by itself.")
    static final class StatusLineCommand implements Callable<Integer> {
        @ParentCommand private Commands all;

        @Override public Integer call() throws IOException {
            var config = Config.load(all.options().file());
            var url = Optional.ofNullable(System.getenv("ANTHROPIC_BASE_URL")).orElse("http://127.0.0.1:" + config.port());
            var token = Optional.ofNullable(System.getenv("ANTHROPIC_AUTH_TOKEN")).orElse(config.accessKey());
            var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
            out.println(new StatusCommand(config, url, token).line(System.in));
            return 0;
        }
    }

    @Command(name = "login", mixinStandardHelpOptions = true, footerHeading = EXAMPLES,
        footer = {"  freecc login", "  freecc login github_copilot"},
        description = "Sign in to use a subscription instead of an API key. Without a provider, list those that have a login.")
    static final class LoginCommand implements Callable<Integer> {
        @ParentCommand private Commands all;
        @Parameters(arity = "0..1", paramLabel = "PROVIDER", defaultValue = "", description = "For example github_copilot.")
        private String provider;

        @Override public Integer call() {
            all.login().in(provider);
            return 0;
        }
    }

    @Command(name = "logout", footerHeading = EXAMPLES, footer = "  freecc logout github_copilot",
        description = "Sign out: delete the stored login of a provider.", mixinStandardHelpOptions = true)
    static final class LogoutCommand implements Callable<Integer> {
        @ParentCommand private Commands all;
        @Parameters(paramLabel = "PROVIDER", description = "For example github_copilot.") private String provider;

        @Override public Integer call() {
            all.login().out(provider);
            return 0;
        }
    }

    @Command(name = "init", mixinStandardHelpOptions = true, footerHeading = EXAMPLES,
        footer = {"  freecc init", "  freecc --env-file work.env init"},
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:the settings were written", "1:you left before", "2:the input ended, or a setting is wrong"},
        description = {"Set FreeCC up: choose a provider and models, enter the key, try them, and write them to the .env that `code` reads",
            "(or to the file that --env-file names). What else is in the file stays."})
    static final class Setup implements Callable<Integer> {
        @ParentCommand private Commands all;

        @Override public Integer call() throws IOException {
            var options = all.options();
            return new Init(Config.environment(), options.written(), Dialogue.atTerminal()).run(options.codeCommand()) ? 0 : 1;
        }
    }

    @Command(name = "check", mixinStandardHelpOptions = true, footerHeading = EXAMPLES,
        footer = {"  freecc check", "  freecc check subagent", "  freecc check --json groq/openai/gpt-oss-20b"},
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:every model works", "1:at least one does not", "2:the command line or a setting is wrong"},
        description = "Try each configured model: a few streamed words and a tool call, which cost next to nothing.")
    static final class Check implements Callable<Integer> {
        @ParentCommand private Commands all;
        @Parameters(arity = "0..1", paramLabel = "ROUTE", defaultValue = "",
            description = "Only this one: big, small, opus, subagent or another role, or <provider>/<model>.")
        private String only;
        @Option(names = "--json", description = "Print the findings as JSON, and the progress to standard error.") private boolean json;

        @Override public Integer call() throws IOException {
            var named = Stream.of(only).filter(one -> !one.isEmpty()).toList();
            return new Checkup(all.options().settings(), json ? System.err : System.out).run(named, json) ? 0 : 1;
        }
    }

    @Command(name = "providers", mixinStandardHelpOptions = true, footerHeading = EXAMPLES,
        footer = {"  freecc providers", "  freecc providers azure", "  freecc providers --json"},
        description = "List the providers, with the variable for the key of each, and whether it is set.")
    static final class ProviderList implements Runnable {
        @ParentCommand private Commands all;
        @Parameters(arity = "0..1", paramLabel = "FILTER", defaultValue = "", description = "Only those with this in their id or name.")
        private String filter;
        @Option(names = "--json", description = "Print JSON instead of a table.") private boolean json;

        @Override public void run() {
            var config = all.options().settings();
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
        @ParentCommand private Commands all;
        @Parameters(arity = "0..1", paramLabel = "FILTER", defaultValue = "",
            description = "Part of <provider>/<model>. Without it: the models of the providers that you can use.")
        private String filter;
        @Option(names = "--refresh", description = "First fetch newer facts from models.dev, which are kept in the state folder.")
        private boolean refresh;
        @Option(names = "--json", description = "Print JSON instead of a table.") private boolean json;

        @Override public Integer call() throws IOException {
            var models = new Models(all.options().settings(), System.out, System.err);
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
