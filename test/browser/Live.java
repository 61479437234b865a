package browser;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.support.ui.Select;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// The board: requests as they go, errors, routes and charts.
public class Live extends Browsing {
    static Served served;

    @BeforeAll static void serve(@TempDir Path room) throws Exception {
        served = new Served(room, "LOG_REQUEST_BODY", "true", "LOG_RESPONSE_BODY", "true");
        History.write(served.state);
    }

    @AfterAll static void stop() throws Exception { served.close(); }

    /// The cells of the row with this session, by the titles of their columns.
    private static Map<String, String> row(String session) {
        var row = chromium.until("a row of session " + session, () -> chromium.all("#requests tbody tr").stream()
            .filter(one -> one.getText().contains(session)).findFirst().orElse(null));
        return row.findElements(By.cssSelector("td")).stream()
            .collect(Collectors.toMap(cell -> cell.getDomAttribute("data-label"), cell -> cell.getText().replace('\n', ' ')));
    }

    private static void until(String session, String column, String text) {
        chromium.until(column + " of " + session + " is " + text, () -> row(session).get(column).equals(text));
    }

    @Test void theSameAddressIsAPageForPeopleAndJsonForPrograms() throws Exception {
        open(served.url);
        assertEquals("FreeCC", chromium.driver.getTitle());
        assertEquals("{\"status\":\"ok\",\"service\":\"freecc\"}", Client.get(served.url + "/").body());
        assertEquals("{\"status\":\"ok\",\"service\":\"freecc\"}", Client.get(served.url + "/", "accept", "application/json").body());
    }

    @Test void aRequestIsSeenWhileItStreams() throws Exception {
        var first = new CountDownLatch(1);
        var rest = new CountDownLatch(1);
        served.provider.play((_, answer) -> {
            first.await();
            answer.text("Some");
            rest.await();
            answer.text(" words").end(20_000, 15_000, 500);
        });
        open(served.url);
        var reply = served.client("stream01-and-more").asks("Hello");
        until("stream01", "Status", "waiting");
        assertEquals("main stream01 / deepseek/deepseek-v4-pro asked claude-freecc/big / … / … / …", seen("stream01", "Role", "Model", "First token", "Out", "Cost"));
        first.countDown();
        until("stream01", "Status", "streaming");
        assertTrue(row("stream01").get("First token").matches("\\d+ ms|\\d+\\.\\d s"), () -> row("stream01").toString());
        assertTrue(row("stream01").get("In").startsWith("~"), () -> row("stream01").toString());
        rest.countDown();
        assertTrue(reply.get().contains("message_stop"));
        until("stream01", "Status", "done");
        assertEquals("20k / 500 / 75% / $0.0092 / 1", seen("stream01", "In", "Out", "Cached", "Cost", "Attempts"));
        assertTrue(row("stream01").get("Total").matches("\\d+ ms|\\d+\\.\\d s"), () -> row("stream01").toString());
    }

    private static String seen(String session, String... columns) {
        var row = row(session);
        return Stream.of(columns).map(row::get).collect(Collectors.joining(" / "));
    }

    @Test void anErrorIsShownWithItsCauseAndTheNextStep() throws Exception {
        served.provider.play((_, answer) -> answer.refuse(429, "Limit of 30 requests per minute reached"));
        open(served.url);
        served.client("errors01").put("model", "claude-freecc/small").asks("Hello").get();
        chromium.untilText("#errors", "Limit of 30 requests per minute reached");
        assertTrue(chromium.text("#errors").contains("429 rate_limit_error"), chromium.text("#errors"));
        assertTrue(chromium.text("#errors").contains("Next: Claude Code tries again by itself."), chromium.text("#errors"));
        assertEquals("429 / – / – / –", seen("errors01", "Status", "In", "Out", "Cost"));
        new Select(chromium.find("#show")).selectByValue("error");
        chromium.until("only errors are shown", () -> chromium.all("#requests tbody tr").stream().allMatch(row -> row.getText().contains("429")));
        chromium.click("#errors button");
        chromium.untilText("#inspector", "Limit of 30 requests per minute reached");
    }

