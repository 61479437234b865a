package lib.model;

import module java.base;

import lib.json.*;
import lib.reply.*;

/// What a model costs. Empty if nobody says: unknown is not free.
///
/// @param rates the length of prompt above which each rate applies, to the whole request; the usual rate is above 0
public record Price(SortedMap<Long, Rate> rates) {
    /// US dollars per million tokens.
    public record Rate(double input, double output, double cacheRead, double cacheWrite) {
        private static final double MILLION = 1e6, HOUR = 2;

        /// A cache price that nobody names is the price of uncached input.
        public Rate {
            if (cacheRead == 0) cacheRead = input;
            if (cacheWrite == 0) cacheWrite = input;
        }

        /// Without the cache, whose prices few ask for.
        public JsonObject json() { return Json.object("input", input, "output", output); }

        /// Writing to the cache for an hour costs twice the input, for every Claude.
        /// https://docs.claude.com/en/docs/build-with-claude/prompt-caching ; 2026-11.
        double of(Event.Usage usage) {
            var written = (usage.cacheWrite() - usage.cacheWriteHour()) * cacheWrite + usage.cacheWriteHour() * HOUR * input;
            return (usage.input() * input + usage.cacheRead() * cacheRead + written + Math.max(0, usage.output()) * output) / MILLION;
        }
    }

    public static final Price UNKNOWN = new Price(new TreeMap<>());
    public static final Price FREE = Price.of(0, 0, 0, 0);

    public Price { rates = Collections.unmodifiableSortedMap(rates); }

    /// One rate for prompts of any length.
    public static Price of(double input, double output, double cacheRead, double cacheWrite) {
        return new Price(new TreeMap<>(Map.of(0L, new Rate(input, output, cacheRead, cacheWrite))));
    }

    public boolean isFree() {
        return isKnown() && rates.values().stream()
            .allMatch(rate -> rate.input() == 0 && rate.output() == 0 && rate.cacheRead() == 0 && rate.cacheWrite() == 0);
    }

    public boolean isKnown() { return !rates.isEmpty(); }

    /// The rate of short prompts, if the price is known.
    public Optional<Rate> usual() { return isKnown() ? Optional.of(rates.get(rates.firstKey())) : Optional.empty(); }

    /// What so many tokens cost, if the price is known.
    public OptionalDouble of(Event.Usage usage) {
        if (!isKnown()) return OptionalDouble.empty();
        return OptionalDouble.of(rates.get(rates.headMap(Math.max(1, usage.prompt())).lastKey()).of(usage));
    }
}
