package browser;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

import static org.junit.jupiter.api.Assertions.assertEquals;

/// Tests with a browser, whose console must stay empty.
abstract class Browsing {
    static Chromium chromium;

    @BeforeAll static void start() { chromium = new Chromium(); }

    @AfterAll static void end() { chromium.close(); }

    @BeforeEach void sit() {
        chromium.size(1280, 900).prefers("prefers-color-scheme", "light");
        chromium.console();
    }

    @AfterEach void nothingIsOnTheConsole() { assertEquals("", String.join("\n", chromium.console()), "the console"); }

    /// The page at this address, when it has shown what there is.
    void open(String url) {
        chromium.open(url);
        chromium.untilText("#connection", "Live");
        chromium.find("#tiles dd");
    }
}
