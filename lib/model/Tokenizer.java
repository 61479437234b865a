package lib.model;

import module java.base;

import lib.message.*;

/// How many tokens a family's models see in a text: OpenAI's o200k vocabulary exactly, others by what they make of the same
/// text. The weights are fitted to counts by the families' own tokenizers on test/corpus and other texts of this repository,
/// each within 12 %: Llama 3.1, Gemma 3, DeepSeek V3, Qwen 3, and Anthropic's last published one; 2026-11.
enum Tokenizer {
    O200K(1, 0, 0, 0, 0),
    LLAMA(1, -0.02, -0.01, 2.48, -0.01),
    GEMMA(1.1, -0.23, -0.14, -0.88, 0.38),
    DEEPSEEK(1.05, -0.2, 0.05, 1.5, -0.05),
    QWEN(0.99, -0.11, 0.12, 2.52, 0.46),
    CLAUDE(1.08, 0.2, 0.64, 3.38, -0.09);

    private final double token, chinese, korean, accented, digit;

    /// What a token of o200k counts for, and what each character of a kind adds to it.
    Tokenizer(double token, double chinese, double korean, double accented, double digit) {
        this.token = token;
        this.chinese = chinese;
        this.korean = korean;
        this.accented = accented;
        this.digit = digit;
    }

    static Tokenizer of(Family family) {
        return switch (family) {
            case CLAUDE -> CLAUDE;
            case LLAMA, NEMOTRON -> LLAMA;
            case GEMINI, GEMMA -> GEMMA;
            case DEEPSEEK -> DEEPSEEK;
            case QWEN, MIMO -> QWEN;
            default -> O200K;
        };
    }

    long count(String text) {
        var tokens = Vocabulary.count(text);
        if (this == O200K || tokens == 0) return tokens;
        return Math.max(1, Math.round(tokens * token + text.chars().mapToDouble(this::extra).sum()));
    }

    private double extra(int character) {
        if (character < 0x80) return character >= '0' && character <= '9' ? digit : 0;
        if (character >= 0xC0 && character < 0x250) return accented;
        if (character >= 0xAC00 && character < 0xD7B0) return korean;
        return character >= 0x3000 && character < 0xA000 || character >= 0xFF00 && character < 0xFFF0 ? chinese : 0;
    }
}
