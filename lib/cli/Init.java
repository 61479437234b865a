package lib.cli;

import module java.base;

import lib.access.*;
import lib.config.*;
import lib.model.*;
import lib.provider.*;

/// Asks for a provider, its key and two models, tries them, and writes them to a `.env`.
final class Init {
    private final Config environment;
    private final Path file;
    private final Dialogue person;
    private final Catalogue catalogue = Catalogue.shipped();
    private final SequencedMap<String, String> settings = new LinkedHashMap<>();
    private final Config before;

    /// The environment alone, and the file to write.
    Init(Config environment, Path file, Dialogue person) {
        this.environment = environment;
        this.file = file;
        this.person = person;
        this.before = environment.over(file);
    }

    /// True if it was written.
    boolean run(String command) throws IOException {
        person.out.println("Which provider serves your models? Type its number, a part of its name to search all "
            + Providers.all().size() + ",\nor the address of a server of your own.\n");
        var row = chosen();
        while (!works()) {
            switch (decision()) {
                case "k" -> credentials(row, true);
                case "m" -> models(row);
                case "p" -> row = chosen();
                case "s" -> {
                    return written(command);
                }
                case "q" -> {
                    person.out.println("Nothing was written.");
                    return false;
                }
                default -> { }   // the same again
            }
        }
        return written(command);
    }

    private String decision() {
        while (true) {
            person.out.println("\nr: try again  k: change the key or address  m: the models  p: the provider  s: save as it is  q: quit");
            var letter = person.ask("What next?").toLowerCase(Locale.ROOT);
            if (letter.matches("[rkmpsq]")) return letter;
            person.out.println("Type one of the letters r, k, m, p, s and q.");
        }
    }

    private Provider chosen() {
        settings.clear();
        var row = provider();
        credentials(row, settings.isEmpty());
        models(row);
        return row;
    }

    private Provider provider() {
        var rows = new LinkedHashMap<String, List<String>>();
        var usual = Providers.all().stream().filter(row -> row.autodetect() || row.server().isPresent() || row.signIn(before).isPresent());
        Stream.concat(usual, Providers.all().stream()).filter(row -> !row.id().equals("demo"))
            .forEach(row -> rows.putIfAbsent(row.id(), List.of(row.id(), row.name(), Commands.isSet(row, before) ? "its key is set" : "")));
        var set = Providers.all().stream().filter(row -> row.autodetect() && Commands.isSet(row, before)).findFirst().map(Provider::id);
        var said = person.choose("Provider", new Dialogue.Choices(rows), set.orElse(""), this::otherProvider);
        return isAddress(said) ? at(said) : Providers.find(said, before).orElseThrow();
    }

    /// An address, or another name of a provider.
    private Optional<String> otherProvider(String said) {
        return isAddress(said) ? Optional.of(said) : Providers.find(said.toLowerCase(Locale.ROOT), before).map(Provider::id);
    }

