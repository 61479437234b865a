package lib.refusal;

import module java.base;

import lib.json.*;
import lib.quirk.*;
import lib.route.*;
import lib.wire.*;

/// Translates a provider's error into Anthropic's terms: https://docs.claude.com/en/api/errors
public final class Errors {
    private Errors() {}

    public static ApiError of(Answer answer, Route route) { return of(answer.status(), answer.headers(), answer.text(), route); }

    public static ApiError of(int status, Map<String, List<String>> headers, String text, Route route) {
        if (status >= 300 && status < 400) return ApiError.invalid(route.label() + ": the server redirected (HTTP " + status
            + "); FreeCC does not follow redirects, so that the API key goes nowhere else. Check the base URL");
        var blank = text.isBlank() && status == 400 && route.has(ParameterQuirks.BLANK_REFUSAL_IS_OVERFLOW);
        return of(blank ? 413 : status, headers, ErrorBody.of(text), "HTTP " + status, route);
    }

    /// Whether a chunk or reply with status 200 is in fact an error.
    public static boolean isError(JsonElement chunk) {
        var error = Json.find(chunk, "error");
        if (error.isJsonObject() || !Json.text(error).isBlank() || Json.has(chunk, "x_groq", "error")
            || Json.number(chunk, "base_resp", "status_code") != 0) return true;
        return !Json.has(chunk, "choices") && !Json.has(chunk, "usage") && !ErrorBody.of(chunk).message().isBlank();
    }

    /// An error inside a reply with status 200.
    public static ApiError inside(JsonElement chunk, Route route) {
        var silent = "the provider reports an error" + (Json.keys(chunk).isEmpty() ? ", without details" : ": "
            + ApiError.cut(Json.write(chunk)));
        return of(0, Map.of(), ErrorBody.of(chunk), silent, route);
    }

    private static ApiError of(int status, Map<String, List<String>> headers, ErrorBody body, String silent, Route route) {
        var mapped = ErrorStatus.of(status, body);
        var overflow = Overflow.in(body.message() + counts(body), body.codes(), status == 413 ? 413 : mapped, route.model());
        if (!overflow.isEmpty()) return ApiError.invalid(overflow);
        var message = body.message().isBlank() ? silent : body.message();
        return RetryAfter.in(new ApiError(mapped, route.label() + ": " + message + named(body)), headers, body);
    }

    /// The content itself is refused: to change the request would not help, and might hide why.
    public static boolean isOfContent(ApiError error) { return ErrorStatus.isOfContent(error.getMessage().toLowerCase(Locale.ROOT)); }

    /// llama.cpp counts beside the text.
    private static String counts(ErrorBody body) {
        var window = body.number("n_ctx");
        return window > 0 ? " " + body.number("n_prompt_tokens") + " tokens > " + window + " maximum" : "";
    }

    /// The parameter at fault, where the text does not name it.
    private static String named(ErrorBody body) {
        return body.text("param").filter(param -> !body.message().contains(param)).map(param -> " (parameter: " + param + ")").orElse("");
    }
}
