package browser;

import com.deque.html.axecore.selenium.AxeBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// The page for everyone: dark and light, on a phone, by keyboard alone, by screen reader.
public class Reached extends Browsing {
    private static final List<String> TABS = List.of("Prompt", "Translation", "Since the last turn", "Reply");
    static Served served, guarded;
    static Scene scene;

    @BeforeAll static void serve(@TempDir Path room, @TempDir Path other) throws Exception {
        served = new Served(room, "LOG_REQUEST_BODY", "true", "LOG_RESPONSE_BODY", "true");
        guarded = new Served(other, "FREECC_API_KEY", "key");
        History.write(served.state);
        scene = new Scene(served, 0);
        scene.play();
        var name = "groq/" + "a-model-with-a-very-long-name-".repeat(4);
        served.client("session-with-a-long-name-" + "x".repeat(80)).put("model", name).asks("Hello").get();
        scene.stream();
    }

    @AfterAll static void stop() throws Exception {
        scene.close();
        served.close();
        guarded.close();
    }

    private void openAll() {
        open(served.url);
        chromium.run("document.getElementById('charts').scrollIntoView()");
        chromium.until("the charts are drawn", () -> chromium.run("return globalThis.Chart ? Chart.getChart('c-latency') !== undefined : false").equals(true));
        chromium.run("document.querySelector('#charts details').open = true; scrollTo(0, 0)");
    }

    private void inspect() {
        chromium.all("#requests tbody button").get(2).click();
        chromium.find("[role=tab]");
    }

    private static void choose(String tab) {
        chromium.all("[role=tab]").stream().filter(one -> one.getText().equals(tab)).findFirst().orElseThrow().click();
        chromium.unfold("#panel");
    }

    /// What axe finds that keeps people out.
    private static void isAccessible(String where) {
        var found = new AxeBuilder().analyze(chromium.driver).getViolations().stream()
            .filter(rule -> Set.of("serious", "critical").contains(rule.getImpact()))
            .map(rule -> rule.getId() + ": " + rule.getHelp() + " " + rule.getNodes().stream().map(node -> node.getHtml()).limit(3).toList()).toList();
        assertEquals("", String.join("\n", found), where);
    }

    @Test void axeFindsNothingSeriousInEitherTheme() {
        for (var scheme : List.of("light", "dark")) {
            chromium.prefers("prefers-color-scheme", scheme).open(guarded.url);
            chromium.until("the key is asked for", () -> chromium.find("#secret").isDisplayed());
            isAccessible("the key, " + scheme);
            openAll();
            isAccessible("the board, " + scheme);
            inspect();
            for (var tab : TABS) {
                choose(tab);
                isAccessible(tab + ", " + scheme);
            }
        }
        chromium.open("about:blank").console();   // with the 401 of the key
    }

    @Test void axeFindsNothingSeriousOnAPhone() {
        chromium.size(375, 812);
        openAll();
        isAccessible("the board");
    }

    @Test void theThemeIsTheSystemsOrTheOneChosen() {
        chromium.prefers("prefers-color-scheme", "dark");
        open(served.url);
        assertTrue(brightness("body") < 60, "dark by the system: " + brightness("body"));
        chromium.click("#theme");
        assertEquals("Theme: light", chromium.text("#theme"));
        assertTrue(brightness("body") > 200 && brightness(".card") > 200, "light by choice");
        chromium.driver.navigate().refresh();
        chromium.untilText("#theme", "Theme: light");
        chromium.click("#theme");
        chromium.prefers("prefers-color-scheme", "light");
        assertTrue(brightness("body") < 60, "dark by choice");
        chromium.click("#theme");
        assertEquals("Theme: auto", chromium.text("#theme"));
        assertTrue(brightness("body") > 200, "light by the system");
    }

    private static long brightness(String css) {
        return (long) chromium.run("return Math.round(getComputedStyle(document.querySelector(arguments[0])).backgroundColor.match(/\\d+/g).slice(0, 3).reduce((sum, one) => sum + Number(one), 0) / 3)", css);
    }

    @Test void nothingIsWiderThanAPhone() {
        for (var width : List.of(375, 320)) {
            chromium.size(width, 812);
            openAll();
            fits("the board", "document.documentElement", width);
            inspect();
            for (var tab : TABS) {
                choose(tab);
                fits(tab, "document.getElementById('inspector')", width);
            }
            chromium.press(Keys.ESCAPE);
            chromium.open(guarded.url);
            chromium.until("the key is asked for", () -> chromium.find("#secret").isDisplayed());
            fits("the key", "document.documentElement", width);
        }
        chromium.open("about:blank").console();   // with the 401 of the key
    }

    private static void fits(String what, String element, int width) {
        var wide = chromium.run("const page = " + element + "; return page.scrollWidth <= " + width + " ? '' : page.scrollWidth + ': '"
            + " + [...page.querySelectorAll('*')].filter(one => one.getBoundingClientRect().right > " + width + " + 1).slice(0, 5).map(one => one.outerHTML.slice(0, 120)).join('\\n')");
        assertEquals("", wide, what + " at " + width + " px");
    }

