package lib.cli;

import module java.base;
import sun.misc.Signal;
import sun.misc.SignalHandler;

import lib.server.*;

/// What Ctrl-C and SIGTERM mean: the first asks FreeCC to stop, and the second ends the process at once.
final class Signals implements SignalHandler, Serve.Work {
    private final CompletableFuture<Signal> first = new CompletableFuture<>();

    Signals() {
        for (var name : List.of("TERM", "INT")) Signal.handle(new Signal(name), this);
    }

    @Override public void handle(Signal signal) {
        if (!first.complete(signal)) Runtime.getRuntime().halt(128 + signal.getNumber());
    }

    @Override public Signal until(Server server) throws InterruptedException, ExecutionException { return first.get(); }

    /// Whether a program such as systemd, Docker or Kubernetes sent it, rather than a person at the keyboard.
    static boolean isFromProgram(Signal signal) { return signal.getName().equals("TERM"); }

    /// While Claude Code runs, Ctrl-C is for it alone to act on, although the signal reaches both processes. Installs a
    /// handler that does nothing. "Ignore" would be inherited by the child.
    static void leaveInterruptToChild() { Signal.handle(new Signal("INT"), _ -> { }); }
}
