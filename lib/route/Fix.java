package lib.route;

import module java.base;

import lib.json.*;

/// What a refusal taught: a change to the draft that makes the same request acceptable. Its name ends the sentence
/// "asked again ...", as in "without temperature".
///
/// @param leavesOut what the route does not accept any more, so that other words take its place before the draft is made
public record Fix(String name, Holds holds, Set<Accepts.Kind> leavesOut, Consumer<Draft> change) {
    /// For which later requests to the same model it holds, too: none, those of the next minutes, or all. What takes
    /// content away holds a while only, because a mistake about it would cost the rest of the session.
    public enum Holds { ONCE, A_WHILE, ALWAYS }

    /// The provider does not search the web for the model, or does so only where it can call nothing else: then FreeCC
    /// searches, or says that nobody can.
    public static final Fix NO_SEARCH = new Fix("without the provider's own web search", Holds.A_WHILE, Set.of(), _ -> { }),
        NO_SEARCH_BESIDE_TOOLS = new Fix("without the provider's own web search beside tools", Holds.A_WHILE, Set.of(), _ -> { });

    /// The provider does not make the search in another API than the conversation's.
    public static final Fix SEARCH_IN_CHAT = new Fix("in the conversation's own API", Holds.A_WHILE, Set.of(), _ -> { });

    public Fix(String name, boolean lasting, Consumer<Draft> change) {
        this(name, lasting ? Holds.ALWAYS : Holds.ONCE, Set.of(), change);
    }

    /// A change to the body, or to the part of it that holds the parameters.
    public static Fix of(String name, boolean lasting, Consumer<JsonObject> change) { return new Fix(name, lasting, draft ->
        change.accept(draft.parameters())); }

    /// One that takes content away.
    public static Fix ofContent(String name, boolean lasting, Consumer<JsonObject> change) {
        return new Fix(name, lasting ? Holds.A_WHILE : Holds.ONCE, Set.of(), draft -> change.accept(draft.parameters()));
    }

    /// One after which the route accepts less.
    public static Fix without(Accepts.Kind kind, boolean lasting) {
        var name = switch (kind) {
            case PICTURES -> "without images";
            case PDFS -> "without documents";
        };
        return new Fix(name, lasting ? Holds.A_WHILE : Holds.ONCE, Set.of(kind), _ -> { });
    }

    /// Whether it changes who searches the web, and with that the request.
    public boolean isOfSearch() { return this == NO_SEARCH || this == NO_SEARCH_BESIDE_TOOLS || this == SEARCH_IN_CHAT; }

    public Fix leavingOut(Set<Accepts.Kind> kinds) { return new Fix(name, holds, Set.copyOf(kinds), change); }
}
