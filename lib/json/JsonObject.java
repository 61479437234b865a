package lib.json;

import module java.base;

/// Keys in their order, each with a value. Most objects have few keys, which a search finds faster than a hash table. Some objects are
/// only checked at first, and read when somebody asks for what is in them.
public final class JsonObject extends JsonContainer {
    private static final int FEW = 12;
    private static final String[] NO_KEYS = {};
    private static final JsonElement[] NO_VALUES = {};   // what is missing reads as an empty object, often

    private String[] keys = NO_KEYS;
    private JsonElement[] values = NO_VALUES;
    private int size;
    private long hashes;   // a bit for each key, and for those that were removed: most keys that are asked for are not there
    private Optional<Map<String, JsonElement>> many = Optional.empty();   // instead of the arrays
    /// Asked for first and written last: several threads may copy and compare what is remembered, though none may change it.
    private volatile boolean unread;

    public JsonObject() {}

    /// One that is read when somebody asks.
    JsonObject(byte[] json, int from, int to) {
        unread = true;
        readFrom(json, from, to);
    }

    private JsonObject(JsonObject other) { become(other); }

    private void become(JsonObject other) {
        var later = other.unread;
        keys = other.keys;
        values = other.values;
        size = other.size;
        hashes = other.hashes;
        many = other.many;
        unread = later;
    }

    private void read() { if (unread) readNow(); }

    private synchronized void readNow() {
        if (!unread) return;
        var read = SliceReader.object(slice().json, slice().from);
        become(read);
        for (var i = 0; i < size; i++) adopt(values[i]);
        many.ifPresent(all -> all.values().forEach(this::adopt));
    }

    @Override void opened() {
        read();
        super.opened();
    }

    private static long bit(String key) { return 1L << key.hashCode(); }   // a string remembers its hash code

    private int place(String key) {
        if ((hashes & bit(key)) == 0) return -1;
        for (var i = 0; i < size; i++) if (keys[i] == key) return i;   // keys that were read are interned, like those in the code
        for (var i = 0; i < size; i++) if (keys[i].equals(key)) return i;
        return -1;
    }

    /// The value, or null.
    JsonElement get(String key) {
        var value = value(key);
        if (!(value instanceof JsonContainer)) return value;
        opened();
        return value(key);
    }

    private JsonElement value(String key) {
        read();
        if (many.isPresent()) return many.get().get(key);
        var i = place(key);
        return i < 0 ? null : values[i];
    }

    void add(String key, JsonElement value) {
        changing();
        put(key, value);
    }

    /// The same in an object that nobody has seen yet.
    void put(String key, JsonElement value) {
        held(value);
        if (many.isPresent()) {
            many.get().put(key, value);
            return;
        }
        var i = place(key);
        if (i < 0) i = size;
        if (i == FEW) {
            var all = new LinkedHashMap<String, JsonElement>();
            each(all::put);
            all.put(key, value);
            many = Optional.of(all);
            return;
        }
        if (i == keys.length) {
            keys = Arrays.copyOf(keys, i == 0 ? 4 : FEW);
            values = Arrays.copyOf(values, keys.length);
        }
        if (i == size) keys[size++] = key;
        hashes |= bit(key);
        values[i] = value;
    }

    void remove(String key) {
        changing();
        if (many.isPresent()) {
            many.get().remove(key);
            return;
        }
        var i = place(key);
        if (i < 0) return;
        System.arraycopy(keys, i + 1, keys, i, size - i - 1);
        System.arraycopy(values, i + 1, values, i, size - i - 1);
        size--;
        values[size] = null;
    }

    void forEach(BiConsumer<String, JsonElement> visit) {
        opened();
        each(visit);
    }

    private void each(BiConsumer<String, JsonElement> visit) {
        if (many.isPresent()) many.get().forEach(visit);
        else for (var i = 0; i < size; i++) visit.accept(keys[i], values[i]);
    }

    /// The keys as they are now.
    List<String> keys() {
        read();
        return many.isPresent() ? List.copyOf(many.get().keySet()) : List.of(Arrays.copyOf(keys, size));
    }

    public boolean isEmpty() { return size() == 0; }

    public int size() {
        read();
        return many.map(Map::size).orElse(size);
    }

    @Override JsonObject deepCopy() { return separated(new JsonObject(this)); }

    @Override void own() {
        keys = keys.clone();
        values = values.clone();
        for (var i = 0; i < size; i++) values[i] = heldCopy(values[i]);
        many = many.map(LinkedHashMap::new);
        many.ifPresent(all -> all.replaceAll((_, value) -> heldCopy(value)));
    }

    /// Equal whatever the order of the keys.
    @Override public boolean equals(Object other) {
        if (other == this) return true;
        if (!(other instanceof JsonObject object) || object.size() != size()) return false;
        for (var key : keys()) if (!value(key).equals(object.value(key))) return false;
        return true;
    }

    @Override public int hashCode() {
        var sum = 0;
        for (var key : keys()) sum += key.hashCode() ^ value(key).hashCode();
        return sum;
    }
}
