package lib.cli;

import module java.base;

import lib.config.*;
import lib.json.*;
import lib.model.*;
import lib.provider.*;
import lib.wire.*;

/// `freecc models`: what is known of models, as a table or as JSON, and how it is refreshed.
record Models(Config config, PrintStream out, PrintStream err) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> EFFORTS = List.of("off", "minimal", "low", "medium", "high", "xhigh", "max");
    private static final List<String> TITLES =
        List.of("model", "window", "output", "$ in", "$ out", "$ cached", "$ written", "inputs", "effort", "from");

    private record Row(String provider, Model model) {
        String name() { return provider + "/" + model.id(); }
    }

    static ModelCache cache(Config config) { return new ModelCache(config.stateFolder().resolve("models.json")); }

    /// Fetches models.dev's list; MODELS_DEV_URL names another address for it.
    void refresh() throws IOException {
        var url = config.get("MODELS_DEV_URL", ModelCache.SOURCE);
        var upstream = new Upstream(new Proxies(config::get), PATIENCE);
        try (var answer = upstream.send(Ask.get(url, Map.of("accept", "application/json")))) {
            if (!answer.ok()) throw new Config.Wrong(url + " answered " + answer.status() + "; try again later, or set MODELS_DEV_URL");
            var fetched = Json.parse(answer.body().readAllBytes());
            var count = cache(config).write(fetched, name -> Providers.find(name, config).isPresent(), LocalDate.now());
            err.println("Fetched " + count + " models from " + url + ".");
        } catch (Json.Malformed e) {
            throw new Config.Wrong(url + " did not answer with JSON; the old list is kept");
        }
    }

    /// The models whose <provider>/<model> contains the filter; without one, those of the providers that you can use.
    int print(String filter, boolean asJson) {
        var catalogue = Catalogue.with(cache(config), warning -> err.println("freecc: " + warning));
        var rows = rows(catalogue, filter.toLowerCase(Locale.ROOT));
        if (asJson) {
            out.println(Json.write(Json.object("models", Json.arrayOf(rows.stream().map(row -> json(row, catalogue)).toList()),
                "shipped", catalogue.date(), "fetched", catalogue.fetched().orElse(null))));
            return 0;
        }
        if (rows.isEmpty())
            throw new Config.Wrong("no model has '" + filter + "' in its name; `freecc models --refresh` fetches newer ones");
        var cells = rows.stream().map(row -> cells(row, catalogue)).toList();
        new Table(TITLES, cells).lines(Table.width(config::get)).forEach(out::println);
        err.println("Prices in US dollars per million tokens, '-' if unknown. " + ages(catalogue));
        return 0;
    }

    private static String ages(Catalogue catalogue) {
        return "FreeCC's own list is of " + catalogue.date() + "; " + catalogue.fetched()
            .map(date -> "models.dev's was fetched on " + date + " (" + age(date) + " days ago).")
            .orElse("`freecc models --refresh` fetches a newer one from models.dev.");
    }

    private static long age(String date) { return ChronoUnit.DAYS.between(LocalDate.parse(date), LocalDate.now()); }

    private List<Row> rows(Catalogue catalogue, String filter) {
        var all = catalogue.providers().stream().flatMap(provider -> catalogue.models(provider).stream()
            .map(model -> new Row(provider, model))).toList();
        if (!filter.isEmpty()) return all.stream().filter(row -> row.name().toLowerCase(Locale.ROOT).contains(filter)).toList();
        var usable = all.stream().filter(row -> isUsable(row.provider)).toList();
        return usable.isEmpty() ? all : usable;
    }

    private boolean isUsable(String provider) {
        return Providers.find(provider, config).filter(row -> row.access().isSet(row, config)).isPresent();
    }

    private static List<String> cells(Row row, Catalogue catalogue) {
        var model = row.model;
        var rate = model.price().usual();
        return List.of(row.name(), Figures.brief(model.context()), Figures.brief(model.output()), dollars(rate.map(Price.Rate::input)),
            dollars(rate.map(Price.Rate::output)), dollars(rate.map(Price.Rate::cacheRead)), dollars(rate.map(Price.Rate::cacheWrite)),
            String.join(" ", inputs(model)), String.join(" ", efforts(model)),
            catalogue.isFetched(row.provider, model.id()) ? "models.dev" : "FreeCC");
    }

    private static List<String> inputs(Model model) {
        return Stream.of(model.images() ? "image" : "", model.pdf() ? "pdf" : "").filter(kind -> !kind.isEmpty()).toList();
    }

    private static List<String> efforts(Model model) {
        return EFFORTS.stream().filter(model.levels()::containsKey).toList();
    }

    static String dollars(Optional<Double> price) {
        return price.map(known -> new BigDecimal(String.valueOf(known)).stripTrailingZeros().toPlainString()).orElse("-");
    }

    private static JsonObject json(Row row, Catalogue catalogue) {
        var model = row.model;
        var json = Json.object("provider", row.provider, "model", model.id(), "context", model.context(), "output", model.output());
        model.price().usual().ifPresent(rate -> Json.put(json, "price", Json.object("input", rate.input(), "output", rate.output(),
            "cache_read", rate.cacheRead(), "cache_write", rate.cacheWrite())));
        Json.put(json, "inputs", Json.arrayOf(inputs(model)));
        Json.put(json, "reasons", model.reasons());
        Json.put(json, "efforts", Json.arrayOf(efforts(model)));
        Json.put(json, "source", catalogue.isFetched(row.provider, model.id()) ? "models.dev" : "freecc");
        return json;
    }
}