    private static boolean isAddress(String said) {
        try {
            return said.matches("(?i)https?://.+") && URI.create(said).getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /// The provider at the address, or a server of the user's own, which needs a name.
    private Provider at(String address) {
        var known = Providers.at(BaseUrl.cleaned(address, "big_model"));
        if (known.isPresent()) {
            if (!known.get().completed(address).equals(known.get().base())) settings.put(known.get().baseVariables().getFirst(), address);
            return known.get();
        }
        var proposed = nameOf(address);
        while (true) {
            var said = person.ask("A short name for this server [" + proposed + "]:").toLowerCase(Locale.ROOT);
            var name = said.isEmpty() ? proposed : said;
            if (name.matches("[a-z][a-z0-9_-]*") && Providers.all().stream().noneMatch(row -> row.is(name))) {
                settings.put(Config.variable(name, "API_BASE"), address);
                return Providers.find(name, now()).orElseThrow();
            }
            person.out.println("Use letters, digits, - and _, and choose a name that is not one of FreeCC's providers.");
        }
    }

    /// `acme` for https://llm.acme.example/v1.
    private static String nameOf(String address) {
        var labels = URI.create(address).getHost().toLowerCase(Locale.ROOT).split("\\.");
        var name = labels[Math.max(0, labels.length - 2)];
        return name.matches("[a-z][a-z0-9-]*") && Providers.all().stream().noneMatch(row -> row.is(name)) ? name : "my_server";
    }

    /// The key, or whatever the provider needs instead. The models' own keys and addresses are another provider's.
    private void credentials(Provider row, boolean asksForAddress) {
        for (var tier : List.of(Tier.BIG, Tier.SMALL)) for (var part : List.of("API_KEY", "API_BASE"))
            if (!before.get(tier.setting(part)).isEmpty()) settings.put(tier.setting(part), "");
        for (var name : row.needs()) if (now().get(name).isEmpty()) settings.put(name, person.ask(name + ":"));
        if (row.signIn(now()).isPresent()) {
            new Login(now(), person.out, Login::sleep).in(row.id());
            return;
        }
        if (row.local() && asksForAddress) address(row);
        var isOwn = !Providers.all().contains(row);
        if (row.local() && !isOwn) return;
        var variable = row.keyVariables().getFirst();
        var isSet = Commands.isSet(row, now());
        var isCloud = row.access() != Access.BY_KEY && row.access() != Access.BY_FAMILY;
        var hint = isSet ? "Enter keeps the one that is set" : isCloud ? "Enter if you have other credentials, see CLOUDS.md"
            : isOwn ? "Enter if it needs none" : "it is not shown";
        var key = person.askSecretly("Key for " + row.name() + " (" + hint + "):");
        while (key.isEmpty() && !isSet && !isCloud && !isOwn)
            key = person.askSecretly("A key is needed; " + row.name() + " gives you one. Key:");
        if (!key.isEmpty()) settings.put(variable, key);
    }

    private void address(Provider row) {
        var usual = row.completed(now().first(row.baseVariables()));
        var said = person.ask("Address of " + row.name() + " [" + usual + "]:");
        while (!said.isEmpty() && !isAddress(said.contains("://") ? said : "http://" + said))
            said = person.ask("Write it as " + usual + ":");
        if (!said.isEmpty()) settings.put(row.baseVariables().getFirst(), said);
    }

    private void models(Provider row) {
        var served = served(row);
        var rows = new LinkedHashMap<String, List<String>>();
        for (var name : served) rows.put(name, List.of(name, "", ""));
        if (served.isEmpty()) for (var model : catalogue.models(row.id()))
            rows.put(model.id(), List.of(model.id(), Figures.brief(model.context()) + " window",
                Figures.price(model).orElse("price unknown")));
        var choices = new Dialogue.Choices(rows);
        var first = served.isEmpty() ? "" : served.getFirst();
        Function<String, Optional<String>> other = said -> Optional.of(said)
            .filter(_ -> rows.isEmpty() || person.confirm("'" + said + "' is not in the list. Use it all the same?"));
        person.out.println("\nThe big model does the work; the small one writes titles and other short texts.\n");
        var big = person.choose("Big model", choices, row.bigModel().isEmpty() ? first : row.bigModel(), other);
        var small = person.choose("Small model" + (rows.isEmpty() ? "" : " (? for the list)"), choices.hidden(),
            row.smallModel().isEmpty() ? big : row.smallModel(), other);
        settings.put(Tier.BIG.setting("PROVIDER"), row.id());
        settings.put(Tier.BIG.setting("NAME"), big);
        settings.put(Tier.SMALL.setting("PROVIDER"), row.id());
        settings.put(Tier.SMALL.setting("NAME"), small);
    }

    /// What the user's own server says that it has; empty for others, or if it does not answer.
    private List<String> served(Provider row) {
        if (row.server().isEmpty()) return List.of();
        var base = row.completed(now().first(row.baseVariables()));
        try {
            return row.server().get().models(base, now().first(row.keyVariables()));
        } catch (IOException e) {
            person.out.println(e instanceof ConnectException || e instanceof SocketTimeoutException
                ? "No server answers at " + base + " yet." : base + " does not list its models.");
            return List.of();
        }
    }

    private Config now() {
        var config = before;
        for (var setting : settings.entrySet()) config = config.with(setting.getKey(), setting.getValue());
        return config;
    }

    private boolean works() throws IOException {
        person.out.println("\nTrying both:\n");
        return new Checkup(now(), person.out).run(List.of(Tier.BIG.word(), Tier.SMALL.word()), false);
    }

    private boolean written(String command) throws IOException {
        EnvEditor.set(file, settings);
        var names = settings.entrySet().stream().filter(one -> !one.getValue().isEmpty()).map(Map.Entry::getKey);
        person.out.println("\nWritten to " + file.toAbsolutePath() + ", which only you can read:\n  "
            + names.collect(Collectors.joining(", ")) + "\n");
        settings.forEach((name, value) -> {
            if (!environment.get(name).isEmpty() && !environment.get(name).equals(value))
                person.out.println("! " + name + " is also set in your environment, which wins; unset it there.");
        });
        person.out.println("Start Claude Code with:  " + command);
        return true;
    }
}
