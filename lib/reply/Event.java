package lib.reply;

import module java.base;

import lib.wire.*;

/// A piece of a model's reply, in the form that every dialect produces. Events have no index, start or stop: `Reply` makes the blocks.
/// Where each reply passes, `instanceof` stands instead of a switch: Java writes code for each switch over types when it first
/// comes there, which takes 1 ms and no AOT cache keeps (JDK 25). Nine stood before the end of a first answer, three of them in `Json`.
public sealed interface Event {
    record Thinking(String text) implements Event {}

    /// The opaque state of the thinking before it; ends the block.
    record Signature(String state) implements Event {}

    /// A thought that Claude's provider shows only in its own code.
    record Redacted(String data) implements Event {}

    record Text(String text) implements Event {}

    record ToolCall(String id, String name) implements Event {}

    /// A piece of the arguments of the call with this id.
    record ToolInput(String id, String json) implements Event {}

    /// Token counts as Anthropic defines them. The last event counts.
    ///
    /// @param input  neither read from the cache nor written to it
    /// @param output -1 if not counted
    record Usage(long input, long cacheRead, long cacheWrite, long output, Details details) implements Event {
        /// What few providers count.
        ///
        /// @param cacheWriteHour the part of `cacheWrite` that is kept for an hour instead of five minutes
        /// @param reasoning      the part of `output` that was thinking
        /// @param searches       how often the web was searched
        public record Details(long cacheWriteHour, long reasoning, long searches) {
            static final Details NONE = new Details(0, 0, 0);

            Details within(long cacheWrite, long output) {
                return new Details(Math.clamp(cacheWriteHour, 0, cacheWrite), Math.clamp(reasoning, 0, Math.max(0, output)),
                    Math.max(0, searches));
            }

            Details plus(Details other) {
                return new Details(cacheWriteHour + other.cacheWriteHour, reasoning + other.reasoning, searches + other.searches);
            }
        }

        public static final Usage NONE = new Usage(0, 0, 0, -1);

        /// Whatever a provider counts, nothing is negative and no part is larger than the whole.
        public Usage {
            input = Math.max(0, input);
            cacheRead = Math.max(0, cacheRead);
            cacheWrite = Math.max(0, cacheWrite);
            output = Math.max(-1, output);
            details = details.within(cacheWrite, output);
        }

        public Usage(long input, long cacheRead, long cacheWrite, long output) {
            this(input, cacheRead, cacheWrite, output, Details.NONE);
        }

        /// All input tokens, cached or not.
        public long prompt() { return input + cacheRead + cacheWrite; }

        public long cacheWriteHour() { return details.cacheWriteHour; }

        public long reasoning() { return details.reasoning; }

        public long searches() { return details.searches; }

        /// With a later count. Its zeros say that nothing was counted, not that there was nothing.
        public Usage then(Usage later) {
            var prompt = later.prompt() > 0 ? later : this;
            var answer = later.output > 0 ? later : this;
            return new Usage(prompt.input, prompt.cacheRead, prompt.cacheWrite, answer.output,
                new Details(prompt.cacheWriteHour(), Math.max(answer.reasoning(), later.reasoning()),
                    Math.max(searches(), later.searches())));
        }

        /// Together with what another request counted.
        public Usage plus(Usage other) {
            return new Usage(input + other.input, cacheRead + other.cacheRead, cacheWrite + other.cacheWrite,
                Math.max(0, output) + Math.max(0, other.output), details.plus(other.details));
        }

        /// What a message says at its start, where only the prompt is counted.
        public Usage begun() { return new Usage(input, cacheRead, cacheWrite, 1, new Details(cacheWriteHour(), 0, 0)); }

        public Usage withSearches(long all) { return with(new Details(cacheWriteHour(), reasoning(), all)); }

        public Usage withOutput(long counted) { return new Usage(input, cacheRead, cacheWrite, counted, details); }

        public Usage with(Details known) { return new Usage(input, cacheRead, cacheWrite, output, known); }

        /// From a count that includes the cached tokens, as most APIs report it.
        public static Usage ofPrompt(long prompt, long cacheRead, long cacheWrite, long output) {
            return new Usage(prompt - Math.max(0, cacheRead) - Math.max(0, cacheWrite), cacheRead, cacheWrite, output);
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
