package lib.answer;

import module java.base;

import lib.json.*;
import lib.message.*;
import lib.reply.*;
import lib.route.*;

/// Ends each block of thinking with a signature: the provider's name, and the state that must go back to it unchanged.
public final class ThoughtSignatures implements Consumer<Event> {
    private static final List<String> GROWING = List.of("text", "summary");

    private final String owner, model;
    private final Consumer<Event> out;
    private final List<JsonElement> details = new ArrayList<>();
    private String opaque = "";
    private boolean thinking;

    public ThoughtSignatures(ReplyContext terms, Consumer<Event> out) {
        this.owner = terms.owner();
        this.model = terms.route().name();
        this.out = out;
    }

    /// Details arrive in fragments; those of the same type and index belong together.
    public void keep(List<JsonElement> more) {
        for (var detail : more) {
            if (details.isEmpty() || !continues(detail, details.getLast())) {
                details.add(Json.copy(detail));
                continue;
            }
            var whole = (JsonObject) details.getLast();
            for (var key : Json.keys(detail)) {
                var grows = GROWING.contains(key) && Json.isText(detail, key);
                if (grows) Json.put(whole, key, Json.text(whole, key) + Json.text(detail, key));
                else if (Json.has(detail, key)) Json.put(whole, key, Json.find(detail, key));
            }
        }
    }

    /// Opaque state, which arrives whole.
    public void keep(String sealed) {
        if (!sealed.isEmpty()) opaque = sealed;
    }

    /// A signature ends its detail.
    private static boolean continues(JsonElement detail, JsonElement before) {
        var signature = Json.text(before, "signature");
        if (!signature.isEmpty() && (!Json.text(detail, "text").isEmpty()
            || !List.of("", signature).contains(Json.text(detail, "signature")))) return false;
        return GROWING.stream().anyMatch(key -> Json.isText(before, key)) && Json.find(detail, "type").equals(Json.find(before, "type"))
            && Json.find(detail, "index").equals(Json.find(before, "index"));
    }

    @Override public void accept(Event event) {
        if (event instanceof Event.Thinking(var text)) thinking |= !text.isEmpty();
        else if (event instanceof Event.Text(var text) && !text.isEmpty()) sign();
        else if (event instanceof Event.ToolCall || event instanceof Event.Stop) sign();
        out.accept(event);
    }

    private void sign() {
        if (!thinking && details.isEmpty() && opaque.isEmpty()) return;
        out.accept(new Event.Signature(new Thought(owner, state()).signature()));
        details.clear();
        opaque = "";
        thinking = false;
    }

    private String state() {
        if (!opaque.isEmpty()) return Json.write(Json.object("model", model, "reasoning_opaque", opaque));
        return details.isEmpty() ? "" : Json.write(Json.object("model", model, "reasoning_details", Json.arrayOf(details)));
    }
}
