package browser;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// A FreeCC that has nothing to show yet, and keeps as little as it can.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
public class Empty extends Browsing {
    static Served served;

    @BeforeAll static void serve(@TempDir Path room) throws Exception { served = new Served(room, "LEDGER", "false"); }

    @AfterAll static void stop() throws Exception { served.close(); }

    @Test @Order(1) void itSaysWhatWillAppear() {
        open(served.url);
        assertTrue(chromium.text("#empty").contains("No requests yet") && chromium.text("#empty").contains("ANTHROPIC_BASE_URL=" + served.url), chromium.text("#empty"));
        chromium.run("document.getElementById('charts').scrollIntoView()");
        chromium.until("every chart says what will appear", () -> chromium.all(".empty-chart").stream().filter(one -> one.getText().contains("will appear here")).count() == 4);
        assertTrue(chromium.all("canvas").stream().noneMatch(one -> one.isDisplayed()));
        assertTrue(chromium.text("#forgets").contains("LEDGER=false"));
        assertTrue(chromium.text("#routes").contains("not used yet"));
    }

    @Test @Order(2) void theFirstRequestTakesThePlaceOfTheWords() throws Exception {
        open(served.url);
        served.client("first001").asks("Hello").get();
        chromium.until("it is in the table", () -> chromium.text("#requests").contains("first001"));
        assertFalse(chromium.find("#empty").isDisplayed());
        chromium.run("document.getElementById('charts').scrollIntoView()");
        chromium.until("the tokens are drawn", () -> chromium.find("#c-tokens").isDisplayed());
        assertTrue(chromium.text("#figures").isEmpty(), "folded");
        assertFalse(Files.exists(served.state.resolve("ledger-" + java.time.YearMonth.now(java.time.ZoneOffset.UTC) + ".jsonl")), "LEDGER=false keeps no file");
    }

    @Test @Order(3) void theInspectorSaysHowBodiesAreKept() {
        open(served.url);
        chromium.click("#requests tbody button");
        chromium.untilText("#inspector", "set LOG_REQUEST_BODY=true and LOG_RESPONSE_BODY=true");
        assertEquals(0, chromium.all("[role=tab]").size());
    }
}
