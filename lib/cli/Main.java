package lib.cli;

import module java.base;

import lib.config.*;
import lib.listen.*;
import lib.wire.*;

/// The command line. `serve` and `code` without options, which are what most people run, start without picocli: it takes as
/// long as the rest.
public final class Main {
    static final String SERVE = "serve", CODE = "code";
    private static final String TRAIN = "train";
    private static final Set<String> ALONE = Set.of("", SERVE, CODE, TRAIN);

    private Main() {}

    /// The jar's main class, which has to be in a package.
    public static void main(String... arguments) { System.exit(run(arguments)); }

    /// What follows `code` goes to Claude Code unchanged, so it is cut off before picocli parses the rest. Only `--env-file`
    /// directly after `code` is FreeCC's: further on, it may belong to a command that Claude Code is to run.
    public static int run(String... arguments) {
        var given = List.of(arguments);
        var end = commandAt(given) + 1;
        while (end < given.size() && given.get(end).matches(Options.ENV_FILE + "(=.*)?"))
            end += given.get(end).equals(Options.ENV_FILE) ? 2 : 1;
        end = Math.min(end, given.size());
        var claudes = given.subList(end, given.size());
        var own = given.subList(0, end);
        var command = String.join(" ", own);
        return ALONE.contains(command) ? alone(command, given, claudes)
            : Commands.parser(given, claudes).execute(own.toArray(String[]::new));
    }

    private static int alone(String command, List<String> given, List<String> claudes) {
        Listener.prepare();
        try {
            return switch (command) {
                case CODE -> Code.run(Options.none(given), claudes);
                case TRAIN -> Training.run();
                default -> Serve.run(Options.none(given));
            };
        } catch (Exception e) {
            if (isExplained(e)) return complain(e);
            e.printStackTrace();
            return 1;
        }
    }

    private static int commandAt(List<String> arguments) {
        for (var i = 0; i < arguments.size(); i++) {
            if (List.of(Options.ENV_FILE, Options.HOST, Options.PORT).contains(arguments.get(i))) i++;
            else if (!arguments.get(i).startsWith("-")) return arguments.get(i).equals(CODE) ? i : arguments.size();
        }
        return arguments.size();
    }

    static boolean isExplained(Exception e) { return e instanceof Config.Wrong || e instanceof ApiError; }

    static int complain(Exception e) {
        System.err.println("freecc: " + e.getMessage().lines().map(Printable::line).collect(Collectors.joining("\n")));
        return 2;
    }
}
