package lib.answer;

import module java.base;

import lib.reply.*;

/// Ends a reply at a stop sequence that the provider did not get.
public final class StopAt implements Consumer<Event> {
    /// Leaves the reading loop, which closes the connection.
    private static final class Reached extends RuntimeException {
        Reached() { super(null, null, false, false); }
    }

    private final List<String> sequences;
    private final Consumer<Event> out;
    private String held = "";

    private StopAt(List<String> sequences, Consumer<Event> out) {
        this.sequences = sequences;
        this.out = out;
    }

    public static void listen(List<String> sequences, Consumer<Event> out, Consumer<Consumer<Event>> reading) {
        try {
            reading.accept(sequences.isEmpty() ? out : new StopAt(sequences, out));
        } catch (Reached e) {
            // The reply is complete.
        }
    }

    @Override public void accept(Event event) {
        if (event instanceof Event.Text(var piece)) {
            text(held + piece);
            return;
        }
        if (event instanceof Event.Thinking(var nothing) && nothing.isEmpty()) return;   // the held text may still continue
        if (!(event instanceof Event.Usage)) {
            if (!held.isEmpty()) out.accept(new Event.Text(held));
            held = "";
        }
        out.accept(event);
    }

    private void text(String text) {
        var first = "";
        var at = text.length();
        for (var sequence : sequences) {
            var found = text.indexOf(sequence);
            if (found < 0 || found >= at) continue;
            at = found;
            first = sequence;
        }
        if (!first.isEmpty()) {
            out.accept(new Event.Text(text.substring(0, at)));
            out.accept(new Event.Stop("stop_sequence", first));
            throw new Reached();
        }
        var keep = sequences.stream().mapToInt(sequence -> overlap(text, sequence)).max().orElse(0);
        out.accept(new Event.Text(text.substring(0, text.length() - keep)));
        held = text.substring(text.length() - keep);
    }

    /// How many characters at the end of the text could be the start of the sequence.
    static int overlap(String text, String sequence) {
        for (var n = Math.min(sequence.length() - 1, text.length()); n > 0; n--)
            if (text.regionMatches(text.length() - n, sequence, 0, n)) return n;
        return 0;
    }
}
