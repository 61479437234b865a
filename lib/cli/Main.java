package lib.cli;

import module java.base;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine;

import lib.access.*;
import lib.config.*;
import lib.routing.*;
import lib.wire.*;

/// The command line.
@Command(name = "freecc", description = "Runs Claude Code on any LLM: a proxy between Claude Code and the provider of your choice.",
    subcommands = {Main.ServeCommand.class, Main.CodeCommand.class, Commands.Setup.class, Commands.Check.class,
        Commands.ProviderList.class, Commands.ModelList.class, Main.LoginCommand.class, Main.LogoutCommand.class, Commands.Completion.class,
        Main.UsageCommand.class, Main.StatusLineCommand.class},
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:all is well", "1:`check` found a model that does not work, or `init` wrote nothing",
        "2:the command line or a setting is wrong", "127:`code` found no Claude Code; otherwise its exit code is Claude Code's"},
    mixinStandardHelpOptions = true, versionProvider = Main.Version.class)
public final class Main implements Callable<Integer> {
    private static final String ENV_FILE = "--env-file", HOST = "--host", PORT = "--port", NO_RELOAD = "--no-reload", SERVER = "--server";
    private static final String SERVE = "serve", CODE = "code";

    /// The commands that an option is for, if it is not for all.
    private static final Map<String, List<String>> USERS =
        Map.of(HOST, List.of(SERVE), PORT, List.of(SERVE), SERVER, List.of(SERVE), NO_RELOAD, List.of(SERVE, CODE));

    static final class Version implements CommandLine.IVersionProvider {
        @Override public String[] getVersion() { return new String[]{"FreeCC " + Config.VERSION}; }
    }

    @Option(names = ENV_FILE, paramLabel = "FILE", scope = ScopeType.INHERIT,
        description = "Read settings from this file instead of the usual .env.")
    private Path envFile;

    @Option(names = HOST, paramLabel = "ADDRESS", scope = ScopeType.INHERIT,
        description = "The address to listen on. Default: FREECC_HOST, or 127.0.0.1.")
    private String host;

    @Option(names = PORT, paramLabel = "PORT", scope = ScopeType.INHERIT,
        description = "The port to listen on; 0 takes any free one. Default: PORT, or 8082.")
    private String port;

    @Option(names = NO_RELOAD, scope = ScopeType.INHERIT,
        description = "Do not read .env again when it changes. By default its models, keys and addresses count from the next request.")
    private boolean noReload;

    @Option(names = SERVER, scope = ScopeType.INHERIT,
        description = "Serve many users: Java uses more memory and compiles more. Default: FREECC_SERVER, or false.")
    private boolean server;

    private List<String> given = List.of(), claudes = List.of();

    /// The jar's main class, which has to be in a package.
    public static void main(String... arguments) { System.exit(run(arguments)); }

    /// What follows `code` goes to Claude Code unchanged, so it is cut off before picocli parses the rest. Only `--env-file`
    /// directly after `code` is FreeCC's: further on, it may belong to a command that Claude Code is to run.
    public static int run(String... arguments) {
        var main = new Main();
        var own = List.of(arguments);
        main.given = own;
        var end = commandAt(own) + 1;
        if (end <= own.size()) {
            while (end < own.size() && own.get(end).matches(ENV_FILE + "(=.*)?")) end += own.get(end).equals(ENV_FILE) ? 2 : 1;
            end = Math.min(end, own.size());
            main.claudes = own.subList(end, own.size());
            own = own.subList(0, end);
        }
        return switch (String.join(" ", own)) {
            case "", SERVE -> main.alone(main::serve);
            case CODE -> main.alone(main::code);
            case "train" -> main.alone(Training::run);
            default -> main.parser().execute(own.toArray(String[]::new));
        };
    }

    /// The options are inherited so that they may come before or after the command; a command that has no use for one refuses it.
    private CommandLine parser() {
        var parser = new CommandLine(this);
        for (var one : parser.getSubcommands().values()) {
            var command = one.getCommandSpec();
            USERS.forEach((option, users) -> { if (!users.contains(command.name())) command.remove(command.findOption(option)); });
        }
        return parser.setExecutionExceptionHandler(Main::explained).setExecutionStrategy(Main::run);
    }

