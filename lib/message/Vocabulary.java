package lib.message;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;

/// The vocabulary for counting tokens, loaded at the first use.
public final class Vocabulary {
    private static final class O200k {
        static final Encoding IT = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
    }

    /// The tokenizer takes quadratic time for long runs without spaces, so it gets the text in pieces.
    private static final int PIECE = 4096;

    private Vocabulary() {}

    public static long count(String text) {
        long sum = 0;
        for (var from = 0; from < text.length(); ) {
            var to = Math.min(text.length(), from + PIECE);
            if (to < text.length()) {
                var space = text.lastIndexOf(' ', to);
                if (space > from + PIECE / 2) to = space;
                else if (Character.isHighSurrogate(text.charAt(to - 1))) to--;
            }
            sum += O200k.IT.countTokensOrdinary(text.substring(from, to));
            from = to;
        }
        return sum;
    }
}
