package lib.model;

import module java.base;

import lib.json.*;
import lib.wire.*;

/// Facts about models, from lib/model/models.json, which test/Models.java writes.
public final class Catalogue {
    private static final Pattern DIGITS = Pattern.compile("(?<=\\d)p(?=\\d)");
    private static final List<String> TUNED = List.of("ft-", "databricks-");

    /// Letters of the names whose models are remembered: a client may ask for any number of names.
    private static final long MOST_ASKED = 100_000;

    private final String date;
    private final Optional<String> fetched;
    private final Set<String> fetchedModels = new HashSet<>();
    private final SequencedMap<String, List<Listing>> listed = new LinkedHashMap<>();       // provider -> its models
    private final SequencedMap<String, Map<String, Listing>> known = new LinkedHashMap<>(); // provider -> spelling -> model
    private final Map<String, Listing> anywhere = new HashMap<>();                          // bare name -> its maker's model
    private final Memo<String, Model> asked = new Memo<>(MOST_ASKED, model -> model.id().length());
    private final Lazy<UnknownModels> unknown = new Lazy<>(() -> new UnknownModels(listed, Catalogue::bare));

    public static Catalogue shipped() { return new Catalogue(ShippedModels.read(), Optional.empty()); }

    /// With what the user has fetched since; a file that cannot be used is reported to `warn`.
    public static Catalogue with(ModelCache cache, Consumer<String> warn) {
        return new Catalogue(ShippedModels.read(), cache.read(warn));
    }

    private Catalogue(ShippedModels shipped, Optional<JsonObject> facts) {
        this.date = shipped.date();
        this.fetched = facts.map(cache -> Json.text(cache, "date"));
        var providers = facts.map(shipped::with).orElseGet(shipped::rows);
        for (var provider : providers.keySet()) {
            var byBare = new LinkedHashMap<String, Listing>();   // under their bare names, of which the first counts
            var all = new ArrayList<Listing>();
            providers.get(provider).forEach((id, row) -> {
                var bare = bare(id);
                var maker = Optional.ofNullable(anywhere.get(bare));
                all.add(new Listing(id, new Lazy<>(() -> model(id, row.get(), maker))));
                byBare.putIfAbsent(bare, all.getLast());
                if (fetched.isPresent() && Json.flag(row.get(), "fetched")) fetchedModels.add(provider + "/" + id);
            });
            var spelled = new HashMap<String, Listing>();
            for (var model : all) spelled.putIfAbsent(plain(model.id()), model);
            byBare.forEach((bare, model) -> {
                spelled.putIfAbsent(bare, model);
                anywhere.computeIfAbsent(bare, _ -> new Listing(model.id(), new Lazy<>(() -> model.model().elsewhere())));
            });
            listed.put(provider, all);
            known.put(provider, spelled);
        }
    }

    /// Of when the shipped facts and prices are, as an ISO date.
    public String date() { return date; }

    /// When models.dev's facts were fetched, if they were.
    public Optional<String> fetched() { return fetched; }

    /// Whether the facts are models.dev's.
    public boolean isFetched(String provider, String id) { return fetchedModels.contains(provider + "/" + id); }

    /// All providers with models.
    public Set<String> providers() { return Collections.unmodifiableSet(listed.keySet()); }

    /// The models of a provider, empty if the catalogue has none.
    public List<Model> models(String provider) {
        return listed.getOrDefault(plain(provider), List.of()).stream().map(Listing::model).toList();
    }

    /// Looks a provider's model up by its name, then by the longest prefix that ends at a `-`, `:`, `@` or `/`, then at other
    /// providers by the last segment of the name. A model that is not found is described by its relatives.
    public Model model(String provider, String name) { return asked.get(provider + " " + name, () -> found(provider, name)); }

    private Model found(String provider, String name) {
        var own = known.getOrDefault(plain(provider), Map.of());
        var here = Stream.of(plain(name), lastSegment(name), bare(name)).map(spelling -> longest(own, spelling));
        var abroad = Stream.of(lastSegment(name), bare(name)).map(spelling -> longest(anywhere, spelling));
        return here.flatMap(Optional::stream).findFirst().map(model -> model.named(name))
            .or(() -> abroad.flatMap(Optional::stream).findFirst().map(model -> abroad(provider, model.named(name))))
            .orElseGet(() -> guess(provider, name));
    }

    private Model guess(String provider, String name) { return unknown.get().guess(plain(provider), name, ModelName.of(bare(name))); }

    /// Resellers often omit the levels that the maker lists.
    private Model abroad(String provider, Model model) {
        if (!model.reasons() || model.hasLevels()) return model;
        return unknown.get().levels(plain(provider), ModelName.of(bare(model.id()))).map(model::with).orElse(model);
    }

