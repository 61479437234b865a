package lib.refusal;

import module java.base;

import lib.json.*;
import lib.message.*;
import lib.quirk.*;
import lib.route.*;

/// Refusals that a change to the request fixes, recognized by their wording. These may come from any API; those of a single
/// API are in the room of its dialect. Each fix is tried once.
public final class Refusals {
    /// Finds the change that a refusal asks for. The text is as `Wording` has it, and `sent` is what was refused.
    public interface Rule {
        Optional<Fix> of(String text, JsonObject sent);
    }

    private static final Pattern REFUSED = Pattern.compile("unsupported|no endpoints found|incompatible|not support|unknown|"
        + "unrecogni[sz]ed|unexpected|extra|not permitted|not allowed|invalid|only supports|must be|not available");
    private static final Pattern OUTPUT_LIMIT = Pattern.compile(
        "max_(?:completion_|output_)?(?:new_)?tokens\\b.{0,200}?(?:less than or equal to|at most|cannot exceed|must not exceed|<=|"
            + "maximum(?: value)?(?: is| of)?|up to|no more than|\\[1, ?)\\D{0,3}(\\d{1,9})\\b");
    private static final Pattern ROOM = Pattern.compile("exceed context limit: (\\d{1,9}) \\+ \\d+ > (\\d{1,9})\\b");
    private static final int LEAST_LIMIT = 1_024;
    private static final int MARGIN = 512;   // hosts report only a lower bound for the prompt
    /// Words about a parameter's value rather than the parameter, and about one image or document rather than all of them.
    private static final Pattern VALUE = Pattern.compile("\\bvalues?\\b|between|range|one of|must be|should be|less than|greater than|at "
        + "most|at least|<=|>=|does not support '"),
        FILE = Pattern.compile("format|media.?type|mime|\\bsize|too large|larger|dimension|pixel|\\bmb\\b|base64|download|\\burls?\\b|"
            + "decode|could not process|corrupt|damaged|encrypted|password|pages");
    private static final Pattern NAMED = Pattern.compile("\\(parameter: (\\w+)\\)");
    /// Parameters that a request can do without.
    private static final List<String> OPTIONAL = List.of("include", "stream_options", "parallel_tool_calls", "prompt_cache_key",
        "safety_identifier", "service_tier",
        "reasoning_effort", "reasoning_format", "reasoning", "thinking", "think", "chat_template_kwargs", "tool_stream", "stop",
        "response_format", "tool_choice", "citation_options");
    /// Parameters that may differ from one request to the next.
    private static final Set<String> OF_ONE_REQUEST = Set.of("response_format", "tool_choice", "stop");

    private static final List<Rule> RULES = List.of(Refusals::window, SchemaRefusals::of, Refusals::output, Refusals::unknown,
        SamplingRefusals::of, TurnRefusals::of, Refusals::parameter, UnknownFields::mentioned, Refusals::again);

    private Refusals() {}

    public static Optional<Fix> fix(String refusal, JsonObject sent) { return first(RULES, refusal, sent); }

    public static Optional<Fix> first(List<Rule> rules, String refusal, JsonObject sent) {
        return rules.stream().flatMap(rule -> rule.of(refusal, sent).stream()).findFirst();
    }

    /// Whether the text is a refusal and not another kind of error.
    public static boolean isRefused(String text) { return REFUSED.matcher(text).find(); }

    /// The prompt fits, but not together with so long an answer.
    public static Optional<Fix> window(String text, JsonObject sent) {
        var found = ROOM.matcher(text);
        if (!found.find()) return Optional.empty();
        var free = Long.parseLong(found.group(2)) - Long.parseLong(found.group(1)) - MARGIN;
        return Optional.of(Fix.of("with a shorter answer", false, body -> limit(body, free)));
    }

    public static Optional<Fix> output(String text, JsonObject sent) {
        if (text.contains("set reasoning_effort to 'none'")) return lasting("without reasoning beside tools", body ->
            Json.put(body, "reasoning_effort", "none"));
        if (text.contains("max_completion_tokens") && text.contains("instead")) return lasting("with max_completion_tokens", body ->
            ParameterQuirks.rename(body, "max_tokens", "max_completion_tokens"));
        var found = OUTPUT_LIMIT.matcher(text);
        if (found.find()) {
            var most = Long.parseLong(found.group(1));
            return most < 16 ? Optional.empty() : atMost(most);
        }
        if (text.contains("max_completion_tokens") && Json.has(sent, "max_completion_tokens") && REFUSED.matcher(text).find())
            return lasting("with max_tokens", body -> ParameterQuirks.rename(body, "max_completion_tokens", "max_tokens"));
        return Optional.empty();
    }

    /// No model says so little at most: so short a limit is this request's.
    public static Optional<Fix> atMost(long most) { return Optional.of(Fix.of("with at most " + most + " tokens of answer",
        most >= LEAST_LIMIT, body -> limit(body, most))); }

    private static void limit(JsonObject body, long most) {
        for (var name : List.of("max_tokens", "max_completion_tokens", "max_output_tokens", "max_new_tokens", "maximum_tokens"))
            if (Json.number(body, name) > most) Json.put(body, name, most);
    }

    /// What the host does not know. What one request can do without, and the next one may want, is left to `parameter`.
    public static Optional<Fix> unknown(String text, JsonObject sent) {
        return UnknownFields.fields(text, sent).filter(fix -> !OPTIONAL.contains(fix.name().replaceFirst("without ", "")))
            .or(() -> UnknownFields.types(text, sent));
    }

    public static Optional<Fix> parameter(String text, JsonObject sent) {
        if (!REFUSED.matcher(text).find()) return Optional.empty();
        var named = NAMED.matcher(text).results().map(found -> found.group(1)).filter(OPTIONAL::contains);
        return Stream.concat(named, OPTIONAL.stream()).filter(name -> Json.has(sent, name) && Pattern.compile("\\b" + name + "(ing)?\\b")
            .matcher(text).find()).findFirst()
            .map(name -> OF_ONE_REQUEST.contains(name) ? Fix.of("without " + name, false, body -> Json.drop(body, name))
                : without(text, sent, name));
    }

    /// Drops the parameter, or only the refused value: another value may be accepted.
    public static Fix without(String text, JsonObject sent, String... path) {
        var name = path[path.length - 1];
        var around = Arrays.copyOf(path, path.length - 1);
        var refused = Json.find(sent, path);
        if (!refused.isJsonPrimitive() || !VALUE.matcher(text).find()) return Fix.of("without " + name, true, body ->
            Json.drop(Json.at(body, around), name));
        return Fix.of("without " + name + " " + Json.spelled(refused), true, body -> {
            if (Json.find(body, path).equals(refused)) Json.drop(Json.at(body, around), name);
        });
    }

    /// One image or document was refused, not images or documents in general.
    public static boolean isOfOneFile(String text) { return FILE.matcher(text).find(); }

    /// The model wrote a call that its host could not parse: a second try may work.
    public static Optional<Fix> again(String text, JsonObject sent) {
        return text.contains("failed_generation") || text.contains("failed to call a function") || text.contains("tool_use_failed")
            ? Optional.of(Fix.of("once more", false, _ -> { })) : Optional.empty();
    }

    public static Optional<Fix> lasting(String name, Consumer<JsonObject> patch) { return Optional.of(Fix.of(name, true, patch)); }
}
