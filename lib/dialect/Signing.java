package lib.dialect;

import com.google.gson.JsonElement;
import lib.message.Thought;
import lib.reply.Event;
import lib.wire.Json;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Ends each stretch of thinking with its owner's mark, and with what must go back to the owner unchanged.
final class Signing implements Consumer<Event> {
    private final String owner;
    private final Consumer<Event> out;
    private final List<JsonElement> details = new ArrayList<>();
    private boolean thinking;

    Signing(String owner, Consumer<Event> out) {
        this.owner = owner;
        this.out = out;
    }

    void keep(List<JsonElement> more) { details.addAll(more); }

    @Override public void accept(Event event) {
        switch (event) {
            case Event.Thinking(var text) -> thinking |= !text.isEmpty();
            case Event.Text(var text) -> {
                if (!text.isEmpty()) sign();
            }
            case Event.ToolCall _, Event.Stop _ -> sign();
            case Event.Signature _, Event.ToolInput _, Event.Usage _, Event.Relay _ -> { }
        }
        out.accept(event);
    }

    private void sign() {
        if (!thinking && details.isEmpty()) return;
        var state = details.isEmpty() ? "" : Json.write(Json.object("reasoning_details", Json.arrayOf(details)));
        out.accept(new Event.Signature(new Thought(owner, state).signature()));
        details.clear();
        thinking = false;
    }
}
