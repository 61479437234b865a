package lib.page;

import module java.base;

/// The page that people see at FreeCC's address: its files, which are on the class path, and the headers that go with them.
/// The chart library is Chart.js, as it is in its WebJar.
public final class Page {
    /// A file as it is served.
    public record File(String type, byte[] bytes) { }

    /// Where the page's files are; `/` is the page itself.
    public static final String FOLDER = "/page/";
    /// Nothing is loaded from elsewhere, no text becomes code or markup, and no other site can frame or read what is served.
    public static final Map<String, String> HEADERS = Map.of("content-security-policy", "default-src 'none'; script-src 'self'; "
            + "style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
            + "require-trusted-types-for 'script'; trusted-types 'none'",
        "x-content-type-options", "nosniff", "x-frame-options", "DENY", "referrer-policy", "no-referrer",
        "cross-origin-resource-policy", "same-origin", "cross-origin-opener-policy", "same-origin", "cache-control", "no-store");

    private static final String HTML = "text/html", JSON = "application/json";
    private static final String CHARTS = "/META-INF/resources/webjars/chart.js/4.5.1/dist/chart.umd.min.js";
    private static final Map<String, String> TYPES = Map.of("html", "text/html; charset=utf-8", "css", "text/css; charset=utf-8",
        "js", "text/javascript; charset=utf-8", "svg", "image/svg+xml");
    private static final Set<String> FILES = Set.of("index.html", "app.css", "icon.svg", "app.js", "client.js", "dom.js",
        "format.js", "readable.js", "requests.js", "routes.js", "charts.js", "inspector.js", "views.js", "changes.js");

    private Page() {}

    /// Whether who sends this Accept header would rather read a page than JSON. Programs that accept anything get JSON.
    public static boolean isWanted(String accept) {
        var html = preference(accept, HTML);
        return html > 0 && html >= preference(accept, JSON);
    }

    private static double preference(String accept, String type) {
        for (var entry : accept.split(",")) {
            var parts = entry.strip().toLowerCase(Locale.ROOT).split("\\s*;\\s*");
            if (!parts[0].equals(type)) continue;
            return Stream.of(parts).filter(part -> part.matches("q=[01](\\.\\d{0,3})?")).findFirst()
                .map(part -> Double.parseDouble(part.substring(2))).orElse(1.0);
        }
        return 0;
    }

    /// The page itself.
    public static File index() {
        return find(FOLDER + "index.html").orElseThrow(() -> new IllegalStateException("lib/page/index.html is not on the class path"));
    }

    /// The file at a path such as `/page/app.css`.
    public static Optional<File> find(String path) {
        var name = path.substring(FOLDER.length());
        if (name.equals("chart.js")) return read(CHARTS, name);
        return FILES.contains(name) ? read("/lib/page/" + name, name) : Optional.empty();
    }

    private static Optional<File> read(String resource, String name) {
        try (var in = Page.class.getResourceAsStream(resource)) {
            var type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
            return in == null ? Optional.empty() : Optional.of(new File(type, in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
