package lib.provider;

import com.google.gson.JsonObject;
import lib.wire.ApiError;

import java.time.Duration;
import java.util.function.Consumer;

/// Signing in where a person agrees in a browser: a code is shown, and the server asked until it has been entered there.
/// https://www.rfc-editor.org/rfc/rfc8628
public interface SignIn {
    /// What is shown, and how to ask about it: `device` is the server's name for it, `life` how long it can be entered.
    record Code(String address, String text, String device, Duration interval, Duration life) { }

    /// What the server says when it is asked.
    sealed interface Answer { }

    /// Nobody has entered it yet; from now on so much longer is to pass between two questions.
    record NotYet(Duration longer) implements Answer { }

    /// Done. The login is what is to be kept.
    record Done(JsonObject login) implements Answer { }

    Code begin();

    /// Fails, in words, if the person has refused or the code has expired.
    Answer ask(Code code);

    /// On what conditions.
    String terms();

    /// Asks until it is done, whatever the network does meanwhile. `pause` is how to wait.
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
        throw new ApiError(401, "nobody entered the code within " + code.life().toMinutes() + " minutes; begin again");
    }

    private Answer patiently(Code code) {
        try {
            return ask(code);
        } catch (ApiError e) {
            if (e.status() < 500) throw e;
            return new NotYet(Duration.ZERO);   // out of reach, or out of order
        }
    }
}
