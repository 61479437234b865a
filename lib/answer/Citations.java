package lib.answer;

import module java.base;
import com.google.gson.JsonElement;

import lib.reply.*;
import lib.wire.*;

/// Adds a list of sources to an answer from a provider's own web search, whose text cites them as `[n]`: the sources that
/// the text cites, or all if it cites none.
public final class Citations implements Consumer<Event> {
    private final Consumer<Event> out;
    private final Map<Long, String> found = new LinkedHashMap<>();
    private final StringBuilder said = new StringBuilder();

    public Citations(Consumer<Event> out) { this.out = out; }

    /// Results with title and URL, or URLs alone. Their number is their id, or else their position.
    public void found(List<JsonElement> results) {
        var place = 0L;
        for (var result : results) {
            place++;
            var url = Json.isText(result) ? Json.text(result) : Json.text(result, "url");
            var title = Json.text(result, "title");
            var number = Json.isNumber(result, "id") ? Json.number(result, "id") : place;
            if (!url.isEmpty()) found.putIfAbsent(number, title.isEmpty() ? url : title + " " + url);
        }
    }

    @Override public void accept(Event event) {
        switch (event) {
            case Event.Text(var text) -> said.append(text);
            case Event.ToolCall _, Event.Stop _ -> tell();
            case Event.Thinking _, Event.Signature _, Event.ToolInput _, Event.Usage _, Event.Relay _, Event.Searching _ -> { }
        }
        out.accept(event);
    }

    private void tell() {
        if (found.isEmpty() || said.isEmpty()) return;
        var named = found.keySet().stream().filter(number -> said.indexOf("[" + number + "]") >= 0).toList();
        out.accept(new Event.Text((named.isEmpty() ? found.keySet() : named).stream()
            .map(number -> "\n[" + number + "] " + found.get(number))
            .collect(Collectors.joining("", "\n\nSources:", ""))));
        found.clear();
        said.setLength(0);
    }
}
