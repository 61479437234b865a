package lib.cli;

import module java.base;

import lib.access.*;
import lib.config.*;
import lib.provider.*;
import lib.subscription.*;

/// Signs a person in to a provider, whose subscription then replaces an API key, and out again.
final class Login {
    private final Config config;
    private final PrintStream out;
    private final Consumer<Duration> pause;

    /// `pause` waits between two questions to the provider.
    Login(Config config, PrintStream out, Consumer<Duration> pause) {
        this.config = config;
        this.out = out;
        this.pause = pause;
    }

    static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Config.Wrong("interrupted");
        }
    }

    void in(String name) {
        if (name.isEmpty()) {
            out.println("Providers that `freecc login <provider>` can sign you in to:\n" + possible("\n"));
            return;
        }
        var provider = provider(name);
        var signIn = signIn(provider);
        var logins = new Logins(config);
        logins.of(provider.id());   // fails now, and not after the browser, if the file cannot be read
        var code = signIn.begin();
        out.println("Open this page:   " + code.address() + "\nEnter this code:  " + code.text() + "\n");
        out.println("Never enter a code that someone else gave you. " + signIn.terms() + "\n");
        out.println("Waiting for you to enter the code...");
        logins.save(provider.id(), signIn.login(code, pause));
        out.println("Signed in to " + provider.name() + ". To use it, set BIG_MODEL_PROVIDER=" + provider.id()
            + ", or type /model " + provider.id() + "/<model> in Claude Code.");
    }

    void out(String name) {
        var provider = provider(name);
        signIn(provider);
        out.println(new Logins(config).forget(provider.id()) ? "Signed out of " + provider.name() + "."
            : "You were not signed in to " + provider.name() + ".");
    }

    private Provider provider(String name) {
        return Providers.find(name, config)
            .orElseThrow(() -> new Config.Wrong("unknown provider '" + name + "'; you can sign in to " + possible(", ")));
    }

    private SignIn signIn(Provider provider) {
        return provider.signIn(config)
            .orElseThrow(() -> new Config.Wrong(provider.id() + " uses an API key, not a login; you can sign in to " + possible(", ")));
    }

    private String possible(String between) {
        return Providers.all().stream().filter(row -> row.signIn(config).isPresent())
            .map(row -> row.id() + " (" + row.name() + ")").collect(Collectors.joining(between));
    }
}
