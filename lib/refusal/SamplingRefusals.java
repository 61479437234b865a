package lib.refusal;

import module java.base;

import lib.json.*;
import lib.route.*;

/// Refusals of temperature, top_p and top_k, which newer models do without. All that a refusal names go at once, wherever
/// the API has them.
public final class SamplingRefusals {
    private static final Pattern REFUSED = Pattern.compile("support|deprecated|no longer|removed|not |n't |cannot|only|must|should|"
        + "invalid|unknown|unrecogni[sz]ed|unexpected|extra|incompatible|fixed");
    private static final List<String> NAMES = List.of("temperature", "top_p", "top_k", "topP", "topK");
    private static final List<List<String>> PLACES = List.of(List.of(), List.of("generationConfig"), List.of("inferenceConfig"),
        List.of("additionalModelRequestFields"), List.of("options"), List.of("parameters"));

    private SamplingRefusals() {}

    public static Optional<Fix> of(String text, JsonObject sent) {
        var refusal = UnknownFields.withoutKnown(text);
        if (!REFUSED.matcher(refusal).find()) return Optional.empty();
        var given = PLACES.stream().flatMap(place -> NAMES.stream().map(name -> Stream.concat(place.stream(), Stream.of(name))
            .toArray(String[]::new))).filter(path -> Json.has(sent, path)).toList();
        var named = given.stream().filter(path -> isNamed(path[path.length - 1], refusal)).toList();
        if (named.size() > 1 && refusal.contains("both")) return beside(named.getLast());
        var refused = named.isEmpty() && refusal.contains("sampling param") ? given : named;
        var fixes = refused.stream().map(path -> Refusals.without(refusal, sent, path)).toList();
        if (fixes.isEmpty()) return Optional.empty();
        var name = fixes.stream().map(fix -> fix.name().replaceFirst("without ", "")).collect(Collectors.joining(", ", "without ", ""));
        return Optional.of(new Fix(name, true, draft -> fixes.forEach(fix -> fix.change().accept(draft))));
    }

    private static boolean isNamed(String name, String text) {
        return Pattern.compile("\\b" + name.replaceFirst("_?([pPkK])$", "[_ -]?$1").toLowerCase(Locale.ROOT) + "\\b").matcher(text).find();
    }

    /// One of the two may stay.
    private static Optional<Fix> beside(String... path) {
        var name = path[path.length - 1];
        var around = Arrays.copyOf(path, path.length - 1);
        return Refusals.lasting("without " + name + " beside temperature", body -> {
            if (Json.has(Json.at(body, around), "temperature")) Json.drop(Json.at(body, around), name);
        });
    }
}
