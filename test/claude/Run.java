package claude;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// What a run of Claude Code came to. `events` are the lines of its stream-json.
record Run(int code, List<JsonObject> events, String out, String errors) {
    static Run of(Process process) throws IOException, InterruptedException {
        process.getOutputStream().close();
        var out = new StringBuffer();
        var errors = new StringBuffer();
        var readers = List.of(
            Thread.startVirtualThread(() -> process.inputReader(StandardCharsets.UTF_8).lines().forEach(line -> out.append(line).append('\n'))),
            Thread.startVirtualThread(() -> process.errorReader(StandardCharsets.UTF_8).lines().forEach(line -> errors.append(line).append('\n'))));
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            errors.append("given up after 120 s\n");
        }
        for (var reader : readers) reader.join(10_000);
        var events = out.toString().lines().filter(line -> line.startsWith("{"))
            .map(line -> JsonParser.parseString(line).getAsJsonObject()).toList();
        return new Run(process.waitFor(), events, out.toString(), errors.toString());
    }

    /// The last event of this type and subtype, empty when there was none.
    JsonObject event(String type, String subtype) {
        return events.stream()
            .filter(event -> Json.text(event, "type").equals(type) && Json.text(event, "subtype").equals(subtype))
            .reduce((_, later) -> later).orElseGet(JsonObject::new);
    }

    /// The answer that Claude Code ended with; everything it said when it ended in any other way.
    String answer() {
        var result = event("result", "success");
        return code == 0 && result.has("result") ? result.get("result").getAsString() : toString();
    }

    @Override public String toString() {
        return "exit code " + code + "\n" + errors + out.replaceAll("\\{.*\"subtype\":\"init\".*\n", "");
    }
}