    /// Providers that have a model of this name, makers first, each with its own name for the model. If none has it, the
    /// longest prefix counts, as for a dated name.
    public SequencedMap<String, String> providers(String name) {
        var homes = new LinkedHashMap<String, String>();
        var whole = plain(name);
        for (var part = whole; homes.isEmpty() && !part.isEmpty(); part = shorter(part))
            for (var provider : known.entrySet()) {
                var id = Optional.ofNullable(provider.getValue().get(part)).map(Listing::id).orElse("");
                if (id.isEmpty()) continue;
                if (part.equals(whole)) homes.put(provider.getKey(), id);
                else if (plain(id).equals(part)) homes.put(provider.getKey(), name);
            }
        return homes;
    }

    private static Optional<Model> longest(Map<String, Listing> models, String name) {
        for (var part = name; !part.isEmpty(); part = shorter(part))
            if (models.containsKey(part) && isSame(part, name)) return Optional.of(models.get(part).model());
        return Optional.empty();
    }

    /// Whether the longer name means the same version: `mistral-large-5` is not a `mistral-large`.
    private static boolean isSame(String part, String name) {
        if (part.equals(name)) return true;
        var shorter = ModelName.of(bare(part));
        var whole = ModelName.of(bare(name));
        return shorter.version() == whole.version() && (whole.isNumbered() || shorter.date() == whole.date());
    }

    /// Without its last part; empty if it has only one.
    private static String shorter(String name) {
        return name.substring(0, Math.max(0, Math.max(name.lastIndexOf('-'), name.lastIndexOf('/'))));
    }

    /// Without a path and prefixes such as `us.anthropic.` and `ft:`; Fireworks' 2p6 becomes 2.6.
    private static String bare(String name) {
        var bare = withoutPrefixes(unmarked(lastSegment(name)));
        return bare.contains("p") ? DIGITS.matcher(bare).replaceAll(".") : bare;
    }

    /// Without a pattern, because this is done to every name at start.
    private static String withoutPrefixes(String name) {
        var from = 0;
        for (var tuned : TUNED) if (name.startsWith(tuned) && !name.equals(tuned)) from = tuned.length();
        for (var at = from; at + 1 < name.length(); at++) {
            var c = name.charAt(at);
            if (c == '.' && at > from) from = at + 1;
            else if (c != '-' && (c < 'a' || c > 'z')) break;
        }
        return name.substring(from);
    }

    /// SAP adds the maker and reverses Claude's names: `anthropic--claude-4.5-sonnet` is claude-sonnet-4-5.
    private static String unmarked(String name) {
        if (!name.contains("--")) return name;
        var plain = name.replaceFirst("^[a-z]+--", "");
        if (plain.equals(name)) return name;
        return plain.replaceFirst("^claude-(\\d+)\\.?(\\d*)-([a-z]+)$", "claude-$3-$1-$2").replaceFirst("-$", "");
    }

    static String lastSegment(String name) { return plain(name).substring(name.lastIndexOf('/') + 1); }

    /// In lower case, with `-` instead of `:` and `@`.
    private static String plain(String name) { return name.toLowerCase(Locale.ROOT).replace(':', '-').replace('@', '-'); }

    /// With the maker's facts, which hold for the model everywhere and are left out in resellers' rows.
    private static Model model(String id, JsonObject row, Optional<Listing> maker) {
        var own = model(id, row);
        return own.as(maker.map(Listing::model).orElse(own));
    }

    private static Model model(String id, JsonObject row) {
        var output = Json.has(row, "output") ? Json.number(row, "output") : Family.of(id).safe(id).output();
        return new Model(id, Json.number(row, "context"), output, !Json.has(row, "image"), Json.flag(row, "pdf"), true,
            Json.has(row, "levels"), levels(Json.text(row, "levels")), !Json.has(row, "temperature"), price(row));
    }

    /// `off low high=default` -> {off: "", low: "low", high: "default"}. Gemini's dialect adds the capitals.
    private static Map<String, String> levels(String line) {
        var levels = new HashMap<String, String>();
        for (var word : line.split(" ")) {
            var level = word.split("=");
            var value = level.length > 1 ? level[1].toLowerCase(Locale.ROOT) : word.equals("off") ? "" : word;
            if (!word.isEmpty()) levels.put(level[0], value);
        }
        return Map.copyOf(levels);
    }

    private static Price price(JsonObject row) {
        var rates = new TreeMap<Long, Price.Rate>();
        rate(row, "price").ifPresent(usual -> rates.put(0L, usual));
        for (var above : Json.keys(Json.at(row, "above")))
            rate(Json.at(row, "above"), above).ifPresent(rate -> rates.put(Long.parseLong(above), rate));
        return rates.isEmpty() ? Price.UNKNOWN : new Price(rates);
    }

    private static Optional<Price.Rate> rate(JsonObject row, String name) {
        var rate = Json.list(row, name).stream().mapToDouble(Json::decimal).toArray();
        return rate.length == 4 ? Optional.of(new Price.Rate(rate[0], rate[1], rate[2], rate[3])) : Optional.empty();
    }
}
