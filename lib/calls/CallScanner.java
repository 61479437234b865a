package lib.calls;

import module java.base;

/// Looks for calls in a text that arrives in pieces. Plain text flows on; from an opening mark on it is held back until it is
/// decided. A text of a given length takes time in proportion to it, however it is cut and whatever it holds.
final class CallScanner {
    private static final int LIMIT = 1 << 18, PATIENCE = 16, FIRST = 16;

    private final Mark.Index marks;
    private final Consumer<String> out;
    private final BiPredicate<Passage, String> taken;
    private final Position position = new Position();
    private final StringBuilder text = new StringBuilder(), said = new StringBuilder();
    private List<Mark> held = List.of();   // the marks that the text at `at` begins with, if it is held
    private int at, next;
    private long seen, work;
    private boolean begun, solid, flowing, called, off;

    /// `taken` decides whether what was read is a call, from what it says and how it is written.
    CallScanner(Mark.Index marks, Consumer<String> out, BiPredicate<Passage, String> taken) {
        this.marks = marks;
        this.out = out;
        this.taken = taken;
    }

    void write(String piece) {
        if (piece.isEmpty()) return;
        text.append(piece);
        seen += piece.length();
        scan(Cursor.Rest.MORE);
    }

    /// No more will come of this text.
    void end() { end(Cursor.Rest.NOTHING); }

    void end(Cursor.Rest rest) {
        scan(rest);
        if (!called && !said.isEmpty()) out.accept(said.toString());
        said.setLength(0);
        position.reset();
        flowing = false;
    }

    /// There is a call beside the text: what is left of its syntax goes.
    void called() {
        called = true;
        if (!held.isEmpty() && isOnlyMarks(text.toString(), at)) {
            text.setLength(at);
            held = List.of();
            next = 0;
        }
        end();
    }

    private void scan(Cursor.Rest rest) {
        if (!held.isEmpty() && rest == Cursor.Rest.MORE && text.length() - at < next) return;
        var all = text.toString();
        while (at < all.length())
            if (held.isEmpty() ? !find(all, rest != Cursor.Rest.MORE) : !decide(all, rest)) break;
        text.delete(0, at);
        at = 0;
        flush();
    }

    /// Goes on to the next mark. False if the text ends before it is clear whether one begins.
    private boolean find(String all, boolean last) {
        while (true) {
            pass(all, off ? all.length() : marks.next(all, at));
            if (at == all.length()) return true;
            var left = all.length() - at;
            var whole = new ArrayList<Mark>();
            for (var mark : marks.at(all.charAt(at))) {
                var length = mark.text().length();
                if (!mark.text().regionMatches(0, all, at, Math.min(length, left)) || !isPossible(mark)) continue;
                if (length > left && !last) return false;
                if (length <= left || called && mark.isRemnant()) whole.add(mark);
            }
            if (!whole.isEmpty()) {
                held = whole;
                return true;
            }
            pass(all, at + 1);
        }
    }

    private boolean isPossible(Mark mark) {
        return switch (mark.kind()) {
            case TOKEN, END, DEBRIS -> position.isOpen();
            case LINE -> position.isOpen() && position.isLineStart();
            case START -> !begun && !called;
        };
    }

    /// Reads on from a mark. False if more text is needed.
    private boolean decide(String all, Cursor.Rest rest) {
        for (var mark : held) {
            var in = new Cursor(all, at, rest);
            try {
                var passage = mark.read().apply(in);
                if (mark.kind() != Mark.Kind.LINE && mark.kind() != Mark.Kind.START && !position.isBlank()) in.lineEnds();
                flush();   // in its order, for a stop sequence in it may end the reply
                if (mark.isRemnant() ? isDropped(mark, in) : taken.test(passage, all.substring(at, in.at()))) {
                    take(in.at(), mark);
                    return true;
                }
            } catch (Cursor.Unfinished e) {
                next = Math.max(FIRST, (all.length() - at) * 5 / 4);
                if (all.length() - at <= LIMIT) return false;
                refuse(all, all.length() - at);
                return true;
            } catch (Cursor.Mismatch e) {
                // Perhaps it is the next one.
            } finally {
                work += in.reached() - at;
            }
        }
        off |= work > PATIENCE * (seen + FIRST);
        refuse(all, off ? all.length() - at : 1);
        return true;
    }

    /// Whether what is left of a call's syntax goes. Alone it may be what a call follows, which the server has parsed.
    private boolean isDropped(Mark mark, Cursor in) {
        if (called || mark.kind() == Mark.Kind.DEBRIS) return true;
        in.space();
        if (in.isAtEnd()) throw in.unfinished();
        return false;
    }

    private void take(int end, Mark mark) {
        flowing &= mark.isRemnant();
        if (!mark.isRemnant()) {
            called = true;
            position.reset();
        }
        at = end;
        held = List.of();
        next = 0;
    }

    /// So much of what was held is text after all, unless it is the rest of a call that went another way.
    private void refuse(String all, int length) {
        var mark = held.getFirst().text();
        held = List.of();
        next = 0;
        if (called && isAlone(all, at + mark.length())) {
            at += mark.length();
            return;
        }
        pass(all, at + length);
    }

    private static boolean isAlone(String all, int from) {
        for (var i = from; i < all.length(); i++) {
            if (all.charAt(i) == '\n') return true;
            if (!Character.isWhitespace(all.charAt(i))) return false;
        }
        return true;
    }

    /// Whether nothing but marks follows.
    private boolean isOnlyMarks(String all, int from) {
        var in = new Cursor(all, from, Cursor.Rest.NOTHING);
        in.space();
        while (!in.isAtEnd()) {
            var here = marks.at(in.peek()).stream().filter(mark -> mark.kind() != Mark.Kind.START);
            if (here.noneMatch(mark -> in.skip(mark.text()))) return false;
            in.space();
        }
        return true;
    }

    /// The text up to `end` is text.
    private void pass(String all, int end) {
        said.append(all, at, end);
        for (; at < end; at++) {
            var letter = all.charAt(at);
            position.pass(letter);
            solid = solid || !Character.isWhitespace(letter);
        }
        begun |= solid;
    }

    /// Space goes out with what follows it: before a call and after it, it says nothing.
    private void flush() {
        if (said.isEmpty() || !flowing && !solid) return;
        flowing = true;
        solid = false;
        var piece = said.toString();
        said.setLength(0);
        try {
            out.accept(piece);
        } catch (RuntimeException end) {   // nothing after it counts
            text.setLength(at = 0);
            held = List.of();
            throw end;
        }
    }
}
