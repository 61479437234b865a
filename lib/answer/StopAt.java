package lib.answer;

import module java.base;

import lib.reply.*;

/// Ends a reply at a stop sequence, whether the provider was told of it or not. Only text is looked at: Anthropic's API does
/// not look for them in thinking or in a tool's input.
public final class StopAt implements Consumer<Event> {
    /// Leaves the reading loop, which closes the connection.
    static final class Reached extends RuntimeException {
        private final transient Consumer<Event> by;

        Reached(Consumer<Event> by) {
            super(null, null, false, false);
            this.by = by;
        }
    }

    private final StopSequences sequences;
    private final Consumer<Event> out;

    private StopAt(List<String> sequences, Consumer<Event> out) {
        this.sequences = new StopSequences(sequences);
        this.out = out;
    }

    /// Reads up to a stop sequence; then the filters between the reader and it get the end of the reply, for they may hold a call.
    public static void listen(List<String> sequences, Consumer<Event> out, UnaryOperator<Consumer<Event>> filters,
                              Consumer<Consumer<Event>> reading) {
        if (sequences.isEmpty()) {
            reading.accept(filters.apply(out));
            return;
        }
        var stop = new StopAt(sequences, out);
        var filtered = filters.apply(stop);
        try {
            reading.accept(filtered);
        } catch (Reached e) {
            if (e.by != stop) throw e;   // a reader within a reader
            filtered.accept(new Event.Stop("stop_sequence", stop.sequences.reached()));
        }
    }

    @Override public void accept(Event event) {
        var ended = !sequences.reached().isEmpty();
        if (event instanceof Event.Text(var piece)) {
            if (ended) return;   // what a filter still held is after the end
            var text = sequences.take(piece);
            if (!text.isEmpty()) out.accept(new Event.Text(text));
            if (!sequences.reached().isEmpty()) throw new Reached(this);
            return;
        }
        if (event instanceof Event.Thinking(var nothing) && nothing.isEmpty()) return;   // the held text may still continue
        if (!(event instanceof Event.Usage)) {
            var rest = sequences.rest();
            if (!rest.isEmpty()) out.accept(new Event.Text(rest));
        }
        out.accept(event);
    }
}
