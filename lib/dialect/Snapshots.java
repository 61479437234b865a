package lib.dialect;

import lib.wire.Json;

/// Arguments that come in pieces, from a host that may instead send all of them so far each time. A piece that
/// begins with everything before it could be either; what makes a whole JSON object decides.
final class Snapshots {
    private final StringBuilder all = new StringBuilder();
    private String doubtful = "";
    private boolean snapshots;

    /// What the piece adds.
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
        if (all.length() < 2 || piece.length() <= all.length() || !piece.startsWith(all.toString())) return add(piece);
        if (Json.isObject(all + piece)) return add(piece);
        if (Json.isObject(piece)) {
            snapshots = true;
            return add(piece.substring(all.length()));
        }
        doubtful = piece;
        return "";
    }

    /// Nothing decided: pieces are the rule.
    String rest() {
        var last = doubtful;
        doubtful = "";
        return last.isEmpty() ? "" : add(last);
    }

    boolean whole() { return Json.isObject(all.toString()); }

    private String add(String piece) {
        all.append(piece);
        return piece;
    }
}
