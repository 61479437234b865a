package lib.message;

import module java.base;

import lib.json.*;

/// A provider's reasoning state, kept in the signature of a thinking block together with its owner: Claude Code returns
/// signatures unchanged, so FreeCC stores nothing.
public record Thought(String owner, String state) {
    /// Not FreeCC's: Anthropic's own signature, or none.
    public static final Thought FOREIGN = new Thought("", "");
    private static final String MARK = "fcc1.";

    /// `fcc1.<owner>.<state in base64url>`
    public String signature() {
        var encoder = Base64.getUrlEncoder().withoutPadding();
        return MARK + encoder.encodeToString(owner.getBytes(StandardCharsets.UTF_8)) + "."
            + encoder.encodeToString(state.getBytes(StandardCharsets.UTF_8));
    }

    public static Thought in(JsonElement block) {
        var signature = Json.text(block, Json.text(block, "type").equals("redacted_thinking") ? "data" : "signature");
        if (!signature.startsWith(MARK)) return FOREIGN;
        var parts = signature.substring(MARK.length()).split("\\.", -1);
        try {
            return parts.length == 2 ? new Thought(decoded(parts[0]), decoded(parts[1])) : FOREIGN;
        } catch (IllegalArgumentException e) {
            return FOREIGN;   // damaged, so treated as foreign
        }
    }

    /// Whether FreeCC made this block, for any provider.
    public static boolean isOurs(JsonElement block) { return in(block) != FOREIGN; }

    private static String decoded(String text) {
        return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
    }
}
