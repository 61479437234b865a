package browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The pictures of the documents: the page and what the commands print, as they are.
public final class Pictures {
    private final Path folder;
    private final Chromium chromium;

    private Pictures(Path folder, Chromium chromium) {
        this.folder = folder;
        this.chromium = chromium;
    }

    public static void take(Path folder) throws Exception {
        Files.createDirectories(folder);
        var room = Files.createTempDirectory("pictures");
        try (var chromium = new Chromium(); var served = new Served(room, "LOG_REQUEST_BODY", "true", "LOG_RESPONSE_BODY", "true");
             var scene = new Scene(served)) {
            History.write(served.state);
            scene.play();
            var streaming = scene.stream();
            new Pictures(folder, chromium).page(served.url);
            scene.close();
            streaming.get();
        }
    }

    private void page(String url) throws IOException {
        chromium.size(1280, 1000, 1.5).prefers("prefers-color-scheme", "light").open(url);
        chromium.until("the stream is shown", () -> chromium.text("#requests").contains("streaming"));
        chromium.picture(folder.resolve("page.png"));
        chromium.run("document.getElementById('charts').scrollIntoView()");
        chromium.until("charts are drawn", () -> chromium.run("return !!globalThis.Chart && !!Chart.getChart('c-tokens')").equals(true));
        chromium.picture(folder.resolve("charts.png"));
        chromium.prefers("prefers-color-scheme", "dark");
        chromium.picture(folder.resolve("charts-dark.png"));
        chromium.run("scrollTo(0, 0)");
        chromium.picture(folder.resolve("page-dark.png"));
        chromium.prefers("prefers-color-scheme", "light").size(375, 812, 2);
        chromium.picture(folder.resolve("phone.png"));
        for (var i = 1; i < 5; i++) {
            chromium.run("scrollTo(0, 780 * arguments[0])", i);
            chromium.picture(folder.resolve("phone-" + i + ".png"));
        }
        chromium.size(1280, 1000, 1.5).run("scrollTo(0, 0)");
        chromium.all("#requests tbody button").get(1).click();
        chromium.untilText("#inspector", "Prompt");
        for (var tab : chromium.all("[role=tab]")) {
            tab.click();
            chromium.picture(folder.resolve("inspector-" + tab.getText().toLowerCase().replace(' ', '-') + ".png"));
        }
    }
}