    private static int run(CommandLine.ParseResult parsed) {
        var command = parsed.hasSubcommand() ? parsed.subcommand().commandSpec().name() : SERVE;
        USERS.forEach((option, users) -> {
            if (parsed.hasMatchedOption(option) && !users.contains(command))
                throw new CommandLine.ParameterException(parsed.commandSpec().commandLine(),
                    option + " has no effect on " + command + "; it is an option of " + String.join(" and ", users));
        });
        return new CommandLine.RunLast().execute(parsed);
    }

    /// Runs a command that has no options, without picocli, which takes half of the time to start.
    private int alone(Callable<Integer> command) {
        try {
            return command.call();
        } catch (Exception e) {
            if (isExplained(e)) return complain(e);
            e.printStackTrace();
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private static int commandAt(List<String> arguments) {
        for (var i = 0; i < arguments.size(); i++) {
            if (List.of(ENV_FILE, HOST, PORT).contains(arguments.get(i))) i++;
            else if (!arguments.get(i).startsWith("-")) return arguments.get(i).equals(CODE) ? i : arguments.size();
        }
        return arguments.size();
    }

    private static int explained(Exception e, CommandLine line, CommandLine.ParseResult parsed) throws Exception {
        if (!isExplained(e)) throw e;
        return complain(e);
    }

    private static boolean isExplained(Exception e) { return e instanceof Config.Wrong || e instanceof ApiError; }

    private static int complain(Exception e) {
        System.err.println("freecc: " + e.getMessage().lines().map(Printable::line).collect(Collectors.joining("\n")));
        return 2;
    }

    /// Without a command, it serves.
    @Override public Integer call() throws Exception { return serve(); }

    private int serve() throws IOException, InterruptedException, ExecutionException {
        var here = Path.of(".env");
        var file = named(Files.isRegularFile(here) ? here : ownSettings());
        var isForeign = file.equals(here) && envFile == null && !isOwnFolder();
        var source = new Reload.Source(file, settings -> {
            if (isForeign) new FolderSettings(file, Config.fileSettings(file), Config.environment()).check();
            return settings.over(file);
        });
        var config = source.read().apply(Config.environment());
        if (server || config.flag("FREECC_SERVER")) ServerJvm.begin(given);
        var address = host == null ? config.host() : host;
        var serve = new Serve(config, reloaded(source));
        var number = port == null ? config.port() : Config.port(port, PORT);
        var stop = Signals.stop();
        try (var server = serve.start(address, number, Path.of("claude-proxy.log"), Optional.of(System.out))) {
            serve.banner(System.out, address, server.port());
            serve.drain(server, stop.get());
        }
        return 0;
    }

    private Optional<Reload.Source> reloaded(Reload.Source source) { return noReload ? Optional.empty() : Optional.of(source); }

    /// The settings of whoever runs the command, as `code` takes them.
    Config settings() {
        var config = Config.load(named(ownSettings()));
        new Trust(config).apply();
        return config;
    }

    /// Writes the file that `code` reads, or the one that is named, which need not exist.
    Integer init() throws IOException {
        var init = new Init(Config.environment(), envFile == null ? ownSettings() : envFile, Dialogue.atTerminal());
        return init.run(codeCommand()) ? 0 : 1;
    }

    private Login login() { return new Login(settings(), System.out, Login::sleep); }

    private int code() throws IOException, InterruptedException {
        var file = named(ownSettings());
        var source = new Reload.Source(file, settings -> settings.over(file));
        return Code.run(Config.load(file), reloaded(source), codeCommand(), claudes);
    }

    /// What the user types to start Claude Code with these settings.
    private String codeCommand() { return envFile == null ? "freecc code" : "freecc code " + ENV_FILE + " " + envFile; }

    private Path named(Path usual) {
        if (envFile == null) return usual;
        if (!Files.isRegularFile(envFile)) throw new Config.Wrong(ENV_FILE + " " + envFile + ": file not found");
        return envFile;
    }

    /// Whether FreeCC itself is in the current folder. ./jbang says where it is; a JBang of one's own does not.
    private static boolean isOwnFolder() throws IOException {
        var folder = Config.environment().get("FREECC_DIR");
        var here = Path.of("").toAbsolutePath();
        if (!folder.isEmpty()) return Files.isDirectory(Path.of(folder)) && Files.isSameFile(Path.of(folder), here);
        return Files.isRegularFile(here.resolve("FreeCC.java")) && Files.isRegularFile(here.resolve("lib/cli/Main.java"));
    }

    /// Never the current folder's `.env`, which may come with a stranger's repository: it could send a key elsewhere.
    private static Path ownSettings() {
        var environment = Config.environment();
        return Stream.of(environment.get("FREECC_DIR"), "").filter(folder -> !folder.isEmpty()).map(folder -> Path.of(folder, ".env"))
            .filter(Files::isRegularFile).findFirst().orElse(environment.configFolder().resolve(".env"));
    }

    @Command(name = SERVE, footerHeading = Commands.EXAMPLES,
        footer = {"  freecc serve", "  freecc serve --port 9000", "  freecc serve --env-file work.env"},
        description = "Start the proxy. This is also what happens without a command.", mixinStandardHelpOptions = true)
    static final class ServeCommand implements Callable<Integer> {
        @CommandLine.ParentCommand private Main main;

        @Override public Integer call() throws Exception { return main.serve(); }
    }

    @Command(name = CODE, description = "Start the proxy and Claude Code on it. All further arguments go to Claude Code.")
    static final class CodeCommand implements Callable<Integer> {
        @CommandLine.ParentCommand private Main main;

        @Override public Integer call() throws Exception { return main.code(); }
    }

    @Command(name = "usage", footerHeading = Commands.EXAMPLES,
        footer = {"  freecc usage", "  freecc usage --by session --since 7d", "  freecc usage --by day --since 2026-11-01 --json"},
        description = "Show the tokens and the cost of your requests.", mixinStandardHelpOptions = true)
    static final class UsageCommand implements Callable<Integer> {
        @CommandLine.ParentCommand private Main main;
        @Option(names = "--by", paramLabel = "WHAT", defaultValue = "model",
            description = "One of model, session, day, hour, role. Default: model.")
        private String by;
        @Option(names = "--since", paramLabel = "WHEN", defaultValue = "30d",
            description = "A period such as 7d, 24h or 4w, or a day such as 2026-11-01. Default: 30d.")
        private String since;
        @Option(names = "--json", description = "Print JSON.") private boolean asJson;

        @Override public Integer call() {
            var out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
            out.print(new UsageReport(Config.load(main.named(ownSettings())), by, since).text(ZonedDateTime.now(), asJson));
            out.flush();
            return 0;
        }
    }

    @Command(name = "statusline", mixinStandardHelpOptions = true,
        description = "Print Claude Code's status line: the model behind FreeCC, the context used, the session's cost. It is for "
            + "`statusLine` in Claude Code's settings, which `freecc code` sets by itself.")
    static final class StatusLineCommand implements Callable<Integer> {
        @CommandLine.ParentCommand private Main main;

        @Override public Integer call() throws IOException {
            var config = Config.load(main.named(ownSettings()));
            var url = Optional.ofNullable(System.getenv("ANTHROPIC_BASE_URL")).orElse("http://127.0.0.1:" + config.port());
            var token = Optional.ofNullable(System.getenv("ANTHROPIC_AUTH_TOKEN")).orElse(config.accessKey());
            var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
            out.println(new StatusCommand(config, url, token).line(System.in));
            return 0;
        }
    }

    @Command(name = "login", mixinStandardHelpOptions = true, footerHeading = Commands.EXAMPLES,
        footer = {"  freecc login", "  freecc login github_copilot"},
        description = "Sign in to use a subscription instead of an API key. Without a provider, list those that have a login.")
    static final class LoginCommand implements Callable<Integer> {
        @CommandLine.ParentCommand private Main main;
        @Parameters(arity = "0..1", paramLabel = "PROVIDER", defaultValue = "", description = "For example github_copilot.")
        private String provider;

        @Override public Integer call() {
            main.login().in(provider);
            return 0;
        }
    }

    @Command(name = "logout", footerHeading = Commands.EXAMPLES, footer = "  freecc logout github_copilot",
        description = "Sign out: delete the stored login of a provider.", mixinStandardHelpOptions = true)
    static final class LogoutCommand implements Callable<Integer> {
        @CommandLine.ParentCommand private Main main;
        @Parameters(paramLabel = "PROVIDER", description = "For example github_copilot.") private String provider;

        @Override public Integer call() {
            main.login().out(provider);
            return 0;
        }
    }
}
