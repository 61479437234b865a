package lib.search;

import module java.base;

import lib.json.*;
import lib.message.*;
import lib.reply.*;
import lib.route.*;
import lib.wire.*;

/// Makes the searches that the model asks for by calling a function of FreeCC's, until it answers. The calls do not reach
/// the client: it gets the blocks of a search on Anthropic's servers.
final class SearchLoop implements Continuation {
    static final int RESULTS = 10;
    private static final Findings EXCEEDED = Findings.failed("max_uses_exceeded",
        "No more searches are allowed. Answer with what you have found so far.");
    private static final Set<String> ENDS = Set.of("tool_use", "end_turn");

    private final WebSearch wanted;
    private final String function;
    private final Source source;
    private final Ids ids;
    private int used;
    private boolean over;   // the model was told that it cannot search again
    private Consumer<Event> out = _ -> { };
    private MessageBuilder turn;
    private Reply recorder;
    private Optional<Event.Stop> stop = Optional.empty();
    private final Set<String> calls = new HashSet<>();   // the searches of this turn
    private boolean others;                              // calls of the client's own tools

    /// Answers a call, which asks for this, with results.
    interface Source {
        Findings search(SearchQuery query, JsonObject input);
    }

    SearchLoop(WebSearch wanted, String function, Source source, Ids ids) {
        this.wanted = wanted;
        this.function = function;
        this.source = source;
        this.ids = ids;
    }

    /// One search of a turn: its block's id, the model's call, and what came of it.
    private record Made(String id, JsonElement call, Findings findings) { }

    @Override public Consumer<Event> hear(Consumer<Event> out) {
        this.out = out;
        turn = new MessageBuilder("", "");
        recorder = new Reply(turn, 0, () -> { });
        stop = Optional.empty();
        calls.clear();
        others = false;
        return this::accept;
    }

    private void accept(Event event) {
        recorder.accept(event);
        switch (event) {
            case Event.ToolCall(var id, var name) when name.equals(function) -> calls.add(id);
            case Event.ToolInput(var id, _) when calls.contains(id) -> { }
            case Event.ToolCall call -> {
                others = true;
                out.accept(call);
            }
            case Event.Stop end when !calls.isEmpty() -> stop = Optional.of(end);
            default -> out.accept(event);
        }
    }

    /// Searches side by side, and shows the results in the order of the calls.
    @Override public Optional<NextTurn> next() {
        if (stop.isEmpty()) return Optional.empty();
        if (!ENDS.contains(stop.get().reason())) return ended();   // cut off, perhaps within the call
        recorder.end();
        var content = turn.content();
        var asked = content.stream().filter(block -> PlainText.isCall(block) && Json.text(block, "name").equals(function)).toList();
        var made = found(asked.stream().map(this::search).toList());
        for (var one : made) out.accept(new Event.SearchResults(one.id(), one.findings().results(), one.findings().error()));
        if (others || over) return ended();   // the client answers these, and the searches go back to the model with the history
        over = made.stream().anyMatch(one -> one.findings() == EXCEEDED);
        return Optional.of(new NextTurn(List.of(History.turn("assistant", content),
            History.turn("user", made.stream().map(SearchLoop::result).toList())), over ? "none" : "auto"));
    }

    private Optional<NextTurn> ended() {
        out.accept(stop.orElseThrow());
        return Optional.empty();
    }

    private Future<Made> search(JsonElement call) {
        var input = Json.at(call, "input");
        var query = query(input);
        var id = ids.next(SearchBlocks.ID);
        out.accept(new Event.Search(id, query.isEmpty() ? wanted.asked() : query));
        if (used++ >= wanted.maxUses()) return CompletableFuture.completedFuture(new Made(id, call, EXCEEDED));
        var search = new FutureTask<>(() -> new Made(id, call, source.search(SearchQuery.of(query, wanted), input)));
        Thread.ofVirtual().start(search);
        return search;
    }

    /// Models give the query other names, or several.
    private static String query(JsonObject input) {
        for (var name : List.of("query", "q", "search_query", "queries")) {
            var several = Json.list(input, name).stream().map(Json::text).collect(Collectors.joining(" "));
            var text = several.isBlank() ? Json.spelled(input, name) : several;
            if (!text.isBlank()) return text.strip();
        }
        return "";
    }

    private static List<Made> found(List<Future<Made>> searches) {
        var made = new ArrayList<Made>();
        try {
            for (var search : searches) made.add(search.get());
        } catch (InterruptedException e) {
            searches.forEach(search -> search.cancel(true));
            Thread.currentThread().interrupt();
            throw ApiError.cutOff(e);
        } catch (ExecutionException e) {
            searches.forEach(search -> search.cancel(true));
            throw e.getCause() instanceof RuntimeException fault ? fault : new IllegalStateException(e.getCause());
        }
        return made;
    }

    private static JsonObject result(Made one) {
        var result = Json.object("type", "tool_result", "tool_use_id", Json.text(one.call(), "id"), "content", one.findings().words());
        if (!one.findings().ok()) Json.put(result, "is_error", true);
        return result;
    }
}
