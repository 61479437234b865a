package lib.page;

import module java.base;
import com.google.gson.JsonObject;

import lib.config.*;
import lib.model.*;
import lib.routing.*;
import lib.wire.*;

/// `GET /api/routes`: `{"routes": [{"setting": "BIG_MODEL", "route", "context", "price": {"input", "output"}, "problem"}]}`, the models
/// that are configured. A price is in US dollars per million tokens, null where it is not known; a problem says what to do.
public record RouteTable(Routes routes, ContextWindows windows) {
    public JsonObject json() {
        var rows = new ArrayList<JsonObject>();
        routes.configured().forEach((setting, route) -> {
            try {
                var fitted = windows.fitted(route.get());
                var price = fitted.model().price().usual().map(Price.Rate::json);
                rows.add(Json.object("setting", setting, "route", fitted.label(), "context", fitted.model().context(),
                    "price", price.orElse(null), "problem", null));
            } catch (ApiError | Config.Wrong e) {
                rows.add(Json.object("setting", setting, "route", null, "context", null, "price", null, "problem", e.getMessage()));
            }
        });
        return Json.object("routes", Json.arrayOf(rows));
    }
}
