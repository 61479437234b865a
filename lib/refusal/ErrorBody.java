package lib.refusal;

import module java.base;

import lib.json.*;
import lib.wire.*;

/// What an error's body says, the causes that it wraps included: hosts pass each other's errors on as objects, in lists,
/// and as JSON in a string. The outermost object comes first.
record ErrorBody(List<JsonObject> causes, String message) {
    private static final int DEEPEST = 8, MOST = 32;
    /// The error itself, in a wrapper.
    private static final List<String> WRAPPERS = List.of("error", "errors", "x_groq", "base_resp", "detail", "message", "exception",
        "fault", "failure", "result");
    /// The error that caused it: of a provider behind the provider, or of a container behind a cloud.
    private static final List<String> CAUSES = List.of("metadata", "raw", "details", "cause", "innererror", "inner_error", "response",
        "body", "upstream_error", "provider_error", "originalmessage",
        "original_error", "data", "upstream", "inner", "innererrors", "source_error", "reason", "provider");
    private static final List<String> WORDS = List.of("message", "detail", "error", "error_message", "msg", "status_msg", "error_msg",
        "raw", "errorMessage", "traceback", "error_description", "description", "reason", "faultstring", "title");
    /// What a body echoes of the request says nothing about the error.
    private static final Set<String> ECHOES = Set.of("input", "request", "messages", "prompt", "params", "headers", "url", "path", "id",
        "request_id", "instance", "timestamp", "model");
    private static final List<String> CODES = List.of("code", "type", "status", "error_code", "status_code", "error_type", "__type");
    private static final List<String> STATUSES = List.of("code", "status_code", "http_code", "status", "statusCode", "http_status",
        "error_code");
    private static final Pattern QUOTED = Pattern.compile("(?:error code|status(?: code)?|http(?:/\\d\\.\\d)?)\\W{1,4}([45]\\d\\d)\\b|"
        + "\\b(4\\d\\d) (?:client error|bad request|unprocessable|too many)", Pattern.CASE_INSENSITIVE);

    static ErrorBody of(String text) {
        var body = parsed(text);
        if (body.isPresent()) {
            var read = of(body.get());
            return read.message.isBlank() ? new ErrorBody(read.causes, ApiError.cut(String.join(": ", sentences(body.get(), 0)))) : read;
        }
        var words = text.strip();
        if (words.startsWith("<")) return new ErrorBody(List.of(), "");
        return embedded(words).isEmpty() ? new ErrorBody(List.of(), ApiError.cut(words)) : of(Json.object("message", words));
    }

    static ErrorBody of(JsonElement body) {
        var found = new ArrayList<JsonObject>();
        collect(body, 0, found);
        var said = new ArrayList<String>();
        words(body, 0, said);
        var distinct = new ArrayList<String>();
        for (var words : said) if (!words.isBlank() && distinct.stream().noneMatch(earlier -> earlier.contains(words))) distinct.add(words);
        return new ErrorBody(List.copyOf(found), ApiError.cut(String.join(": ", distinct)));
    }

    /// The codes and types of the error and its causes, in lower case.
    String codes() {
        var codes = new LinkedHashSet<String>();
        for (var cause : causes) for (var field : CODES) codes.add(prefix(cause) + ApiError.cut(Json.spelled(cause, field)));
        return String.join(" ", codes).strip().toLowerCase(Locale.ROOT);
    }

    /// MiniMax's numbers are not those of others.
    private static String prefix(JsonObject cause) { return Json.has(cause, "status_msg") ? "minimax-" : ""; }

    /// The statuses that the error and its causes carry, the outermost first.
    List<Integer> statuses() {
        var statuses = new ArrayList<Integer>();
        for (var cause : causes) for (var field : STATUSES) if (isStatus(Json.spelled(cause,
            field))) statuses.add(Integer.parseInt(Json.spelled(cause, field)));
        var quoted = QUOTED.matcher(message);
        while (quoted.find()) statuses.add(Integer.parseInt(quoted.group(1) == null ? quoted.group(2) : quoted.group(1)));
        return statuses;
    }

    private static boolean isStatus(String text) { return text.length() == 3 && text.matches("[45]\\d\\d"); }

    /// The number of that name, or 0.
    long number(String name) { return causes.stream().map(cause -> Json.number(cause, name)).filter(number -> number != 0).findFirst()
        .orElse(0L); }

    Optional<String> text(String name) { return causes.stream().map(cause -> Json.text(cause, name)).filter(text -> !text.isBlank())
        .map(ApiError::cut).findFirst(); }

