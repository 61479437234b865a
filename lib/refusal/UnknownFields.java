package lib.refusal;

import module java.base;

import lib.json.*;
import lib.message.*;
import lib.quirk.*;
import lib.route.*;

/// Fields and types that a host does not know. Their names come from its refusal, and all that it names go at once: every
/// framework words this in its own way, and many hosts know less than the API that they imitate.
public final class UnknownFields {
    private static final String NAME = "[a-z_$][\\w$-]{0,80}(?:(?:\\.|\\[|]\\.?|/)[\\w$-]{1,80}){0,12}]?", QUOTE = "[`'\"\\[(]{0,3}",
        LIST = QUOTE + "(" + NAME + "(?:[`'\"\\])]{0,2}(?:,| and|, and) ?" + QUOTE + NAME + "){0,30})";
    private static final String KIND = "(?:field|parameter|param|argument|property|properties|key|name|option)";
    /// pydantic, OpenAI, Google, AWS, Go, serde, zod, jsonschema, Python's own and Groq, in this order as far as they differ.
    private static final List<Pattern> FIELDS = List.of(
        Pattern.compile("(?<![\\w$./\\[\\]-])(" + NAME + ")[:)\\]'\"]{0,3} extra inputs are not permitted"),
        Pattern.compile("(?:unknown|unrecogni[sz]ed|unsupported|unexpected|extraneous|disallowed)(?: request| keyword| query| body| input|"
            + " json){0,2} " + KIND + "(?:s|\\(s\\))?(?: supplied| provided| found| in object| in request)?:? ?" + LIST),
        Pattern.compile("additional properties are not allowed:? ?\\(?" + LIST),
        Pattern.compile(KIND + "s? " + QUOTE + "(" + NAME
            + ")[`'\"\\])]{0,2} (?:is|are) (?:not (?:supported|permitted|allowed|recogni[sz]ed|known)|unsupported|unknown|unrecogni[sz]ed|"
            + "unexpected)"),
        Pattern.compile(KIND + "s? not supported[^:\\n]{0,60}: ?" + LIST),
        Pattern.compile("(?:no such field|cannot find field|unknown key):? " + LIST),
        Pattern.compile("(?<![\\w$./\\[\\]-])(" + NAME + ")[`'\"\\])]{0,2} is not a (?:valid|known|recogni[sz]ed|supported|permitted) "
            + KIND));
    /// What a refusal says that it would take instead.
    private static final Pattern INSTEAD = Pattern.compile("\\bexpected|did you mean|must be one of|"
        + "(?<!not an? )\\b(?:known|supported|allowed|valid|permitted|available) "
        + "(?:fields?|param\\w{0,10}|propert\\w{1,4}|keys?|arguments?|values?|options?)[:( ]");
    private static final Pattern STRANGE = Pattern.compile("unknown|unrecogni[sz]ed|unexpected|unsupported|extra|additional prop|"
        + "(?:not|n't) (?:\\w{2,10} ){0,2}(?:support|permit|allow|accept|recogni|know|valid|exist|defined|understood)|"
        + "not have additional|unpermitted|disallowed|forbidden|"
        + "no (?:such )?(?:field|param)|invalid (?:field|param|key|prop)|不支持|未知|无效|非法|不允许|не поддерж|неизвестн");
    private static final Pattern MENTIONED = Pattern.compile("(?<![\\w$.-])" + NAME);
    private static final List<Pattern> TYPES = List.of(
        Pattern.compile("input tag [`'\"]?([\\w.-]{1,80})[`'\"]? found"),
        Pattern.compile("unknown variant [`'\"]?([\\w.-]{1,80})"),
        Pattern.compile("(?:unknown|unsupported|unrecogni[sz]ed|invalid|unexpected)(?: content| message| input| tool){0,2}(?: block| part|"
            + " item)? type(?: of content)?:? ?[`'\"]?([\\w.-]{2,80})"),
        Pattern.compile("type:? [`'\"]([\\w.-]{2,80})[`'\"] (?:is )?"
            + "(?:not supported|unsupported|unknown|not allowed|not permitted|invalid)"),
        Pattern.compile("invalid value: [`'\"]([\\w.-]{2,80})[`'\"]"));
    private static final Pattern VALUE = Pattern.compile("\\bvalues?\\b(?! error)|between|\\brange\\b|one of|less than|"
        + "greater than|at most|at least|<=|>=|exceed|too (?:long|large|many|small|short|low|high)");
    private static final Pattern EXPECTED = Pattern.compile("(?:expected(?: one of| tags)?|supported values are):? ((?:(?:or |and "
        + ")?[`'\"][\\w.-]{1,80}[`'\"](?:, ?| )?){2,60})"), WORD = Pattern.compile("[\\w$.-]+"), PLACE = Pattern.compile("[.\\[\\]/]+");
    /// Nothing can be asked without these.
    private static final Set<String> NEEDED = Set.of("model", "messages", "contents", "content", "parts", "input", "prompt", "maxtokens",
        "system", "tools", "role", "type", "name", "id", "tooluseid", "toolcallid",
        "toolcalls", "inputschema", "function", "functiondeclarations", "parameters", "text", "source", "data", "anthropicversion", "body",
            "inferenceconfig", "generationconfig", "stream", "instructions", "systeminstruction", "template");
    private static final Set<String> KEPT_TYPES = Set.of("text", "tool_use", "tool_result", "function", "message", "function_call",
        "function_call_output", "input_text", "output_text", "custom", "ephemeral", "object");
    private static final Set<String> OPENAI_PARTS = Set.of("image_url", "file", "input_audio", "video_url");
    /// Blocks that can be put in other words. What FreeCC does not know either is left out.
    private static final Set<String> WORDED = Set.of("image", "document", "search_result", "tool_reference", "server_tool_use",
        "web_search_tool_result");
    /// Names in here are the user's own, whatever they look like.
    private static final Set<String> FOREIGN = Set.of("input", "arguments", "input_schema", "inputSchema", "schema", "properties",
        "parametersJsonSchema", "args");

