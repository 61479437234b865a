package lib.dialect.text;


import lib.json.*;
import lib.message.*;
import lib.quirk.*;
import lib.route.*;

/// What a text service can use of a request: the model, the prompt, the output limit and the client's parameters.
record TextRequest(Request request, Route route) {
    String model() { return route.name(); }

    String prompt() { return Transcript.of(request.message()); }

    long most() { return ParameterQuirks.output(request, route); }

    /// Adds the parameters that the client set, under the same names.
    JsonObject with(JsonObject body, String... settings) {
        if (route.model().temperature()) Json.pass(request.message(), body, settings);
        return body;
    }

    /// Turns sampling on if the temperature is above 0: these services need an explicit flag, and refuse a temperature of 0
    /// and a top_p of 1.
    JsonObject sampled(JsonObject body, String how, Object yes) {
        var temperature = Json.decimal(request.message(), "temperature");
        var share = Json.decimal(request.message(), "top_p");
        if (temperature <= 0 || !route.model().temperature()) return body;
        Json.put(body, how, yes);
        Json.put(body, "temperature", temperature);
        if (share > 0 && share < 1) Json.put(body, "top_p", share);
        return body;
    }
}
