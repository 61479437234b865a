package lib.model;

import module java.base;

import lib.message.*;

/// How many tokens a family's models see in an image.
final class ImageTokens {
    private static final int UNKNOWN = 1024;   // the side of an image whose size cannot be read, such as one at a URL

    private ImageTokens() {}

    static long of(Family family, ModelName name, ImageSize read) {
        var size = read.isUnknown() ? new ImageSize(UNKNOWN, UNKNOWN) : read;
        return switch (family) {
            case GPT_3, GPT_4, GPT, O_SERIES -> openAi(name, family, size);
            case GEMINI -> gemini(name, size);
            case GEMMA -> 256;
            case GROK -> 256 * (1 + Math.min(6, tiles(size, 448)));
            case QWEN -> Math.clamp(tiles(size, 32), 4, 2560);
            case MISTRAL -> tiles(size.within(1540, 1540), 28);
            default -> Math.clamp((long) size.width() * size.height() / 750, 50, 1600);   // as Claude
        };
    }

    /// https://platform.openai.com/docs/guides/images-vision#calculating-costs ; 2026-11.
    private static long openAi(ModelName name, Family family, ImageSize size) {
        var mini = name.words().contains("mini");
        var nano = name.words().contains("nano");
        var isPatched = family == Family.GPT && (mini || nano || name.version() >= 5.2) || family == Family.O_SERIES && mini
            || name.version() == 4.1 && (mini || nano);
        if (isPatched) return patches(size, name.version() >= 5.4 ? 2500 : 1536, nano ? 2.46 : !mini ? 1 : family == Family.O_SERIES
            ? 1.72 : 1.62);
        var square = size.within(2048, 2048);
        var tiles = tiles(square.shorter(768), 512);
        if (family == Family.GPT_4 && mini) return 2833 + 5667 * tiles;
        return family == Family.GPT ? 70 + 140 * tiles : family == Family.O_SERIES ? 75 + 150 * tiles : 85 + 170 * tiles;
    }

    /// Squares of 32 pixels, of which there may be only so many.
    private static long patches(ImageSize size, int most, double factor) {
        return (long) Math.ceil(Math.min(most, tiles(size.within(2048, 2048), 32)) * factor);
    }

    /// https://ai.google.dev/gemini-api/docs/tokens and .../media-resolution ; 2026-11.
    private static long gemini(ModelName name, ImageSize size) {
        if (name.version() >= 3) return 1120;
        return size.width() <= 384 && size.height() <= 384 ? 258 : 258 * tiles(size, 768);
    }

    private static long tiles(ImageSize size, int side) {
        return Math.ceilDiv(size.width(), side) * (long) Math.ceilDiv(size.height(), side);
    }
}