    private UnknownFields() {}

    public static Optional<Fix> fields(String text, JsonObject sent) {
        var paths = new LinkedHashSet<List<String>>();
        for (var form : FIELDS) form.matcher(text).results().flatMap(found ->
            WORD.matcher(found.group(1).contains("/") || found.group(1).contains("[") ? PLACE.matcher(found.group(1)).replaceAll(".")
            : found.group(1)).results())
            .map(name -> path(name.group())).filter(path -> !path.isEmpty()).forEach(paths::add);
        var trial = Json.copy(sent);
        return without(paths.stream().filter(path -> drop(trial, path)).toList());
    }

    /// The text without what the host would take instead.
    static String withoutKnown(String text) {
        var instead = INSTEAD.matcher(text);
        return instead.find(Math.min(text.length(), 10)) ? text.substring(0, instead.start()) : text;
    }

    /// The last resort: the refusal is in words that nobody foresaw, but what it names is a field of the request.
    public static Optional<Fix> mentioned(String text, JsonObject sent) {
        var refusal = withoutKnown(text).replace("[]", "");
        if (!STRANGE.matcher(refusal).find() || VALUE.matcher(refusal).find()) return Optional.empty();
        var trial = Json.copy(sent);
        var named = MENTIONED.matcher(refusal).results().map(found -> path(found.group())).filter(path -> isField(path, sent))
            .filter(path -> drop(trial, path)).toList();
        return without(named);
    }

    /// A word of prose may be a field's name by chance, unless it is one of the request's own.
    private static boolean isField(List<String> path, JsonObject sent) {
        return !path.isEmpty() && (path.size() > 1 || path.getFirst().contains("_") || key(sent, path.getFirst()).isPresent());
    }

    private static Optional<Fix> without(List<List<String>> paths) {
        if (paths.isEmpty()) return Optional.empty();
        var names = paths.stream().map(path -> path.stream().filter(part -> !isIndex(part)).collect(Collectors.joining("."))).distinct()
            .collect(Collectors.joining(", "));
        return Optional.of(Fix.of("without " + names, true, body -> paths.forEach(path -> drop(body, path))));
    }

    private static List<String> path(String name) { return Stream.of(PLACE.split(name))
        .filter(part -> !part.isEmpty() && !part.equals("body") && !part.equals("$")).toList(); }

    private static boolean isIndex(String part) { return part.chars().allMatch(Character::isDigit); }

    /// At the path if it leads anywhere; a bare name goes wherever it is.
    private static boolean drop(JsonObject body, List<String> path) {
        if (NEEDED.contains(plain(path.getLast()))) return false;
        return dropAt(body, path) || path.size() == 1 && dropAnywhere(body, path.getFirst());
    }

    /// Drops what the path names, from every item where it counts through a list. Parts that name a variant of a type, such
    /// as `tools.0.custom.strict`, are not spelled in the body; one that names a kind of blocks means no other.
    private static boolean dropAt(JsonElement here, List<String> path) {
        if (path.isEmpty() || path.size() > 1 && Json.has(here, "type") && isKind(path.getFirst()) && !Json.text(here, "type")
            .equals(path.getFirst())) return false;
        var rest = path.subList(1, path.size());
        if (here.isJsonArray()) {
            var dropped = false;
            for (var item : Json.list(here)) dropped |= dropAt(item, isIndex(path.getFirst()) ? rest : path);
            return dropped;
        }
        var key = key(here, path.getFirst());
        if (key.isEmpty()) return dropAt(here, rest);
        if (!rest.isEmpty()) return dropAt(Json.find(here, key.get()), rest) || dropAt(here, rest);
        Json.drop(Json.at(here), key.get());
        return true;
    }

