package lib.config;

import module java.base;

/// The models that can be configured one by one, each with four settings such as OPUS_MODEL_PROVIDER. Those that are named
/// after a family of Claude's stand in for another one, which they are like where they say nothing.
public enum Tier {
    BIG, SMALL, OPUS, SONNET, FABLE, HAIKU;

    /// Those for the conversation itself: Claude Code takes the others for small tasks.
    public static final List<Tier> CONVERSATION = List.of(BIG, OPUS, SONNET, FABLE);

    /// Those that are named after a family of Claude's.
    public static final List<Tier> FAMILIES = List.of(SONNET, OPUS, FABLE, HAIKU);

    /// Whose model it is if none of its own settings is set.
    public Tier usual() { return CONVERSATION.contains(this) ? BIG : SMALL; }

    /// Whether it is one of the two that every other one falls back to.
    public boolean isUsual() { return usual() == this; }

    /// What the names of its settings start with.
    public String setting() { return name() + "_MODEL"; }

    public String setting(String part) { return setting() + "_" + part; }

    /// In lower case, as a request names it.
    public String word() { return name().toLowerCase(Locale.ROOT); }

    /// The tier that a model's name means, such as `claude-opus-5-5`.
    public static Optional<Tier> of(String model) {
        var name = model.toLowerCase(Locale.ROOT);
        var family = Stream.of(HAIKU, OPUS, SONNET, FABLE).filter(tier -> name.contains(tier.word())).findFirst();
        var isBig = name.startsWith("claude-") || name.equals("default") || name.equals("best");
        return family.isEmpty() && isBig ? Optional.of(BIG) : family;
    }
}
