package lib.message;

import module java.base;

/// The width and height of a PNG, GIF, WebP or JPEG image, read from its first bytes.
public record ImageSize(int width, int height) {
    private static final ImageSize UNKNOWN = new ImageSize(0, 0);
    private static final int HEAD = 64 * 1024;   // a JPEG may carry a preview before its size

    public boolean isUnknown() { return width <= 0 || height <= 0; }

    /// Shrunk if it does not fit into that size.
    public ImageSize within(int most, int high) {
        return scaled(Math.min(1, Math.min((double) most / width, (double) high / height)));
    }

    /// Shrunk if its shorter side is longer than that.
    public ImageSize shorter(int most) { return scaled(Math.min(1, (double) most / Math.min(width, height))); }

    private ImageSize scaled(double by) {
        return new ImageSize(Math.max(1, (int) Math.round(width * by)), Math.max(1, (int) Math.round(height * by)));
    }

    public static ImageSize of(String base64) {
        try {
            var head = Base64.getMimeDecoder().decode(base64.substring(0, Math.min(base64.length(), HEAD) / 4 * 4));
            if (head.length < 30) return UNKNOWN;
            if (head[0] == (byte) 0x89 && head[1] == 'P') return new ImageSize(big(head, 16, 4), big(head, 20, 4));
            if (head[0] == 'G' && head[1] == 'I') return new ImageSize(little(head, 6), little(head, 8));
            if (head[0] == 'R' && head[8] == 'W') return webp(head);
            return head[0] == (byte) 0xFF && head[1] == (byte) 0xD8 ? jpeg(head) : UNKNOWN;
        } catch (IllegalArgumentException e) {
            return UNKNOWN;
        }
    }

    private static ImageSize webp(byte[] head) {
        return switch (head[15]) {
            case ' ' -> new ImageSize(little(head, 26) & 0x3FFF, little(head, 28) & 0x3FFF);
            case 'X' -> new ImageSize((little(head, 24) | (head[26] & 0xFF) << 16) + 1, (little(head, 27) | (head[29] & 0xFF) << 16) + 1);
            case 'L' -> new ImageSize((little(head, 21) & 0x3FFF) + 1, ((little(head, 22) >> 6 | (head[24] & 0x0F) << 10) & 0x3FFF) + 1);
            default -> UNKNOWN;
        };
    }

    /// Skips to the segment that starts a frame.
    private static ImageSize jpeg(byte[] head) {
        for (var at = 2; at + 9 < head.length && head[at] == (byte) 0xFF; at += 2 + big(head, at + 2, 2)) {
            var marker = head[at + 1] & 0xFF;
            if (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC)
                return new ImageSize(big(head, at + 7, 2), big(head, at + 5, 2));
        }
        return UNKNOWN;
    }

    private static int big(byte[] bytes, int at, int length) {
        var value = 0;
        for (var i = 0; i < length; i++) value = value << 8 | bytes[at + i] & 0xFF;
        return value;
    }

    private static int little(byte[] bytes, int at) { return bytes[at] & 0xFF | (bytes[at + 1] & 0xFF) << 8; }
}
