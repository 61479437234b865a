package lib.reply;

import module java.base;

import lib.wire.*;

/// A piece of a model's reply, in the form that every dialect produces. Events have no index, start or stop: `Reply` makes the blocks.
public sealed interface Event {
    record Thinking(String text) implements Event {}

    /// The opaque state of the thinking before it; ends the block.
    record Signature(String state) implements Event {}

    record Text(String text) implements Event {}

    record ToolCall(String id, String name) implements Event {}

    /// A piece of the arguments of the call with this id.
    record ToolInput(String id, String json) implements Event {}

    /// Token counts as Anthropic defines them: `input` excludes tokens read from or written to the cache. The last event counts.
    /// `searches` is counted by the reply.
    record Usage(long input, long cacheRead, long cacheWrite, long output, long searches) implements Event {
        public static final Usage NONE = new Usage(0, 0, 0, -1);

        public Usage(long input, long cacheRead, long cacheWrite, long output) { this(input, cacheRead, cacheWrite, output, 0); }

        /// All input tokens, cached or not.
        public long prompt() { return input + cacheRead + cacheWrite; }

        /// With a later count. Its zeros say that nothing was counted, not that there was nothing.
        public Usage then(Usage later) {
            var prompt = later.prompt() > 0 ? later : this;
            return new Usage(prompt.input, prompt.cacheRead, prompt.cacheWrite, later.output > 0 ? later.output : output);
        }

        /// With that of another turn.
        public Usage plus(Usage other) {
            return new Usage(input + other.input, cacheRead + other.cacheRead, cacheWrite + other.cacheWrite,
                Math.max(0, output) + Math.max(0, other.output), searches + other.searches);
        }

        public Usage withSearches(long all) { return new Usage(input, cacheRead, cacheWrite, output, all); }

        /// From a count that includes the cached tokens, as most APIs report it.
        public static Usage ofPrompt(long prompt, long cacheRead, long cacheWrite, long output) {
            return new Usage(Math.max(0, prompt - cacheRead - cacheWrite), cacheRead, cacheWrite, output);
        }
    }

    /// Web search, by the provider or by FreeCC.
    sealed interface Searching extends Event {}

    record Search(String id, String query) implements Searching {}

    /// What the search with this id has found, or why it failed: one of Anthropic's error codes.
    record SearchResults(String id, List<SearchResult> results, String error) implements Searching {
        public SearchResults(String id, List<SearchResult> results) { this(id, results, ""); }
    }

    /// The text before it says what that source says.
    record Citation(SearchResult source) implements Searching {}

    /// Why the model stopped: Anthropic's stop_reason, and the stop sequence, if any.
    record Stop(String reason, String sequence) implements Event {
        public Stop(String reason) { this(reason, ""); }
    }

    /// A frame in Anthropic's own format, passed on unchanged.
    record Relay(Frame frame) implements Event {}
}
