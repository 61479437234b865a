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
        person.out.println("Which provider serves your models? Type its number, or a part of its name to search all "
            + Providers.all().size() + ".");
        var row = provider();
        credentials(row);
        models(row);
        while (!works()) {
            switch (person.ask("[k]ey again, [m]odels again, [s]ave all the same, or [q]uit?").toLowerCase(Locale.ROOT)) {
                case "k" -> credentials(row);
                case "m" -> models(row);
                case "s" -> {
                    return written(command);
                }
                case "q" -> {
                    person.out.println("Nothing was written.");
                    return false;
                }
                default -> person.out.println("Type k, m, s or q.");
            }
        }
        return written(command);
    }

    private Provider provider() {
        var rows = new LinkedHashMap<String, List<String>>();
        var usual = Providers.all().stream().filter(row -> row.autodetect() || row.server().isPresent() || row.signIn(before).isPresent());
        Stream.concat(usual, Providers.all().stream()).filter(row -> !row.id().equals("demo"))
            .forEach(row -> rows.putIfAbsent(row.id(), List.of(row.id(), row.name(), Commands.isSet(row, before) ? "its key is set" : "")));
        var set = Providers.all().stream().filter(row -> row.autodetect() && Commands.isSet(row, before)).findFirst().map(Provider::id);
        return Providers.find(person.choose("Provider", new Dialogue.Choices(rows), set.orElse(""), false), before).orElseThrow();
    }

    /// The key, or whatever the provider needs instead. The models' own keys and addresses are another provider's.
    private void credentials(Provider row) {
        for (var tier : List.of(Tier.BIG, Tier.SMALL)) for (var part : List.of("API_KEY", "API_BASE"))
            if (!before.get(tier.setting(part)).isEmpty()) settings.put(tier.setting(part), "");
        for (var name : row.needs()) if (now().get(name).isEmpty()) settings.put(name, person.ask(name + ":"));
        if (row.signIn(now()).isPresent()) {
            new Login(now(), person.out, Login::sleep).in(row.id());
            return;
        }
        if (row.local()) {
            var base = person.ask("Address of " + row.name() + " [" + row.completed(now().first(row.baseVariables())) + "]:");
            if (!base.isEmpty()) settings.put(row.baseVariables().getFirst(), base);
            return;
        }
        var variable = row.keyVariables().getFirst();
        var isSet = Commands.isSet(row, now());
        var isCloud = row.access() != Access.BY_KEY && row.access() != Access.BY_FAMILY;
        var hint = isSet ? "Enter keeps the one that is set" : isCloud ? "Enter if you have other credentials, see CLOUDS.md" : "it is not shown";
        var key = person.askSecretly("Key for " + row.name() + " (" + hint + "):");
        while (key.isEmpty() && !isSet && !isCloud) key = person.askSecretly("A key is needed; " + row.name() + " gives you one. Key:");
        if (!key.isEmpty()) settings.put(variable, key);
    }

    private void models(Provider row) {
        var served = served(row);
        var rows = new LinkedHashMap<String, List<String>>();
        for (var name : served) rows.put(name, List.of(name, "", ""));
        if (served.isEmpty()) for (var model : catalogue.models(row.id()))
            rows.put(model.id(), List.of(model.id(), Figures.brief(model.context()) + " window", Figures.price(model).orElse("")));
        var choices = new Dialogue.Choices(rows);
        var first = served.isEmpty() ? "" : served.getFirst();
        person.out.println("The big model does the work; the small one writes titles and other short texts.");
        var big = person.choose("Big model", choices, row.bigModel().isEmpty() ? first : row.bigModel(), true);
        var small = person.choose("Small model", new Dialogue.Choices(rows, 0), row.smallModel().isEmpty() ? big : row.smallModel(), true);
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
            person.out.println("No server answers at " + base + " yet.");
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
        var checkup = new Checkup(now(), person.out);
        return checkup.run("big", false) && (settings.get(Tier.SMALL.setting("NAME")).equals(settings.get(Tier.BIG.setting("NAME")))
            || checkup.run("small", false));
    }

    private boolean written(String command) throws IOException {
        EnvEditor.set(file, settings);
        var names = settings.entrySet().stream().filter(one -> !one.getValue().isEmpty()).map(Map.Entry::getKey);
        person.out.println("\nWritten to " + file.toAbsolutePath() + ", which only you can read: " + names.collect(Collectors.joining(", ")));
        settings.forEach((name, value) -> {
            if (!environment.get(name).isEmpty() && !environment.get(name).equals(value))
                person.out.println("! " + name + " is also set in your environment, which wins; unset it there.");
        });
        person.out.println("Start Claude Code with:  " + command);
        return true;
    }
}
