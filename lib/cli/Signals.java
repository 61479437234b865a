package lib.cli;

import sun.misc.Signal;

/// Ctrl-C belongs to the child while it lives: it reaches both, and the child decides what it means.
final class Signals {
    private Signals() {}

    /// A handler that does nothing, and not "ignore", which the child would inherit.
    static void leaveInterruptToChild() { Signal.handle(new Signal("INT"), _ -> { }); }
}