    private static boolean isKind(String part) { return KEPT_TYPES.contains(part) && !part.equals("custom") || part.endsWith("thinking")
        || Set.of("image", "document", "search_result", "tool_reference", "server_tool_use").contains(part); }

    private static boolean dropAnywhere(JsonElement here, String name) {
        var dropped = false;
        for (var item : Json.list(here)) dropped |= dropAnywhere(item, name);
        for (var key : Json.keys(here)) {
            if (plain(key).equals(plain(name))) {
                Json.drop(Json.at(here), key);
                dropped = true;
            } else if (!FOREIGN.contains(key) && !(key.equals("parameters")
                && Json.has(here, "name"))) dropped |= dropAnywhere(Json.find(here, key), name);
        }
        return dropped;
    }

    /// Google names a field in another spelling than it takes.
    private static Optional<String> key(JsonElement here, String name) { return Json.keys(here).stream()
        .filter(key -> plain(key).equals(plain(name))).findFirst(); }

    private static String plain(String name) { return name.replace("_", "").toLowerCase(Locale.ROOT); }

    /// Blocks, tools and edits of a type that is refused by name. Where the refusal lists what is known, all others go.
    public static Optional<Fix> types(String text, JsonObject sent) {
        var named = TYPES.stream().flatMap(form -> form.matcher(text).results()).map(found -> found.group(1))
            .filter(type -> !KEPT_TYPES.contains(type)).collect(Collectors.toCollection(TreeSet::new));
        var here = typesIn(sent);
        named.retainAll(here);
        if (named.isEmpty()) return Optional.empty();
        var blocks = blockTypes(sent);
        var expected = EXPECTED.matcher(text).results().flatMap(found -> WORD.matcher(found.group(1)).results()).map(MatchResult::group)
            .collect(Collectors.toSet());
        if (expected.contains("text") && named.stream().anyMatch(blocks::contains)) blocks.stream()
            .filter(type -> !expected.contains(type) && !KEPT_TYPES.contains(type)).forEach(named::add);
        return Optional.of(Fix.ofContent("without " + String.join(", ", named), true, body -> without(body, named))
            .leavingOut(MediaRefusals.kinds(named)));
    }

    private static Set<String> typesIn(JsonObject sent) {
        var types = new HashSet<>(blockTypes(sent));
        for (var tool : Json.list(sent, "tools")) types.add(Json.text(tool, "type"));
        for (var item : Json.list(sent, "input")) types.add(Json.text(item, "type"));
        for (var edit : Json.list(sent, "context_management", "edits")) types.add(Json.text(edit, "type"));
        return types;
    }

    private static Set<String> blockTypes(JsonObject sent) {
        var types = new HashSet<String>();
        for (var list : List.of("messages", "input")) for (var turn : Json.list(sent, list)) for (var block : Json.list(turn, "content")) {
            types.add(Json.text(block, "type"));
            for (var part : Json.list(block, "content")) types.add(Json.text(part, "type"));
        }
        return types;
    }

    private static void without(JsonObject body, Set<String> types) {
        Predicate<JsonElement> stays = item -> !types.contains(Json.text(item, "type"));
        for (var list : List.of("tools", "input")) if (!Json.list(body, list).isEmpty()) Json.put(body, list,
            Json.arrayOf(Json.list(body, list).stream().filter(stays).toList()));
        if (Json.has(body, "tools") && Json.list(body, "tools").isEmpty()) for (var field : List.of("tools", "tool_choice")) Json.drop(body,
            field);
        if (Json.list(body, "context_management", "edits").stream().anyMatch(stays.negate())) {
            var edits = Json.list(body, "context_management", "edits").stream().filter(stays).toList();
            if (edits.isEmpty()) Json.drop(body, "context_management");
            else Json.put(Json.at(body, "context_management"), "edits", Json.arrayOf(edits));
        }
        AnthropicQuirks.inBlocks(body, block -> OPENAI_PARTS.contains(Json.text(block, "type")) && !stays.test(block)
            ? List.of(History.text(note(block)))
            : stays.test(block) || WORDED.contains(Json.text(block, "type"))
                ? AnthropicQuirks.inOtherWords(block, type -> !types.contains(type)) : List.of());
        for (var item : Json.list(body, "input")) if (item instanceof JsonObject turn && !Json.list(turn, "content").isEmpty())
            Json.put(turn, "content", Json.arrayOf(Json.list(turn, "content").stream()
                .map(part -> stays.test(part) ? part : Json.object("type", "input_text", "text", note(part))).toList()));
    }

    private static String note(JsonElement part) { return Json.text(part, "type").contains("image") ? PlainText.NO_IMAGE
        : PlainText.NO_DOCUMENT; }
}
