package lib.model;

import module java.base;

/// Facts about a model: its limits in tokens, whether it accepts images and a temperature, how its reasoning is controlled.
/// A model that is not in the catalogue is described by its relatives, without a price.
///
/// @param context input and output together
/// @param output  the longest answer
/// @param images  false only if it is known not to accept them
/// @param pdf     true if it is known to accept PDF documents
/// @param known   false if it is described by its relatives
/// @param reasons true if it is known to reason
/// @param levels  the reasoning levels it has, and how each is spelled for its provider; `off` with an empty spelling
///                can be had, but not by a level; only `off`, or nothing, if no level is known
public record Model(String id, long context, long output, boolean images, boolean pdf, boolean known, boolean reasons,
                    Map<String, String> levels, boolean temperature, Price price) {

    private static final List<String> EFFORTS = List.of("minimal", "low", "medium", "high", "xhigh", "max");

    /// The same model where nobody pays for it.
    public Model free() { return new Model(id, context, output, images, pdf, known, reasons, levels, temperature, Price.FREE); }

    public boolean canStopReasoning() { return !reasons || levels.containsKey("off"); }

    /// Whether a word sets how hard it thinks, beyond on and off.
    public boolean hasLevels() { return EFFORTS.stream().anyMatch(levels::containsKey); }

    /// The level to send for one of Anthropic's efforts or for `off`: the model's nearest, and of two equally near the
    /// higher. Empty if nothing should be sent. A model that cannot stop thinking gets its lowest level for `off`.
    public String level(String wanted) {
        if (wanted.equals("off")) return canStopReasoning() ? levels.getOrDefault("off", "") : level("minimal");
        var asked = EFFORTS.indexOf(wanted);
        if (asked < 0) return "";
        for (var step = 0; step < EFFORTS.size(); step++)
            for (var i : new int[] {asked + step, asked - step})
                if (i >= 0 && i < EFFORTS.size() && levels.containsKey(EFFORTS.get(i))) return levels.get(EFFORTS.get(i));
        return "";
    }

    /// The wanted length of the answer up to the model's limit, or the limit if no length is given.
    public long answer(long wanted) { return wanted <= 0 ? output : Math.min(wanted, output); }

    /// The same facts under the provider's name for the model.
    public Model named(String id) { return new Model(id, context, output, images, pdf, known, reasons, levels, temperature, price); }

    /// The same model with its server's context window.
    public Model within(long window) {
        return new Model(id, window, Math.min(output, window), images, pdf, known, reasons, levels, temperature, price);
    }

    /// Another model that is expected to be like this one. Prices are never guessed.
    public Model guessed(ModelName name, String id) {
        var thinks = reasons && !name.isPlain();
        return new Model(id, context, output, images || name.sees(), pdf, false, thinks, thinks ? levels : Map.of(), temperature,
            Price.UNKNOWN);
    }

    /// The same model with other levels.
    public Model with(Map<String, String> named) {
        return new Model(id, context, output, images, pdf, known, reasons, named, temperature, price);
    }

    /// The same model, with the maker's word on whether it accepts a temperature and can stop reasoning.
    public Model as(Model made) {
        var goesOn = hasLevels() && !made.canStopReasoning() && levels.getOrDefault("off", "off").isEmpty();
        if (!goesOn && (made.temperature() || !temperature)) return this;
        var own = new HashMap<>(levels);
        if (goesOn) own.remove("off");
        return new Model(id, context, output, images, pdf, known, reasons, Map.copyOf(own), temperature && made.temperature(), price);
    }

    /// The same model at another provider, which has another price and may not understand words that only one provider
    /// uses for a level.
    public Model elsewhere() {
        var plain = new HashMap<String, String>();
        levels.forEach((level, word) -> {
            var common = word.isEmpty() || word.equals("none") || EFFORTS.contains(word);
            plain.put(level, common ? word : level.equals("off") ? "" : level);
        });
        return new Model(id, context, output, images, pdf, known, reasons, Map.copyOf(plain), temperature, Price.UNKNOWN);
    }
}
