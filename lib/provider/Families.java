package lib.provider;

import lib.dialect.Model;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Safe guesses about a model that the catalogue does not have, by the family its name belongs to.
final class Families {
    private Families() {}

    private record Family(Pattern name, long context, long output, boolean images, Map<String, String> levels) {}

    private static final Map<String, String> UNKNOWN = Map.of(), THREE = Map.of("low", "low", "medium", "medium", "high", "high");

    /// The first that is found in the name counts.
    private static final List<Family> FAMILIES = List.of(
        row("gpt-?oss",                   131_072,  32_768, false, THREE),
        row("claude",                     200_000,  32_000, true,  UNKNOWN),
        row("gpt-?[5-9]",                 272_000, 128_000, true,  THREE),
        row("gpt-?3",                      16_385,   4_096, false, UNKNOWN),
        row("gpt",                        128_000,  16_384, true,  UNKNOWN),
        row("(^|-)o[1-9](-|$)",           200_000, 100_000, true,  THREE),
        row("gemini-(1|2\\.0)",         1_048_576,   8_192, true,  UNKNOWN),
        row("gemini",                   1_048_576,  65_536, true,  UNKNOWN),
        row("gemma",                      131_072,   8_192, true,  UNKNOWN),
        row("grok",                       131_072,  16_384, true,  UNKNOWN),
        row("deepseek",                   128_000,   8_192, true,  UNKNOWN),
        row("kimi|moonshot",              131_072,  16_384, true,  UNKNOWN),
        row("glm",                        128_000,  32_768, true,  UNKNOWN),
        row("qwen|qwq",                   131_072,   8_192, true,  UNKNOWN),
        row("minimax",                    196_608,  32_768, true,  UNKNOWN),
        row("[sx]tral",                   128_000,   8_192, true,  UNKNOWN),
        row("granite(?!-vision)",         131_072,   8_192, false, UNKNOWN),
        row("llama",                      128_000,   8_192, true,  UNKNOWN),
        row("nova",                       128_000,  10_000, true,  UNKNOWN),
        row("command",                    128_000,   4_096, true,  UNKNOWN),
        row("",                           128_000,   8_192, true,  UNKNOWN));

    private static Family row(String name, long context, long output, boolean images, Map<String, String> levels) {
        return new Family(Pattern.compile(name), context, output, images, levels);
    }

    static Model guess(String name) {
        var lower = Catalogue.lastSegment(name);
        var family = FAMILIES.stream().filter(row -> row.name.matcher(lower).find()).findFirst().orElseThrow();
        return new Model(name, family.context, family.output, family.images, false,
            !family.levels.isEmpty(), family.levels, true, Model.Price.NONE);
    }
}
