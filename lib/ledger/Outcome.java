package lib.ledger;

import module java.base;

import lib.json.*;
import lib.reply.*;
import lib.route.*;

/// What became of one request, for those who watch: as it begins, as its first token arrives, and when it has ended.
///
/// @param id        FreeCC's name for the request
/// @param requestId what the client was told; a provider whose answer is passed on names it itself
/// @param time      when it came
public record Outcome(String id, String requestId, Instant time, Asked asked, Served served, Result result) {
    private static final int CLIENT_GONE = 499;

    /// What the client asked for.
    ///
    /// @param agent the subagent's id, empty if none asked
    /// @param key   the name of the client's key, empty if it has none
    public record Asked(String model, Role role, String session, String agent, int tools, int messages, boolean streams, String key) {
        public static final Asked NOTHING = new Asked("", Role.MAIN, "", "", 0, 0, false, "");

        public static Asked of(Request request, String key) {
            return new Asked(request.model(), Role.of(request), request.session(), request.agent(),
                Json.list(request.message(), "tools").size(), Json.list(request.message(), "messages").size(), request.streams(), key);
        }
    }

    /// Who served it, and what that took.
    ///
    /// @param provider empty, like `model`, if it went nowhere
    /// @param attempts how often a provider was asked
    /// @param retries  why it was asked again: `refusal`, `token`, `empty`, `failure`, `key` or `fallback`
    /// @param keyRests the provider of each key that was refused, so that another one was asked
    /// @param fallbackFrom the route that should have answered, empty if it did
    /// @param cost     in US dollars, if the model's price is known
    public record Served(String provider, String model, int attempts, List<String> retries, List<String> keyRests, String fallbackFrom,
                         Event.Usage usage, OptionalDouble cost) {
        public static final Event.Usage NO_USAGE = Event.Usage.NONE.withOutput(0);
        public static final Served NOWHERE = new Served("", "", 0, List.of(), List.of(), "", NO_USAGE, OptionalDouble.empty());

        /// The route as `provider/model`; empty if it went nowhere.
        public String route() { return provider.isEmpty() ? "" : provider + "/" + model; }
    }

    /// How it ended, or how far it is.
    ///
    /// @param status     0 while it is under way
    /// @param error      Anthropic's type of the error, empty if all went well
    /// @param firstToken from the request to the first token, whole answers' included
    /// @param time       from the request to now, or to the end
    public record Result(int status, String error, String message, Optional<Duration> firstToken, Duration time) { }

    public boolean isUnderWay() { return result.status() == 0; }

    public boolean ok() { return result.status() < 400; }

    public boolean isClientGone() { return result.status() == CLIENT_GONE; }
}
