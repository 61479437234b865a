package claude;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

import java.util.ArrayList;
import java.util.List;

/// Short words for JSON trees.
final class Json {
    private static final Gson GSON = new Gson();

    private Json() {}

    static JsonObject object(Object... namesAndValues) {
        var object = new JsonObject();
        for (int i = 0; i < namesAndValues.length; i += 2) object.add((String) namesAndValues[i], GSON.toJsonTree(namesAndValues[i + 1]));
        return object;
    }

    static JsonArray array(JsonElement... elements) {
        var array = new JsonArray();
        for (var element : elements) array.add(element);
        return array;
    }

    static String quoted(String text) { return new JsonPrimitive(text).toString(); }

    /// The text of a member; other JSON as it is written; empty when there is none.
    static String text(JsonObject object, String name) {
        var value = object.get(name);
        if (value == null || value.isJsonNull()) return "";
        return value.isJsonPrimitive() ? value.getAsString() : value.toString();
    }

    static List<JsonObject> objects(JsonObject object, String name) {
        var all = new ArrayList<JsonObject>();
        if (object.get(name) instanceof JsonArray array) for (var element : array) all.add(element.getAsJsonObject());
        return all;
    }
}
