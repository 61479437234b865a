package lib.calls;

import module java.base;

/// What a call begins with, or what is left of one. `read` reads on from the mark.
record Mark(String text, Kind kind, Function<Cursor, Passage> read) {
    enum Kind {
        /// A token that no one writes by accident: anywhere but in code and quotation.
        TOKEN,
        /// Plain letters: at the beginning of a line only.
        LINE,
        /// Where it begins the answer, and the call is all of it.
        START,
        /// What closes a call: goes, if there is a call beside it.
        END,
        /// Goes in any case.
        DEBRIS
    }

    /// What a call leaves, and not what it begins with.
    boolean isRemnant() { return kind == Kind.END || kind == Kind.DEBRIS; }

    static Mark token(String text, Function<Cursor, Passage> read) { return new Mark(text, Kind.TOKEN, read); }

    static Mark line(String text, Function<Cursor, Passage> read) { return new Mark(text, Kind.LINE, read); }

    static Mark start(String text, Function<Cursor, Passage> read) { return new Mark(text, Kind.START, read); }

    static Mark end(String text) { return new Mark(text, Kind.END, in -> nothing(in, text)); }

    static Mark debris(String text) { return new Mark(text, Kind.DEBRIS, in -> nothing(in, text)); }

    private static Passage nothing(Cursor in, String text) {
        in.needClose(text);
        return new Passage(List.of());
    }

    /// All marks that are looked for in a text, by their first letter and the longest first; most letters begin none.
    record Index(Map<Character, List<Mark>> byLetter, boolean[] ascii) {
        static Index of(List<Mark> all) {
            var byLetter = all.stream().sorted(Comparator.comparingInt(mark -> -mark.text().length()))
                .collect(Collectors.groupingBy(mark -> mark.text().charAt(0)));
            var ascii = new boolean[128];
            for (var letter : byLetter.keySet()) if (letter < ascii.length) ascii[letter] = true;
            return new Index(byLetter, ascii);
        }

        /// The next letter that may begin a mark, or the end of the text.
        int next(String text, int from) {
            var at = from;
            while (at < text.length() && !begins(text.charAt(at))) at++;
            return at;
        }

        private boolean begins(char letter) { return letter < ascii.length ? ascii[letter] : byLetter.containsKey(letter); }

        List<Mark> at(char letter) { return byLetter.getOrDefault(letter, List.of()); }
    }
}
