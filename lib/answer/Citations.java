package lib.answer;

import module java.base;
import com.google.gson.JsonElement;

import lib.reply.*;
import lib.wire.*;

/// Tells where a provider's own search found what its model says. The text refers to it by `[n]` and would say
/// nothing without it, so a list follows: of what the text names, or of all where it names none.
public final class Citations implements Consumer<Event> {
    private final Consumer<Event> out;
    private final Map<Long, String> found = new LinkedHashMap<>();
    private final StringBuilder said = new StringBuilder();

    public Citations(Consumer<Event> out) { this.out = out; }

    /// Results with a title and an address, or addresses alone. They are numbered by themselves, or else in their order.
    public void found(List<JsonElement> results) {
        var place = 0L;
        for (var result : results) {
            place++;
            var url = Json.isText(result) ? Json.text(result) : Json.text(result, "url");
            var title = Json.text(result, "title");
            if (!url.isEmpty()) found.putIfAbsent(Json.isNumber(result, "id") ? Json.number(result, "id") : place, title.isEmpty() ? url : title + " " + url);
        }
    }

    @Override public void accept(Event event) {
        switch (event) {
            case Event.Text(var text) -> said.append(text);
            case Event.ToolCall _, Event.Stop _ -> tell();
            case Event.Thinking _, Event.Signature _, Event.ToolInput _, Event.Usage _, Event.Relay _ -> { }
        }
        out.accept(event);
    }

    private void tell() {
        if (found.isEmpty() || said.isEmpty()) return;
        var named = found.keySet().stream().filter(number -> said.indexOf("[" + number + "]") >= 0).toList();
        out.accept(new Event.Text((named.isEmpty() ? found.keySet() : named).stream().map(number -> "\n[" + number + "] " + found.get(number)).collect(Collectors.joining("", "\n\nSources:", ""))));
        found.clear();
        said.setLength(0);
    }
}
