package lib.cli;

import sun.misc.Signal;

/// While Claude Code runs, Ctrl-C is for it alone to act on, although the signal reaches both processes.
final class Signals {
    private Signals() {}

    /// Installs a handler that does nothing. "Ignore" would be inherited by the child.
    static void leaveInterruptToChild() { Signal.handle(new Signal("INT"), _ -> { }); }
}
