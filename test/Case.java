import lib.json.*;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// One conversation in a text file: a description, then sections, each under a line `-- name --`.
/// A section is `env`, `request`, `upstream request`, `upstream reply` or `reply`. It may begin with a first line
/// (`HTTP 429`, `POST /path`) and header lines, then a blank line.
record Case(Path file, String description, List<Section> sections) {
    record Section(String name, String first, Map<String, String> headers, String body) {
        Section with(String body) { return new Section(name, first, headers, body); }

        int status() { return first.startsWith("HTTP ") ? Integer.parseInt(first.substring(5, 8)) : 200; }

        String text() {
            var head = new StringBuilder();
            if (!first.isEmpty()) head.append(first).append('\n');
            headers.forEach((name, value) -> head.append(name).append(": ").append(value).append('\n'));
            if (!head.isEmpty()) head.append('\n');
            return "-- " + name + " --\n" + head + body + (body.endsWith("\n") || body.isEmpty() ? "" : "\n");
        }
    }

    private static final Pattern TITLE = Pattern.compile("-- (env|request|upstream request|upstream reply|reply) --");
    private static final Pattern FIRST = Pattern.compile("(HTTP \\d{3}|(GET|POST|HEAD|PUT) /\\S*).*");
    private static final Pattern MEDIA = Pattern.compile("@([\\w.-]+\\.(?:png|jpg|gif|webp|pdf))");

    static Case read(Path file) throws IOException {
        var description = new StringBuilder();
        var sections = new ArrayList<Section>();
        StringBuilder body = description;
        String name = null;
        for (var line : Files.readString(file).split("\n", -1)) {
            var title = TITLE.matcher(line);
            if (!title.matches()) {
                body.append(line).append('\n');
                continue;
            }
            if (name != null) sections.add(section(name, body.toString()));
            name = title.group(1);
            body = new StringBuilder();
        }
        if (name != null) sections.add(section(name, body.substring(0, Math.max(0, body.length() - 1))));
        return new Case(file, description.toString().strip(), sections);
    }

    private static Section section(String name, String text) {
        var lines = text.split("\n", -1);
        if (lines.length == 0 || !FIRST.matcher(lines[0]).matches()) return new Section(name, "", Map.of(), text);
        var headers = new LinkedHashMap<String, String>();
        var at = 1;
        for (; at < lines.length && !lines[at].isEmpty(); at++) {
            var colon = lines[at].indexOf(':');
            headers.put(lines[at].substring(0, colon).strip(), lines[at].substring(colon + 1).strip());
        }
        return new Section(name, lines[0], headers, String.join("\n", List.of(lines).subList(Math.min(at + 1, lines.length), lines.length)));
    }

    /// The text with each `@pixel.png` in place of that file's base64.
    static String withMedia(String text) {
        return MEDIA.matcher(text).replaceAll(found -> {
            try {
                return Base64.getEncoder().encodeToString(Files.readAllBytes(Path.of("test/media", found.group(1))));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    static String withoutMedia(String text) {
        try (var media = Files.list(Path.of("test/media"))) {
            var brief = text;
            for (var file : media.filter(Files::isRegularFile).sorted().toList()) brief = brief.replace(Base64.getEncoder().encodeToString(Files.readAllBytes(file)), "@" + file.getFileName());
            return brief;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// With requests as clients write them, without space.
    Case compact() {
        return new Case(file, description, sections.stream()
            .map(section -> section.name().equals("request") ? section.with(compact(withMedia(section.body()))) : section).toList());
    }

    private static String compact(String body) {
        try {
            return Json.write(Json.parse(body));
        } catch (Json.Malformed e) {
            return body;
        }
    }

    String text() {
        var text = new StringBuilder(description + "\n\n");
        for (var section : sections) text.append(section.text());
        return text.toString();
    }

    /// JSON as a person would lay it out: short values on one line, long ones a line for each part.
    static String laidOut(JsonElement json) { return laidOut(json, ""); }

    private static String laidOut(JsonElement json, String indent) {
        var flat = Json.write(json);
        if (flat.length() + indent.length() <= 140 || !(json instanceof JsonObject || json instanceof JsonArray)) return flat;
        var deeper = indent + " ";
        var parts = new ArrayList<String>();
        if (json instanceof JsonObject object)
            for (var key : Json.keys(object)) parts.add(deeper + Json.write(Json.find(Json.object("k", key), "k")) + ": " + laidOut(Json.find(object, key), deeper));
        else for (var value : Json.list(json)) parts.add(deeper + laidOut(value, deeper));
        return (json instanceof JsonObject ? "{\n" : "[\n") + String.join(",\n", parts) + "\n" + indent + (json instanceof JsonObject ? "}" : "]");
    }
}
