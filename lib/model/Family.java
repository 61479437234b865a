package lib.model;

import module java.base;

/// The vendor's family that a model belongs to, judging by its name. Families differ in the APIs that serve them and in the
/// fields that control thinking. The limits are safe values for models that are not in the catalogue.
public enum Family {
    GPT_OSS("gpt-?oss",                               131_072,  32_768, false, Map.of("low", "low", "medium", "medium", "high", "high")),
    CLAUDE("",                                        200_000,   8_192, true),
    /// OpenAI's chat models before GPT-5. `gpt-35` is Azure's spelling.
    GPT_3("gpt-?3(?!\\d)|gpt-35",                      16_385,   4_096, false),
    GPT_4("gpt-?4(?!\\d)",                            128_000,  16_384, true),
    GPT("gpt|codex",                                  128_000,  16_384, true),
    O_SERIES("(?<![a-z\\d])o\\d(?![a-z\\d])",         200_000, 100_000, true, Map.of("low", "low", "medium", "medium", "high", "high")),
    GEMINI("",                                      1_048_576,   8_192, true),
    GEMMA("",                                         131_072,   8_192, true),
    GROK("",                                          131_072,  16_384, true),
    DEEPSEEK("",                                      128_000,   8_192, true),
    KIMI("kimi|moonshot",                             131_072,  16_384, true),
    GLM("",                                           128_000,  32_768, true),
    QWEN("qwen|qwq",                                  131_072,   8_192, true),
    MINIMAX("",                                       196_608,  32_768, true),
    MISTRAL("(mis|mix|minis|codes|devs|magis|pix|vox)tral", 128_000, 8_192, true),
    NEMOTRON("(llama.*)?nemotron",                                      128_000,   8_192, false),
    LLAMA("",                                         128_000,   8_192, true),
    NOVA("(?<![a-z])nova",                            128_000,  10_000, true),
    COMMAND("",                                       128_000,   4_096, true),
    GRANITE("",                                       131_072,   8_192, false),
    JAMBA("",                                         256_000,   4_096, false),
    MIMO("",                                          128_000,  32_768, true),
    MUSE("(?<![a-z])muse(?![a-z])",                   128_000,  32_768, true),
    MERCURY("",                                       128_000,  16_384, false),
    STEP("(?<![a-z])step-?\\d",                       128_000,  16_384, true),
    MAI("(?<![a-z])mai-",                             128_000,  16_384, true),
    OTHER("$",                                       128_000,   8_192, true);

    private final Pattern name;
    private final long context, output;
    private final boolean images;
    private final Map<String, String> levels;

    Family(String name, long context, long output, boolean images) { this(name, context, output, images, Map.of()); }

    /// Without a pattern, the models' names contain the constant's name.
    Family(String name, long context, long output, boolean images, Map<String, String> levels) {
        this.name = Pattern.compile(name.isEmpty() ? name().toLowerCase(Locale.ROOT) : name);
        this.context = context;
        this.output = output;
        this.images = images;
        this.levels = levels;
    }

    /// Judges by the last segment of the name, without path, region or vendor. The first family in the name counts:
    /// `qwen3-claude-distilled` is a Qwen.
    public static Family of(String model) {
        var last = last(model);
        return Stream.of(values()).reduce((one, other) -> other.start(last) < one.start(last) ? other : one).orElse(OTHER);
    }

    /// The position of the family's name in the model's; behind its end if it is missing.
    int start(String model) {
        var found = name.matcher(model);
        return found.find() ? found.start() : model.length() + 1;
    }

    /// Whether the family's name is in the model's; before it, there may be another's.
    boolean isIn(String model) { return name.matcher(last(model)).find(); }

    /// An unknown model of this family.
    public Model safe(String id) {
        var sees = images || ModelName.of(last(id)).sees();
        return new Model(id, context, output, sees, false, false, !levels.isEmpty(), levels, true, Price.UNKNOWN);
    }

    private static String last(String model) { return model.substring(model.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT); }
}
