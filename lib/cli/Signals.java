package lib.cli;

import module java.base;
import sun.misc.Signal;

/// What Ctrl-C and SIGTERM mean.
final class Signals {
    private Signals() {}

    /// The first signal that asks FreeCC to stop, when it comes. The second ends the process at once.
    static Future<Signal> stop() {
        var first = new CompletableFuture<Signal>();
        for (var name : List.of("TERM", "INT")) Signal.handle(new Signal(name), signal -> {
            if (!first.complete(signal)) Runtime.getRuntime().halt(128 + signal.getNumber());
        });
        return first;
    }

    /// Whether a program such as systemd, Docker or Kubernetes sent it, rather than a person at the keyboard.
    static boolean isFromProgram(Signal signal) { return signal.getName().equals("TERM"); }

    /// While Claude Code runs, Ctrl-C is for it alone to act on, although the signal reaches both processes. Installs a
    /// handler that does nothing. "Ignore" would be inherited by the child.
    static void leaveInterruptToChild() { Signal.handle(new Signal("INT"), _ -> { }); }
}
