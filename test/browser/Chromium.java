package browser;

import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.WebDriverWait;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Chromium without a window, as a person uses it; or Chrome, where that is installed.
final class Chromium implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    final ChromeDriver driver;

    Chromium() {
        var options = new ChromeOptions();
        options.setBinary(onPath("chromium").or(() -> onPath("google-chrome")).orElseThrow(Chromium::missing).toString());
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--force-color-profile=srgb");
        options.setCapability("goog:loggingPrefs", Map.of(LogType.BROWSER, "ALL"));
        driver = new ChromeDriver(new ChromeDriverService.Builder().usingDriverExecutable(onPath("chromedriver").orElseThrow(Chromium::missing).toFile()).build(), options);
        size(1280, 900);
    }

    private static Optional<Path> onPath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator)).map(folder -> Path.of(folder, program)).filter(Files::isExecutable)
            .findFirst();
    }

    private static NoSuchElementException missing() {
        return new NoSuchElementException("no browser and its driver are on the PATH: apt-get install chromium chromium-driver");
    }

    @Override public void close() { driver.quit(); }

    /// The page at its beginning, with nothing kept from before.
    Chromium open(String url) {
        driver.get(url);
        return this;
    }

    Chromium size(int width, int height) { return size(width, height, 1); }

    /// `density` is how many pixels of the screen make one of the page.
    Chromium size(int width, int height, double density) {
        driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
            Map.of("width", width, "height", height, "deviceScaleFactor", density, "mobile", width < 600));
        return this;
    }

    /// What the person's system prefers, such as `prefers-color-scheme` `dark`.
    Chromium prefers(String feature, String value) {
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of(Map.of("name", feature, "value", value))));
        return this;
    }

    WebElement find(String css) { return until("there is " + css, () -> all(css).stream().findFirst().orElse(null)); }

    List<WebElement> all(String css) { return driver.findElements(By.cssSelector(css)); }

    /// The text that is seen.
    String text(String css) { return find(css).getText(); }

    Object run(String script, Object... arguments) { return ((JavascriptExecutor) driver).executeScript(script, arguments); }

    /// Clicks on it, even if the page draws it anew at that moment.
    void click(String css) {
        until(css + " is clicked", () -> {
            find(css).click();
            return true;
        });
    }

    /// Before the server of a page ends, or the page would complain that it is gone.
    void leave() { driver.get("about:blank"); }

    /// Waits until it is there, or true.
    <T> T until(String what, Supplier<T> condition) {
        return new WebDriverWait(driver, PATIENCE, Duration.ofMillis(50)).ignoring(org.openqa.selenium.StaleElementReferenceException.class)
            .withMessage(() -> what + ", in\n" + driver.findElement(By.tagName("body")).getText()).until(_ -> condition.get());
    }

    void untilText(String css, String text) { until(css + " says '" + text + "'", () -> text(css).contains(text)); }

    /// Opens all that is folded in there, and waits for what is in it.
    void unfold(String css) {
        run("document.querySelectorAll(arguments[0] + ' details').forEach(one => { one.open = true; })", css);
        until("it is unfolded", () -> run("return [...document.querySelectorAll(arguments[0] + ' details')].every(one => one.children.length > 1)", css).equals(true));
    }

    void press(CharSequence... keys) { driver.switchTo().activeElement().sendKeys(keys); }

    /// The element that has the keyboard, after so many tabs.
    WebElement tab() {
        press(Keys.TAB);
        return driver.switchTo().activeElement();
    }

    /// What the console says since it was last asked: refusals of the content security policy, faults, warnings.
    List<String> console() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream().map(entry -> entry.getLevel() + " " + entry.getMessage()).toList();
    }

    /// What the window shows, as a file.
    void picture(Path file) throws IOException { Files.write(file, driver.getScreenshotAs(OutputType.BYTES)); }
}
