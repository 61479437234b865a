package lib.page;

import module java.base;

import lib.config.*;
import lib.json.*;
import lib.model.*;
import lib.route.*;
import lib.routing.*;
import lib.wire.*;

/// `GET /api/routes`: `{"routes": [{"setting": "BIG_MODEL", "route", "rests_until", "keys", "context", "price": {"input", "output"},
/// "fallbacks": [{"route", "rests_until", "keys"}], "problem"}]}`, the models that are configured. A price is in US dollars per million
/// tokens, null where it is not known; a problem says what to do. Where a variable holds several keys, each is
/// `{"name": "key 1 of 2 of GROQ_API_KEY", "rests_until", "rests_for"}`. Until the time in `rests_until`, a route or key is asked only
/// if the others fail or rest, too; it is null for one that does not rest. A key rests for the model in `rests_for`, or if that is
/// null, for every model.
public record RouteTable(Routes routes, ContextWindows windows, Fallbacks fallbacks) {
    public JsonObject json() {
        var rows = new ArrayList<JsonObject>();
        routes.configured().forEach((setting, route) -> rows.add(row(setting, route)));
        return Json.object("routes", Json.arrayOf(rows));
    }

    private JsonObject row(String setting, Supplier<Route> configured) {
        var row = Json.object("setting", setting, "route", null, "rests_until", null, "keys", Json.array(), "context", null, "price", null,
            "fallbacks", Json.array(), "problem", null);
        try {
            var route = windows.fitted(configured.get());
            state(row, route);
            Json.put(row, "context", route.model().context());
            Json.put(row, "price", route.model().price().usual().map(Price.Rate::json).orElse(null));
            Json.put(row, "fallbacks", Json.arrayOf(routes.fallbacks(setting).stream().map(other -> state(Json.object(), other)).toList()));
        } catch (ApiError | Config.Wrong e) {
            Json.put(row, "problem", e.getMessage());
        }
        return row;
    }

    private JsonObject state(JsonObject row, Route route) {
        Json.put(row, "route", route.label());
        Json.put(row, "rests_until", time(fallbacks.rests(route)));
        Json.put(row, "keys", Json.arrayOf(route.credential().keys().stream()
            .map(key -> Json.object("name", key.name(), "rests_until", time(key.rest().map(Credential.Rest::until)),
                "rests_for", key.rest().map(Credential.Rest::model).filter(model -> !model.isEmpty()).orElse(null))).toList()));
        return row;
    }

    private static String time(Optional<Instant> time) { return time.map(Instant::toString).orElse(null); }
}
