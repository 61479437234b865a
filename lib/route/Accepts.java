package lib.route;

import module java.base;

/// What a route accepts beside text.
///
/// @param pictures     the media types of the images that its model can see; empty if it sees none
/// @param pictureUrls  whether it fetches an image by its URL
/// @param pdfs         whether it reads PDF documents itself
public record Accepts(Set<String> pictures, boolean pictureUrls, boolean pdfs) {
    /// What may be missing.
    public enum Kind { PICTURES, PDFS }

    public static final Accepts TEXT = new Accepts(Set.of(), false, false);
    /// The formats of Anthropic's API. https://docs.claude.com/en/docs/build-with-claude/vision ; 2026-11.
    public static final Set<String> USUAL_PICTURES = Set.of("image/png", "image/jpeg", "image/gif", "image/webp");

    public static final Accepts ALL = new Accepts(USUAL_PICTURES, true, true);

    public Accepts without(Kind kind) {
        return switch (kind) {
            case PICTURES -> new Accepts(Set.of(), pictureUrls, pdfs);
            case PDFS -> new Accepts(pictures, pictureUrls, false);
        };
    }

    /// Whether nothing need be left out for it.
    public boolean isAll() { return pictureUrls && pdfs && pictures.equals(USUAL_PICTURES); }

    /// No image can be shown to it.
    public boolean isBlind() { return pictures.isEmpty(); }
}
