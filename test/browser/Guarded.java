package browser;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// A FreeCC with a key shows its page only to those who have it.
public class Guarded extends Browsing {
    private static final String KEY = "open-sesame-1";
    static Served served;

    @BeforeAll static void serve(@TempDir Path room) throws Exception { served = new Served(room, "FREECC_API_KEY", KEY, "FREECC_API_KEYS", "ada:adas-own-key"); }

    @AfterAll static void stop() throws Exception { served.close(); }

    /// A browser writes each 401 on its console, which no page can prevent.
    @AfterEach @Override void nothingIsOnTheConsole() {
        assertEquals(List.of(), chromium.console().stream().filter(line -> !line.contains("status of 401") && !line.contains("status of 403")).toList());
    }

    private static void type(String key) {
        chromium.find("#secret").sendKeys(key);
        chromium.click("#key button");
    }

    @Test void theKeyIsAskedForAWrongOneIsRefusedAndTheRightOneOpens() throws Exception {
        chromium.open(served.url);
        chromium.until("the key is asked for", () -> chromium.find("#secret").isDisplayed());
        assertFalse(chromium.find("#board").isDisplayed());
        assertEquals("", chromium.text("#refusal"));
        type("wrong");
        chromium.untilText("#refusal", "That key is wrong.");
        assertFalse(chromium.find("#board").isDisplayed());
        type("adas-own-key");
        chromium.untilText("#refusal", "send FREECC_API_KEY");
        type(KEY);
        chromium.untilText("#connection", "Live");
        assertTrue(chromium.find("#board").isDisplayed() && !chromium.find("#key").isDisplayed());
        chromium.driver.navigate().refresh();
        chromium.untilText("#connection", "Live");
        assertEquals("{}", chromium.run("return JSON.stringify({...localStorage, 'freecc-theme': undefined})"), "it is kept for this tab only");
        assertFalse(chromium.driver.getCurrentUrl().contains(KEY));
        chromium.click("#forget");
        chromium.until("it is asked for again", () -> chromium.find("#secret").isDisplayed());
    }

    @Test void withoutTheKeyNothingButThePageIsServed() throws Exception {
        assertEquals(200, Client.get(served.url + "/", "accept", "text/html").statusCode());
        for (var path : List.of("/api/requests", "/api/events", "/api/usage", "/api/routes", "/metrics")) assertEquals(401, Client.get(served.url + path).statusCode(), path);
    }
}
