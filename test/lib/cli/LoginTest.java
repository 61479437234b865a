package lib.cli;

import module java.base;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import lib.config.*;
import lib.json.*;
import lib.subscription.*;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// What a person reads who signs in.
class LoginTest {
    @TempDir Path folder;
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    private Login login(Config config) { return new Login(config, new PrintStream(shown), _ -> { }); }

    private Config config(String address) { return new Config(Map.of("XDG_STATE_HOME", folder.toString(), "GITHUB_SERVER_URL", address, "GITHUB_API_URL", address)); }

    @Test void theAddressAndTheCodeAreShownAndTheTokenIsNot() throws Exception {
        try (var github = new MockWebServer()) {
            github.start();
            for (var body : new String[]{"{\"device_code\":\"dc\",\"user_code\":\"WDJB-MJHT\",\"verification_uri\":\"https://github.com/login/device\",\"expires_in\":900,\"interval\":5}",
                "{\"access_token\":\"gho_secret\"}", "{\"token\":\"tid=secret\",\"expires_at\":4000000000}"}) github.enqueue(new MockResponse.Builder().body(body).build());
            var config = config("http://127.0.0.1:" + github.getPort());
            login(config).in("copilot");
            assertEquals("gho_secret", Json.text(new Logins(config).of("github_copilot"), "github_token"));
            assertTrue(shown.toString().contains("https://github.com/login/device\nEnter this code:  WDJB-MJHT") && shown.toString().contains("at your own risk"), shown.toString());
            assertFalse(shown.toString().contains("secret"), shown.toString());
            login(config).out("copilot");
            assertTrue(new Logins(config).of("github_copilot").isEmpty());
        }
    }

    @Test void withoutANameItSaysWhereOneCanSignIn() {
        login(config("")).in("");
        assertEquals("Providers that `freecc login <provider>` can sign you in to:\ngithub_copilot (GitHub Copilot)\nchatgpt (ChatGPT)", shown.toString().strip());
    }

    @Test void aProviderWithoutALoginIsTold() {
        assertEquals("groq uses an API key, not a login; you can sign in to github_copilot (GitHub Copilot), chatgpt (ChatGPT)",
            assertThrows(Config.Wrong.class, () -> login(config("")).in("groq")).getMessage());
        assertEquals("unknown provider 'nobody'; you can sign in to github_copilot (GitHub Copilot), chatgpt (ChatGPT)",
            assertThrows(Config.Wrong.class, () -> login(config("")).in("nobody")).getMessage());
    }
}
