package lib.dialect.chat;

import lib.json.*;

/// Arguments of a call from a host that sends either pieces or, each time, everything so far. A piece that starts with
/// everything before it could be either; whichever makes a complete JSON object decides.
final class CumulativeArguments {
    private final StringBuilder all = new StringBuilder();
    private String doubtful = "";
    private boolean snapshots;

    /// The new text in the piece.
    String take(String piece) {
        if (piece.isEmpty()) return "";
        if (snapshots) return piece.length() > all.length() && piece.startsWith(all.toString()) ? add(piece.substring(all.length())) : "";
        if (!doubtful.isEmpty()) {
            if (piece.startsWith(doubtful)) {
                snapshots = true;
                doubtful = "";
                return take(piece);
            }
            var before = doubtful;
            doubtful = "";
            return add(before + piece);
        }
        if (!repeats(piece) || Json.isObject(all + piece)) return add(piece);
        if (Json.isObject(piece) || all.length() == 1) {   // no object starts with two braces
            snapshots = true;
            return take(piece);
        }
        doubtful = piece;
        return "";
    }

    private boolean repeats(String piece) { return !all.isEmpty() && all.charAt(0) == '{' && piece.startsWith(all.toString()); }

    /// Still undecided at the end: it was a piece.
    String rest() {
        var last = doubtful;
        doubtful = "";
        return last.isEmpty() ? "" : add(last);
    }

    boolean whole() { return Json.isObject(all.toString()); }

    boolean has(String piece) { return all.toString().equals(piece); }

    private String add(String piece) {
        all.append(piece);
        return piece;
    }
}
