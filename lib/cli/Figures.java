package lib.cli;

import module java.base;

import lib.json.*;
import lib.model.*;

/// Numbers as people read them in a terminal.
final class Figures {
    private Figures() {}

    /// `131k`, `1M`.
    static String brief(long tokens) {
        if (tokens < 1_000) return String.valueOf(tokens);
        if (tokens < 999_500) return Math.round(tokens / 1e3) + "k";
        return String.format(Locale.ROOT, "%.1fM", tokens / 1e6).replace(".0M", "M");
    }

    /// US dollars per million tokens of input and output, if the price is known.
    static Optional<String> price(Model model) {
        if (model.price().isFree()) return Optional.of("free");
        return model.price().usual().map(rate -> dollars(rate.input()) + " in, " + dollars(rate.output()) + " out per million");
    }

    private static String dollars(double amount) {
        var text = String.format(Locale.ROOT, "$%.3f", amount);
        return text.endsWith("0") ? text.substring(0, text.length() - 1) : text;
    }

    /// Null where the price is not known, which is not the same as free.
    static JsonElement json(Model model) {
        return model.price().usual().map(rate -> Json.tree(rate.json()))
            .orElseGet(() -> Json.tree(null));
    }
}