    private static void collect(JsonElement here, int depth, List<JsonObject> found) {
        if (depth > DEEPEST || found.size() >= MOST) return;
        if (Json.isText(here)) embedded(Json.text(here)).ifPresent(inner -> collect(inner, depth + 1, found));
        for (var item : Json.list(here)) collect(item, depth + 1, found);
        if (!(here instanceof JsonObject object)) return;
        found.add(object);
        for (var key : Json.keys(object)) if (isInner(key)) collect(Json.find(object, key), depth + 1, found);
    }

    private static boolean isInner(String key) { return WRAPPERS.contains(key) || CAUSES.contains(key.toLowerCase(Locale.ROOT))
        || WORDS.contains(key); }

    private static void words(JsonElement here, int depth, List<String> said) {
        if (depth > DEEPEST || said.size() >= MOST) return;
        if (Json.isText(here)) {
            var text = Json.text(here);
            var inner = embedded(text);
            said.add(inner.isEmpty() ? ApiError.cut(text.strip()) : before(text));
            inner.ifPresent(cause -> words(cause, depth + 1, said));
            return;
        }
        if (!Json.list(here).isEmpty()) said.add(ApiError.cut(Json.list(here).stream().limit(MOST).map(item -> listed(item, depth + 1))
            .filter(text -> !text.isBlank()).collect(Collectors.joining("; "))));
        var own = Stream.concat(Stream.of("error"), WRAPPERS.stream()).map(name -> Json.find(here, name))
            .filter(value -> value.isJsonObject() || !Json.list(value).isEmpty()).findFirst().orElse(Json.array());
        var before = said.size();
        words(own, depth + 1, said);
        if (said.size() == before || said.getLast().isBlank()) WORDS.stream().map(name -> Json.find(here, name))
            .filter(value -> Json.isText(value) && !Json.text(value).isBlank()).findFirst().ifPresent(text -> words(text, depth + 1, said));
        for (var key : Json.keys(here)) if (CAUSES.contains(key.toLowerCase(Locale.ROOT))
            && !isDetail(here, key)) words(Json.find(here, key), depth + 1, said);
    }

    /// Whatever reads like words, of a body that has none where others have them.
    private static List<String> sentences(JsonElement here, int depth) {
        if (depth > DEEPEST) return List.of();
        if (Json.isText(here)) return Json.text(here).strip().contains(" ") ? List.of(ApiError.cut(Json.text(here).strip())) : List.of();
        var said = new ArrayList<String>();
        for (var item : Json.list(here)) said.addAll(sentences(item, depth + 1));
        for (var key : Json.keys(here)) {
            var value = Json.find(here, key);
            var listed = !Json.list(value).isEmpty();   // what is wrong with the field of that name
            if (listed) sentences(value, depth + 1).forEach(words -> said.add(key + ": " + words));
            else if (!ECHOES.contains(key)) said.addAll(sentences(value, depth + 1));
        }
        return said.stream().limit(MOST).toList();
    }

    /// Google's details are data about the error: how long to wait, which quota, which link.
    private static boolean isDetail(JsonElement here, String key) { return Json.list(here, key).stream()
        .anyMatch(detail -> Json.has(detail, "@type")); }

    /// One of several, with the place that it is about, as pydantic has it.
    private static String listed(JsonElement item, int depth) {
        var said = new ArrayList<String>();
        words(item, depth, said);
        var place = String.join(".", Json.list(item, "loc").stream().map(Json::spelled).toList());
        return Stream.of(place, String.join(": ", said), place.isEmpty() ? "" : Json.text(item, "type")).filter(text -> !text.isBlank())
            .collect(Collectors.joining(" "));
    }

    private static Optional<JsonElement> parsed(String text) {
        try {
            return Optional.of(Json.parse(text)).filter(body -> body.isJsonObject() || body.isJsonArray());
        } catch (Json.Malformed e) {
            return Optional.empty();   // a web page, or plain words
        }
    }

    /// The object that a text quotes, as JSON or as Python prints it.
    private static Optional<JsonElement> embedded(String text) {
        var from = start(text);
        var to = text.lastIndexOf('}');
        if (from < 0 || to < from) return Optional.empty();
        var quoted = text.substring(from, to + 1);
        return parsed(quoted).or(() -> Json.loose(quoted)).filter(body -> isError(body));
    }

    /// What the text says before the object that it quotes.
    private static String before(String text) {
        var words = ApiError.cut(text.substring(0, start(text))).stripTrailing();
        while (!words.isEmpty() && ":-'\"(".indexOf(words.charAt(words.length() - 1)) >= 0 ) words = words.substring(0, words.length() - 1)
            .stripTrailing();
        return words.equals("b") ? "" : words.strip();   // Python's mark of bytes
    }

    private static int start(String text) { return text.indexOf('{'); }

    private static boolean isError(JsonElement body) { return Json.keys(body).stream().anyMatch(ErrorBody::isInner); }
}
