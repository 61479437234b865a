package lib.dialect.responses;

/// An answer that the provider repeats from the start, each time in a new and slightly longer item: only new text passes.
final class RepeatedAnswer {
    private final StringBuilder told = new StringBuilder();
    private String item = "";
    private int again;   // how much of the known text this item has repeated so far
    private boolean repeating;

    /// The new text in a piece of that item.
    String take(String from, String piece) {
        if (!from.equals(item)) {
            item = from;
            again = 0;
            repeating = !told.isEmpty();
        }
        if (!repeating) return add(piece);
        var known = Math.min(piece.length(), told.length() - again);
        if (!told.substring(again, again + known).equals(piece.substring(0, known))) {   // a different answer with the same start
            var whole = told.substring(0, again) + piece;
            told.setLength(0);
            repeating = false;
            return add(whole);
        }
        again += known;
        repeating = known == piece.length();
        return add(piece.substring(known));
    }

    private String add(String piece) {
        told.append(piece);
        return piece;
    }
}
