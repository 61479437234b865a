package lib.dialect.text;

import module java.base;

import lib.answer.*;
import lib.json.*;
import lib.message.*;
import lib.quirk.*;
import lib.refusal.*;
import lib.reply.*;
import lib.route.*;
import lib.wire.*;

/// Services that continue a text and have no tools: plain chat through one of the `TextApi`s.
public final class TextOnly implements Dialect {
    private final Supplier<TextApi> form;   // lazy, to keep the start fast
    private final JsonObject always;

    public TextOnly(Supplier<TextApi> form) { this(form, new JsonObject()); }

    /// Every body includes the fields of `always`.
    public TextOnly(Supplier<TextApi> form, JsonObject always) {
        this.form = form;
        this.always = always;
    }

    /// FreeCC enforces all of them, because a service does not say which one stopped it; it gets only the mark of the next turn.
    @Override public int stops(Route route) { return 0; }

    @Override public Shape shape() { return Shape.TEXT; }

    @Override public Draft draft(Request request, Route route, ReplyContext terms) {
        refuseTools(request, route);
        var body = form.get().body(request, route);
        Json.pass(always, body, Json.keys(always).toArray(String[]::new));
        return Draft.of(route.url(form.get().path(route.name())), body, form.get().parameters(body));
    }

    @Override public Ask ask(Draft draft, Request request, Route route) { return form.get().ask(draft.url(), draft.body()); }

    private static void refuseTools(Request request, Route route) {
        var message = request.message();
        if (Json.text(message, "tool_choice", "type").equals("none")) return;   // the client does not want a call
        if (!Toolbox.of(message).tools().isEmpty()) throw ToolQuirks.noTools(route);
        ToolQuirks.refuseServerTools(message, route);
    }

    @Override public void events(Iterable<Frame> frames, ReplyContext terms, Consumer<Event> out) {
        StopAt.listen(List.of(Transcript.NEXT_TURN), new OneTurn(terms.begun(), out), UnaryOperator.identity(),
            heard -> form.get().hear(frames, terms, heard));
    }

    @Override public Optional<Fix> fix(String refusal, Draft sent, Route route) { return Refusals.fix(refusal, sent.read()); }

    @Override public ApiError error(Answer answer, Route route) { return form.get().error(answer, route); }

    /// The text after `Assistant:` without the space between, or the continuation of a prefilled answer. The mark of the next
    /// turn ends it and is not one of the client's stop sequences.
    private static final class OneTurn implements Consumer<Event> {
        private final Consumer<Event> out;
        private boolean begun;

        OneTurn(boolean begun, Consumer<Event> out) {
            this.begun = begun;
            this.out = out;
        }

        @Override public void accept(Event event) {
            switch (event) {
                case Event.Text(var text) when !begun -> {
                    var first = text.stripLeading();
                    begun = !first.isEmpty();
                    out.accept(new Event.Text(first));
                }
                case Event.Stop(_, var sequence) when sequence.equals(Transcript.NEXT_TURN) -> out.accept(new Event.Stop("end_turn"));
                case Event other -> out.accept(other);
            }
        }
    }
}
