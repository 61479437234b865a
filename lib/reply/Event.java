package lib.reply;

import lib.wire.*;

/// What a model says, as every dialect hears it. No start, no stop, no index: `Reply` makes the blocks.
public sealed interface Event {
    record Thinking(String text) implements Event {}

    /// Opaque state of the thinking before it; ends its block.
    record Signature(String state) implements Event {}

    record Text(String text) implements Event {}

    record ToolCall(String id, String name) implements Event {}

    /// A piece of the arguments of the call with that id.
    record ToolInput(String id, String json) implements Event {}

    /// Tokens so far, in Anthropic's sense: `input` without those read from or written to the cache. The last one counts.
    record Usage(long input, long cacheRead, long cacheWrite, long output) implements Event {
        /// All that was read, cached or not.
        public long prompt() { return input + cacheRead + cacheWrite; }

        /// From a count that includes the cached tokens, as most APIs report it.
        public static Usage ofPrompt(long prompt, long cacheRead, long cacheWrite, long output) {
            return new Usage(Math.max(0, prompt - cacheRead - cacheWrite), cacheRead, cacheWrite, output);
        }
    }

    /// Why the model stopped: Anthropic's stop_reason, and the stop sequence if it was one.
    record Stop(String reason, String sequence) implements Event {
        public Stop(String reason) { this(reason, ""); }
    }

    /// A frame in Anthropic's own form, passed on as it came.
    record Relay(Frame frame) implements Event {}
}
