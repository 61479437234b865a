package lib.dialect.text;

import com.google.gson.JsonObject;

import lib.message.*;
import lib.quirk.*;
import lib.route.*;
import lib.wire.*;

/// What a form can say of a request: the model, the prompt, the longest answer, and what the client set.
record TextRequest(Request request, Route route) {
    String model() { return route.name(); }

    String prompt() { return Transcript.of(request.message()); }

    long most() { return ParameterQuirks.output(request, route); }

    /// With what the client set, where it goes by the same names.
    JsonObject with(JsonObject body, String... settings) {
        if (route.model().temperature()) Json.pass(request.message(), body, settings);
        return body;
    }

    /// Drawn by chance if the client wants it, which must be said in so many words; a temperature of nothing, and a
    /// top_p of everything, are refused.
    JsonObject drawn(JsonObject body, String how, Object yes) {
        var temperature = Json.decimal(request.message(), "temperature");
        var share = Json.decimal(request.message(), "top_p");
        if (temperature <= 0 || !route.model().temperature()) return body;
        Json.put(body, how, yes);
        Json.put(body, "temperature", temperature);
        if (share > 0 && share < 1) Json.put(body, "top_p", share);
        return body;
    }
}
