package lib.server;

import module java.base;

import lib.json.*;
import lib.model.*;
import lib.route.*;
import lib.routing.*;
import lib.wire.*;

/// GET /v1/models: what can be asked for here, under names that Claude Code's picker shows.
/// https://docs.claude.com/en/api/models-list
record ModelList(Supplier<Routes> routes) {
    private static final String SINCE = "1970-01-01T00:00:00Z";   // no provider says when; Anthropic's clients want a date

    JsonObject all() {
        var models = models();
        var ids = models.keySet().stream().toList();
        return Json.object("data", Json.arrayOf(models.values()), "has_more", false,
            "first_id", ids.isEmpty() ? null : ids.getFirst(), "last_id", ids.isEmpty() ? null : ids.getLast());
    }

    JsonObject one(String id) {
        var listed = models().get(id);
        if (listed != null) return listed;
        try {
            return model(id, routes.get().of(id));
        } catch (ApiError e) {
            throw new ApiError(404, "model: " + id + " is not served here");
        }
    }

    private Map<String, JsonObject> models() {
        var models = new LinkedHashMap<String, JsonObject>();
        routes.get().listed().forEach((id, route) -> models.put(id, model(id, route)));
        return models;
    }

    private static JsonObject model(String id, Route route) {
        Model facts = route.model();
        return Json.object("type", "model", "id", id, "display_name", route.label(), "created_at", SINCE,
            "max_input_tokens", facts.context(), "max_tokens", facts.output());
    }
}
