package lib.cli;

import lib.provider.Config;
import lib.provider.Logins;
import lib.provider.Provider;
import lib.provider.Providers;
import lib.provider.SignIn;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Signing in at a provider that takes a person's subscription and not a key, and out again.
final class Login {
    private final Config config;
    private final PrintStream out;
    private final Consumer<Duration> pause;

    /// `pause` is how to wait for the person at the browser.
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
            out.println("Sign in with `freecc login <provider>`:\n" + possible("\n"));
            return;
        }
        var provider = provider(name);
        var signIn = signIn(provider);
        var logins = new Logins(config);
        logins.of(provider.id());   // a file that cannot be read is told before anyone goes to a browser
        var code = signIn.begin();
        out.println("Open  " + code.address() + "\nand enter  " + code.text() + "\n");
        out.println("Never enter a code that someone else gave you. " + signIn.terms() + "\n");
        out.println("Waiting for you...");
        logins.save(provider.id(), signIn.login(code, pause));
        out.println("Signed in: BIG_MODEL_PROVIDER=" + provider.id() + " or /model " + provider.id() + "/<model> now needs no key.");
    }

    void out(String name) {
        var provider = provider(name);
        signIn(provider);
        out.println(new Logins(config).forget(provider.id()) ? "Signed out of " + provider.name() + " here." : "Nobody was signed in to " + provider.name() + ".");
    }

    private Provider provider(String name) {
        return Providers.find(name, config).orElseThrow(() -> new Config.Wrong("there is no provider " + name + "; to sign in: " + possible(", ")));
    }

    private SignIn signIn(Provider provider) {
        return provider.signIn(config).orElseThrow(() -> new Config.Wrong(provider.id() + " takes a key, and no login; to sign in: " + possible(", ")));
    }

    private String possible(String between) {
        return Providers.all().stream().filter(row -> row.signIn(config).isPresent()).map(row -> row.id() + " (" + row.name() + ")").collect(Collectors.joining(between));
    }
}
