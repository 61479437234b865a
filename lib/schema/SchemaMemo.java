package lib.schema;

import module java.base;

import lib.json.*;
import lib.wire.*;

/// What was made of the schemas of tools: a session offers the same tools in every request.
public final class SchemaMemo<T> {
    private static final int MOST = 512, LONGEST = 16 * 1024;

    private record Key(Written schema, String note) {
        Key own() { return new Key(schema.own(), note); }
    }

    private final Memo<Key, T> made = new Memo<>(MOST, _ -> 1);

    /// What `maker` made of this schema and this note the last time, or makes now.
    public T get(JsonObject schema, String note, Supplier<T> maker) {
        var key = new Key(Json.key(schema), note);
        if (key.schema().length() > LONGEST) return maker.get();
        return made.known(key).orElseGet(() -> made.get(key.own(), maker));
    }
}
