package lib.dialect.responses;

/// An answer that is told again from its beginning, each time in a new item and a little longer: only what is new passes.
final class RepeatedAnswer {
    private final StringBuilder told = new StringBuilder();
    private String item = "";
    private int again;   // how much of what was told this item has repeated so far
    private boolean repeating;

    /// What the piece of that item adds.
    String take(String from, String piece) {
        if (!from.equals(item)) {
            item = from;
            again = 0;
            repeating = !told.isEmpty();
        }
        if (!repeating) return add(piece);
        var known = Math.min(piece.length(), told.length() - again);
        if (!told.substring(again, again + known).equals(piece.substring(0, known))) {   // another answer, which only began alike
            var begun = told.substring(0, again) + piece;
            told.setLength(0);
            repeating = false;
            return add(begun);
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
