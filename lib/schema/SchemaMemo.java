package lib.schema;

import module java.base;

import lib.json.*;
import lib.wire.*;

/// What was made of the schemas of tools: a session offers the same tools in every request.
public final class SchemaMemo<T> {
    private static final int MOST = 512, LONGEST = 16 * 1024;

    private final Memo<List<?>, T> made = new Memo<>(MOST, _ -> 1);   // by schema and note

    /// What `maker` made of this schema and this note the last time, or makes now.
    public T get(JsonObject schema, String note, Supplier<T> maker) {
        var written = Json.key(schema);
        if (written.length() > LONGEST) return maker.get();
        return made.known(List.of(written, note)).orElseGet(() -> made.get(List.of(written.own(), note), maker));
    }
}
