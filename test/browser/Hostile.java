package browser;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// What clients, models and providers write stays text, wherever the page shows it.
public class Hostile extends Browsing {
    private static final String MARKUP = "</script></pre><img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"
        + "<a href=\"javascript:document.title='owned'\">x</a> ${document.title='owned'}";
    static Served served;

    @BeforeAll static void serve(@TempDir Path room) throws Exception { served = new Served(room, "LOG_REQUEST_BODY", "true", "LOG_RESPONSE_BODY", "true"); }

    @AfterAll static void stop() throws Exception { served.close(); }

    private static void isText(String where) {
        assertEquals("FreeCC", chromium.driver.getTitle(), where);
        assertEquals(0, chromium.all("main img, dialog img, main a, dialog a, body script, iframe, [onerror]").size(), where);
    }

    @Test void markupInAPromptAReplyAndNamesStaysText() throws Exception {
        served.provider.play((_, answer) -> answer.thinking(MARKUP).text(MARKUP).call("c1", "Bash", Map.of("command", MARKUP)).end(100, 0, 9));
        served.client("hostile1" + MARKUP).put("system", MARKUP).put("tools", List.of(Map.of("name", "Bash", "description", MARKUP,
            "input_schema", Map.of("type", "object", "properties", Map.of(MARKUP, Map.of("type", "string"))))))
            .asks(List.of(Map.of("type", "text", "text", MARKUP))).get();
        served.client("hostile1" + MARKUP).put("model", "groq/" + MARKUP).asks("Hello").get();
        open(served.url);
        chromium.untilText("#requests", "asked claude-freecc/big");
        chromium.untilText("#requests", "groq/</script></pre><img src=x");
        isText("the table");
        chromium.all("#requests tbody button").getLast().click();
        for (var tab : List.of("Prompt", "Translation", "Since the last turn", "Reply")) {
            chromium.until("the tab " + tab, () -> chromium.all("[role=tab]").stream().filter(one -> one.getText().equals(tab)).findFirst().orElse(null)).click();
            chromium.unfold("#panel");
            if (!tab.startsWith("Since")) chromium.untilText("#panel", "<img src=x onerror=\"document.title='owned'\">");
            isText(tab);
        }
    }

    @Test void aProvidersErrorStaysText() throws Exception {
        served.provider.play((_, answer) -> answer.refuse(400, MARKUP));
        served.client("hostile2").asks("Hello").get();
        open(served.url);
        chromium.untilText("#errors", "<script>document.title='owned'</script>");
        isText("the errors");
    }

    /// A right-to-left override, a zero-width space and letters of the tag block, in which instructions are hidden.
    @Test void charactersThatCannotBeSeenAreShown() throws Exception {
        served.provider.play((_, answer) -> answer.text("Yes.").end(10, 0, 1));
        served.client("hostile3").asks("pay \u202Eenoyna\u202C now\u200B" + new String(Character.toChars(0xE0069))).get();
        open(served.url);
        chromium.find("#filter").sendKeys("hostile3");
        chromium.until("only that request", () -> chromium.all("#requests tbody tr").size() == 1);
        chromium.click("#requests tbody button");
        chromium.untilText("#panel", "pay ⟨U+202E⟩enoyna⟨U+202C⟩ now⟨U+200B⟩⟨U+E0069⟩");
    }

    @Test void thePolicyRefusesCodeAndMarkupFromTexts() {
        open(served.url);
        var refused = chromium.run("""
            const tries = [() => { document.body.innerHTML = '<b>x</b>'; }, () => { document.createElement('script').text = 'document.title = 1'; }];
            const refused = tries.filter(one => { try { one(); return false; } catch (error) { return error instanceof TypeError; } }).length;
            const inline = document.createElement('img');
            inline.src = 'http://127.0.0.1:1/x.png';
            document.body.append(inline);
            return refused;""");
        assertEquals(2L, refused);
        var console = chromium.until("the refusals are on the console", () -> {
            var said = String.join("\n", chromium.console());
            return said.isEmpty() ? null : said;
        });
        assertTrue(console.contains("Content Security Policy"), console);
        chromium.open("about:blank").console();
    }
}