    /// Everything that a mouse can use has its turn, and shows that it has the focus.
    @Test void theKeyboardAloneReachesEverything() {
        open(served.url);
        chromium.until("charts and rows", () -> chromium.all("#requests tbody button").size() > 3);
        var all = names(chromium.all("main button, main select, main input, main summary, header button").stream().filter(WebElement::isDisplayed).toList());
        var reached = new LinkedHashSet<String>();
        var first = chromium.tab();
        assertEquals("Skip to content", first.getText());
        assertTrue(first.getRect().x >= 0, "the skip link is seen when it has the focus");
        for (var one = chromium.tab(); !one.getTagName().equals("body") && reached.size() < 200; one = chromium.tab()) {
            assertTrue(isMarked(one), () -> "no focus is seen on " + chromium.driver.switchTo().activeElement().getDomProperty("outerHTML"));
            if (!reached.addAll(names(List.of(one))) && one.getText().equals("Skip to content")) break;
        }
        all.removeAll(reached);
        assertEquals(Set.of(), all);
    }

    private static Set<String> names(List<WebElement> elements) {
        var names = new LinkedHashSet<String>();
        for (var element : elements) names.add(element.getTagName() + " " + element.getAccessibleName() + " " + element.getDomProperty("id"));
        return names;
    }

    private static boolean isMarked(WebElement element) {
        return (boolean) chromium.run("const style = getComputedStyle(arguments[0]); return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2", element);
    }

    @Test void theInspectorIsUsedByKeyboardAndGivesTheFocusBack() {
        open(served.url);
        var button = chromium.all("#requests tbody button").get(2);
        button.sendKeys(Keys.ENTER);
        chromium.find("[role=tab]");
        for (var i = 0; i < 5 && !"tab".equals(focused().getDomAttribute("role")); i++) chromium.tab();
        assertEquals("Prompt", focused().getText());
        chromium.press(Keys.ARROW_RIGHT);
        assertEquals("Translation true", focused().getText() + " " + focused().getDomAttribute("aria-selected"));
        chromium.press(Keys.END);
        assertEquals("Reply true", focused().getText() + " " + focused().getDomAttribute("aria-selected"));
        chromium.press(Keys.ARROW_RIGHT);
        assertEquals("Prompt", focused().getText());
        var panel = chromium.tab();
        assertEquals("panel Prompt", panel.getDomAttribute("id") + " " + panel.getAccessibleName());
        chromium.press(Keys.ESCAPE);
        assertFalse(chromium.find("#inspector").isDisplayed());
        assertEquals(button, focused());
    }

    private static WebElement focused() { return chromium.driver.switchTo().activeElement(); }

    @Test void headingsAndTablesHaveAnOrderAndNames() {
        openAll();
        inspect();
        var levels = new ArrayList<Integer>();
        for (var heading : chromium.all("h1, h2, h3, h4")) if (!heading.getDomProperty("textContent").isEmpty()) levels.add(Integer.parseInt(heading.getTagName().substring(1)));
        assertEquals(1, levels.getFirst());
        for (var i = 1; i < levels.size(); i++) assertTrue(levels.get(i) <= levels.get(i - 1) + 1, "a level is left out: " + levels);
        assertEquals("[]", chromium.run("return JSON.stringify([...document.querySelectorAll('table')].filter(one => !one.caption && !one.getAttribute('aria-labelledby')).map(one => one.outerHTML.slice(0, 80)))"));
        assertEquals("[]", chromium.run("return JSON.stringify([...document.querySelectorAll('th')].filter(one => !one.scope).map(one => one.outerHTML))"));
        assertEquals("[]", chromium.run("return JSON.stringify([...document.querySelectorAll('canvas')].filter(one => !one.getAttribute('aria-label')).map(one => one.id))"));
    }

    /// A screen reader hears of several requests in one sentence, and not of every change of the table.
    @Test void liveRegionsDoNotBabble() throws Exception {
        open(served.url);
        chromium.run("""
            globalThis.heard = [];
            for (const region of document.querySelectorAll('[aria-live], [role=status], [role=alert]'))
              new MutationObserver(() => globalThis.heard.push(region.textContent)).observe(region, {childList: true, characterData: true, subtree: true});""");
        served.provider.play((_, answer) -> answer.text("Yes.").end(10, 0, 2));
        for (var i = 0; i < 6; i++) served.client("babble01").asks("Hello").get();
        chromium.until("they are read out", () -> !chromium.run("return globalThis.heard.join()").equals(""));
        assertEquals("6 requests ended, none failed", chromium.run("return globalThis.heard.join()"));
    }

    @Test void nothingMovesForThoseWhoWantItStill() {
        open(served.url);
        var moves = "return getComputedStyle(document.getElementById('connection'), '::before').animationName";
        chromium.prefers("prefers-reduced-motion", "reduce");
        assertEquals("none", chromium.run(moves));
        chromium.prefers("prefers-reduced-motion", "no-preference");
        assertEquals("beat", chromium.run(moves));
    }
}
