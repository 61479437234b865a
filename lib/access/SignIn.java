package lib.access;

import module java.base;

import lib.json.*;
import lib.wire.*;

/// Signing in with a browser: the user enters a code there, and meanwhile the server is polled.
/// https://www.rfc-editor.org/rfc/rfc8628
public interface SignIn {
    /// The code for the user and the page to enter it at. `device` is the server's id for it, `life` how long it is valid.
    record Code(String address, String text, String device, Duration interval, Duration life) { }

    /// The server's reply to a poll.
    sealed interface Answer { }

    /// The code is not entered yet; from now on the interval is longer by this.
    record NotYet(Duration longer) implements Answer { }

    /// Signed in, with the login to save.
    record Done(JsonObject login) implements Answer { }

    Code begin();

    /// Fails with an explanation if the user has declined or the code has expired.
    Answer ask(Code code);

    /// The terms that the user should know.
    String terms();

    /// Polls until the user has signed in, whatever the network does meanwhile. `pause` waits.
    default JsonObject login(Code code, Consumer<Duration> pause) {
        var interval = code.interval();
        for (var waited = interval; waited.compareTo(code.life()) <= 0; waited = waited.plus(interval)) {
            pause.accept(interval);
            switch (patiently(code)) {
                case NotYet(var longer) -> interval = interval.plus(longer);
                case Done(var login) -> {
                    return login;
                }
            }
        }
        throw ApiError.invalid("the code was not entered within " + code.life().toMinutes() + " minutes; run the login again");
    }

    private Answer patiently(Code code) {
        try {
            return ask(code);
        } catch (ApiError e) {
            if (e.status() < 500) throw e;
            return new NotYet(Duration.ZERO);   // unreachable, or failing
        }
    }
}
