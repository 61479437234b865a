package lib.model;

import module java.base;

import lib.reply.*;

/// What is known of a model: its limits in tokens, whether it takes images and a temperature, how its reasoning is set.
/// A model that the catalogue does not know is described as its relatives are, without a price.
///
/// @param context what it reads and writes together
/// @param output  the longest answer it is allowed
/// @param images  false only if it is known to take none
/// @param known   false if it is described as its relatives are
/// @param reasons true if it is known to reason
/// @param levels  the reasoning levels it has, and how each is spelled for its provider; `off` with an empty spelling
///                can be had, but not by a level; only `off`, or nothing, if no level is known
public record Model(String id, long context, long output, boolean images, boolean known, boolean reasons,
                    Map<String, String> levels, boolean temperature, Price price) {

    /// US dollars per million tokens; all zero if free or not known.
    public record Price(double input, double output, double cacheRead, double cacheWrite) {
        private static final double MILLION = 1e6;
        public static final Price NONE = new Price(0, 0, 0, 0);

        /// What so many tokens cost, if the price is known.
        public OptionalDouble of(Event.Usage usage) {
            if (equals(NONE)) return OptionalDouble.empty();
            var cached = usage.cacheRead() * cacheRead + usage.cacheWrite() * cacheWrite;
            return OptionalDouble.of((usage.input() * input + cached + usage.output() * output) / MILLION);
        }
    }

    private static final List<String> EFFORTS = List.of("minimal", "low", "medium", "high", "xhigh", "max");

    public boolean canStopReasoning() { return !reasons || levels.containsKey("off"); }

    /// It is told how hard to think by a word, not only switched on and off.
    public boolean hasLevels() { return EFFORTS.stream().anyMatch(levels::containsKey); }

    /// What to send for an effort that Anthropic knows, or for `off`: the nearest level the model has, of two equally
    /// near the harder one. Empty if nothing should be sent. `off` for a model that cannot stop is its least effort.
    public String level(String wanted) {
        if (wanted.equals("off")) return canStopReasoning() ? levels.getOrDefault("off", "") : level("minimal");
        var asked = EFFORTS.indexOf(wanted);
        if (asked < 0) return "";
        for (var step = 0; step < EFFORTS.size(); step++)
            for (var i : new int[] {asked + step, asked - step})
                if (i >= 0 && i < EFFORTS.size() && levels.containsKey(EFFORTS.get(i))) return levels.get(EFFORTS.get(i));
        return "";
    }

    /// As many tokens of answer as were wanted, within what the model is allowed; all of them if none were named.
    public long answer(long wanted) { return wanted <= 0 ? output : Math.min(wanted, output); }

    /// The same facts under the name by which the provider is asked.
    public Model named(String id) { return new Model(id, context, output, images, known, reasons, levels, temperature, price); }

    /// The same model, in the window that its server gives it.
    public Model within(long window) {
        return new Model(id, window, Math.min(output, window), images, known, reasons, levels, temperature, price);
    }

    /// Another model that is expected to be like this one. What it costs is never guessed.
    public Model guessed(ModelName name, String id) {
        var thinks = reasons && !name.isPlain();
        return new Model(id, context, output, images || name.sees(), false, thinks, thinks ? levels : Map.of(), temperature, Price.NONE);
    }

    /// The same model with levels that its own entry does not name.
    public Model with(Map<String, String> named) {
        return new Model(id, context, output, images, known, reasons, named, temperature, price);
    }

    /// The same model by what its maker says of it: whether it takes a temperature, and whether it can stop reasoning.
    public Model as(Model made) {
        var own = new HashMap<>(levels);
        if (hasLevels() && !made.canStopReasoning()) own.remove("off", "");
        return new Model(id, context, output, images, known, reasons, Map.copyOf(own), temperature && made.temperature(), price);
    }

    /// The same model at another provider, where its price is not known, and where words that only one provider has for a
    /// level are not understood.
    public Model elsewhere() {
        var plain = new HashMap<String, String>();
        levels.forEach((level, word) -> {
            var common = word.isEmpty() || word.equals("none") || EFFORTS.contains(word);
            plain.put(level, common ? word : level.equals("off") ? "" : level);
        });
        return new Model(id, context, output, images, known, reasons, Map.copyOf(plain), temperature, Price.NONE);
    }
}
