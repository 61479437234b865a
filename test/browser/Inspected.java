package browser;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// The inspector: what Claude Code asked, what became of it, what is new in it, and the reply.
public class Inspected extends Browsing {
    /// The requests of the scene, counted from the newest.
    private static final int FIX = 0, TURN = 3;
    static Served served;

    @BeforeAll static void serve(@TempDir Path room) throws Exception {
        served = new Served(room, "LOG_REQUEST_BODY", "true", "LOG_RESPONSE_BODY", "true");
        try (var scene = new Scene(served, 0)) {
            scene.play();
        }
    }

    @AfterAll static void stop() throws Exception { served.close(); }

    /// Opens the request at this place in the conversation `4f0c2d1e`, and this tab.
    private void inspect(int place, String tab) {
        open(served.url);
        chromium.find("#filter").sendKeys("4f0c2d1e");
        chromium.until("the conversation alone", () -> chromium.all("#requests tbody tr").size() == 5);
        chromium.all("#requests tbody button").get(place).click();
        choose(tab);
    }

    private static void choose(String tab) {
        chromium.until("the tab " + tab, () -> chromium.all("[role=tab]").stream().filter(one -> one.getText().equals(tab)).findFirst().orElse(null)).click();
    }

    @Test void thePromptIsFoldedAndInTheOrderOfTheCache() {
        inspect(FIX, "Prompt");
        chromium.untilText("#inspector", "claude-freecc/big → deepseek/deepseek-v4-pro");
        assertEquals("Tools System prompt Turns Parameters", String.join(" ", chromium.all("#panel h3").stream().map(one -> one.getText().lines().findFirst().orElse("")).toList()));
        assertEquals(12, chromium.all("#panel details:not([open])").size());
        assertTrue(chromium.text("#panel").contains("messages[4] user\nFix it and run the tests."), chromium.text("#panel"));
        assertTrue(chromium.text("#panel").contains("system[2] text\ncache breakpoint"), chromium.text("#panel"));
        var first = chromium.all("#panel details").get(4);
        first.findElement(By.tagName("summary")).click();
        chromium.until("its lines are lines", () -> first.getText().contains("# Tone\nAnswer in as few words as the question allows."));
    }

    @Test void thePromptIsSearched() {
        inspect(FIX, "Prompt");
        chromium.find("#panel input").sendKeys("ONE CENT");
        chromium.untilText("#panel [role=status]", "1 of 12 parts match");
        assertEquals("one cent", chromium.text("#panel mark"));
        chromium.find("#panel input").sendKeys(" and nothing");
        chromium.untilText("#panel [role=status]", "0 of 12 parts match");
    }

    @Test void theTranslationIsBesideTheRequestWithWhatChanged() {
        inspect(FIX, "Translation");
        chromium.untilText("#panel", "Attempt 1, sent after");
        var lists = chromium.text("#panel .card");
        assertTrue(lists.contains("model: \"claude-freecc/big\"") && lists.contains("model: \"deepseek-v4-pro\"") && lists.contains("tools[0].type: \"function\""), lists);
        var sides = chromium.all("#panel .beside > .card");
        assertTrue(sides.get(0).getText().startsWith("From Claude Code") && sides.get(1).getText().startsWith("To http://127.0.0.1:"), sides.get(1)::getText);
        assertEquals(sides.get(0).getRect().y, sides.get(1).getRect().y);
        assertTrue(sides.get(0).getText().contains("system[0] text") && sides.get(1).getText().contains("messages[0] system"), sides.get(1)::getText);
        assertFalse(chromium.text("#inspector").contains("sk-of-the-test"));
    }

    @Test void theDifferenceSaysWhereTheCacheBreaks() {
        inspect(FIX, "Since the last turn");
        chromium.untilText("#panel", "The first 6 of 10 parts are the same. The cache breaks in system[2] text, after ");
        assertEquals("8 9", chromium.text("#panel del") + " " + chromium.text("#panel ins"));
        assertTrue(chromium.text("#panel").contains("What the provider got"), chromium.text("#panel"));
        assertTrue(chromium.text("#panel").contains("+ messages[4] user"), chromium.text("#panel"));
    }

    @Test void aTurnThatOnlyAddsKeepsTheCache() {
        inspect(TURN - 1, "Since the last turn");
        chromium.untilText("#panel", "The whole earlier prompt (8 parts) is a prefix of this one, so the cache can serve it. New: 2 parts.");
    }

    @Test void theReplyIsShownByItsBlocksAndAsItStreamed() {
        inspect(FIX, "Reply");
        chromium.untilText("#panel", "The price is a float; cents must be rounded.");
        assertEquals("thinking, text, tool_use Edit", String.join(", ", chromium.all("#panel h4").stream().map(one -> one.getText()).toList()));
        assertTrue(chromium.text("#panel").contains("\"new_string\": \"round(line.price * 100)\""), chromium.text("#panel"));
        chromium.unfold("#panel");
        chromium.untilText("#panel", "event: content_block_delta");
        chromium.untilText("#panel", "reasoning_content");
    }

    @Test void aReplyThatStillStreamsIsShownAsFarAsItHasCome() throws Exception {
        var rest = new CountDownLatch(1);
        served.provider.play((_, answer) -> {
            answer.text("So far so good");
            rest.await();
            answer.text(" and no further").end(10, 0, 5);
        });
        open(served.url);
        var reply = served.client("halfway1").asks("Hello");
        chromium.find("#filter").sendKeys("halfway1");
        chromium.until("it streams", () -> chromium.text("#requests").contains("streaming"));
        chromium.click("#requests tbody button");
        choose("Reply");
        chromium.untilText("#panel", "So far so good");
        rest.countDown();
        assertTrue(reply.get().contains("and no further"));
    }
}
