package lib.server;

import module java.base;

import lib.json.*;
import lib.route.*;
import lib.routing.*;
import lib.wire.*;

/// POST /v1/messages/count_tokens: by the provider where it counts for nothing, else here. The client asks for
/// twenty counts at once to draw a picture, so a provider that cannot is not asked again.
/// https://docs.claude.com/en/api/messages-count-tokens
record CountTokens(Upstream upstream, Calibration calibration, Duration patience, Set<String> unable) {
    /// Anthropic's, Amazon's and Google's name for the count.
    private static final List<String> NAMES = List.of("input_tokens", "inputTokens", "totalTokens");
    private static final Set<Integer> NEVER = Set.of(404, 405, 501);

    CountTokens(Upstream upstream, Calibration calibration) {
        this(upstream, calibration, Duration.ofSeconds(10), ConcurrentHashMap.newKeySet());
    }

    void answer(Request request, Route route, ClientResponse client) throws IOException {
        client.json(200, Json.write(Json.object("input_tokens", counted(request, route))));
    }

    long counted(Request request, Route route) {
        var model = route.label() + " " + route.base();
        var asked = unable.contains(model) ? OptionalLong.empty() : asked(request, route, model);
        return asked.orElseGet(() -> calibration.counted(request, route));
    }

    /// What the provider counts. Whatever goes wrong, the count here serves.
    private OptionalLong asked(Request request, Route route, String model) {
        var counting = new FutureTask<>(() -> {
            var ask = route.dialect().count(request, route);
            return ask.isEmpty() ? OptionalLong.empty() : told(ask.get(), route.keyed(request.session()), model);
        });
        Thread.ofVirtual().start(counting);
        try {
            return counting.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ApiError) return OptionalLong.empty();
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException | InterruptedException e) {
            counting.cancel(true);   // closes the connection
            return OptionalLong.empty();
        }
    }

    /// A key that is refused rests, and the next one is asked.
    private OptionalLong told(Ask ask, Route route, String model) {
        try (var answer = upstream.to(route.provider()).send(route.credential().signed(ask))) {
            var other = answer.ok() ? Optional.<Credential>empty() : route.credential().instead(new ApiError(answer.status(), ""));
            if (other.isPresent()) return told(ask, route.with(other.get()), model);
            var text = answer.text();
            var count = Json.objectIn(text);
            var name = NAMES.stream().filter(known -> answer.ok() && Json.isNumber(count, known)).findFirst();
            if (name.isPresent()) return OptionalLong.of(Json.number(count, name.get()));
            // LM Studio answers 200 to paths that it does not know.
            if (answer.ok() || NEVER.contains(answer.status()) || answer.status() == 400 && text.contains("support")) unable.add(model);
            return OptionalLong.empty();
        }
    }
}
