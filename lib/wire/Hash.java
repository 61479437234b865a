package lib.wire;

import module java.base;

/// SHA-256.
public final class Hash {
    private Hash() {}

    public static byte[] of(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);   // every Java has it
        }
    }

    public static byte[] of(String text) { return of(text.getBytes(StandardCharsets.UTF_8)); }

    /// The first bytes of a text's hash, in hex.
    public static String hex(String text, int bytes) { return HexFormat.of().formatHex(of(text), 0, bytes); }
}