    @Test void theFilterFindsByModelSessionAndRole() throws Exception {
        served.provider.play((_, answer) -> answer.text("Yes.").end(10, 0, 2));
        served.client("filter01").asks("Hello").get();
        served.client("filter02").with("x-claude-code-agent-id", "a1").asks("Hello").get();
        open(served.url);
        for (var word : List.of("filter02", "GLM", "subagent")) {
            chromium.find("#filter").clear();
            chromium.find("#filter").sendKeys(word);
            chromium.until(word + " finds the subagent's request alone", () -> chromium.text("#requests").contains("filter02") && !chromium.text("#requests").contains("filter01"));
        }
        chromium.find("#filter").sendKeys(" and nothing");
        chromium.untilText("#requests", "No request matches.");
    }

    @Test void theRoutesHaveTheirHealthWindowAndPrice() throws Exception {
        served.provider.play((_, answer) -> answer.text("Yes.").end(10, 0, 2));
        served.client("routes01").asks("Hello").get();
        open(served.url);
        var big = chromium.text("#routes li").replace('\n', ' ');
        assertTrue(big.startsWith("deepseek/deepseek-v4-pro ") && big.contains("BIG_MODEL Window 1M Price $1.32 in, $3.96 out First token "), big);
        assertTrue(chromium.text("#routes").contains("SUBAGENT_MODEL"));
        assertTrue(chromium.all("#routes .marks").getFirst().getAccessibleName().matches("\\d+ recent requests?, \\d+ failed"));
    }

    @Test void whatRestsIsShownUntilItWakes(@TempDir Path room) throws Exception {
        try (var own = new Served(room, "BIG_MODEL_FALLBACKS", Served.SMALL, "ZAI_API_KEY", "one-of-the-test,two-of-the-test")) {
            var refused = new AtomicBoolean();
            own.provider.play((asked, answer) -> {
                var model = asked.get("model").getAsString();
                if (model.startsWith("deepseek")) answer.refuse(402, "no credit");
                else if (model.startsWith("glm") && !refused.getAndSet(true)) answer.refuse(401, "a key that was revoked");
                else answer.text("Yes.").end(10, 0, 2);
            });
            own.client("rests02").with("x-claude-code-agent-id", "a1").asks("Hello").get();
            for (var n = 0; n < 2; n++) own.client("rests01").asks("Hello").get();
            open(own.url);
            chromium.until("the big model rests", () -> chromium.text("#routes li").replace('\n', ' ')
                .matches("deepseek/deepseek-v4-pro rests until \\d\\d:\\d\\d:\\d\\d BIG_MODEL .*If it fails: " + Served.SMALL + ".*"));
            var routes = chromium.text("#routes").replace('\n', ' ');
            assertTrue(routes.matches(".*Keys 2 .*key [12] of 2 of ZAI_API_KEY rests until \\d\\d:\\d\\d:\\d\\d, for every model.*"), routes);
            chromium.leave();
        }
    }

    @Test void chartsShowTokensCostCacheAndLatencyByAnyGroup() {
        open(served.url);
        chromium.run("document.getElementById('charts').scrollIntoView()");
        for (var by : List.of("session", "hour", "day", "role", "model")) {
            new Select(chromium.find("#by")).selectByValue(by);
            for (var name : List.of("tokens", "cost", "cache", "latency"))
                chromium.until(name + " by " + by, () -> drawn(name) > 0 && name(name).contains(" by " + by + ": "));
            assertEquals(by, chromium.find("#figures th").getDomProperty("textContent"));
        }
        assertTrue(name("tokens").matches(".*Tokens by model: deepseek/deepseek-v4-pro uncached input [\\d.]+[kM], read from cache [\\d.]+[kM], .*output [\\d.]+k; .*"), name("tokens"));
        assertTrue(name("cost").contains("deepseek/deepseek-v4-pro cost $") && name("cache").contains("%") && name("latency").contains("median"));
    }

    /// How many values a chart has.
    private static long drawn(String chart) {
        return (long) chromium.run("return globalThis.Chart?.getChart('c-' + arguments[0])?.data.datasets.reduce((sum, one) => sum + one.data.filter(value => value !== null).length, 0) ?? 0", chart);
    }

    private static String name(String chart) { return chromium.find("#c-" + chart).getDomAttribute("aria-label"); }

    @Test void aLongListIsShortUntilAllOfItIsAskedFor() throws Exception {
        served.provider.play((_, answer) -> answer.text("Yes.").end(10, 0, 2));
        for (var i = 0; i < 14; i++) served.client("longlist").asks("Hello").get();
        open(served.url);
        assertEquals(12, chromium.all("#requests tbody tr").size());
        chromium.click("#requests .more button");
        assertTrue(chromium.all("#requests tbody tr").size() >= 14);
    }
}
