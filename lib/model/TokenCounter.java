package lib.model;

import lib.message.*;

/// Counts as one model does.
public record TokenCounter(Family family, ModelName name) implements Tokens.Counter {
    public static TokenCounter of(String model) {
        return new TokenCounter(Family.of(model), ModelName.of(Catalogue.lastSegment(model)));
    }

    @Override public long text(String text) { return Tokenizer.of(family).count(text); }

    @Override public long image(ImageSize size) { return ImageTokens.of(family, name, size); }

    /// OpenAI shows tools to its models as declarations; the templates of others show them as JSON.
    @Override public boolean declaresTools() {
        return switch (family) {
            case GPT_3, GPT_4, GPT, O_SERIES, GPT_OSS -> true;
            default -> false;
        };
    }
}
