package lib.request;

import module java.base;

import lib.json.*;
import lib.message.*;
import lib.route.*;

/// A conversation as it is told to a model, exchange by exchange. An exchange that an earlier request had, too, is told once.
public final class Exchanges {
    private Exchanges() {}

    /// `telling` depends on nothing but the turns and what `Route.view` names.
    public static List<JsonObject> told(JsonObject message, Route route, Toolbox toolbox,
        Function<List<JsonElement>, List<JsonObject>> telling) {
        var view = route.view();
        var told = new ArrayList<JsonObject>();
        for (var turns : History.exchanges(message)) {
            Supplier<JsonArray> teller = () -> Json.arrayOf(telling.apply(turns));
            for (var one : toolbox.isPlain() ? Json.made(turns, view, teller) : teller.get()) told.add((JsonObject) one);
        }
        return told;
    }
}
