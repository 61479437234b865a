package browser;

import claude.Desk;
import org.openqa.selenium.support.ui.Select;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The pictures of the documents: the page and what the commands print, as they are. With the package fonts-inter they look best.
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
             var scene = new Scene(served, 160)) {
            var pictures = new Pictures(folder, chromium);
            History.write(served.state);
            scene.play();
            var streaming = scene.stream();
            pictures.page(served.url);
            pictures.phone(served.url);
            pictures.inspector(served.url);
            scene.close();
            streaming.get();
            pictures.commands(room.resolve("terminal"), served.provider);
        } finally {
            Desk.delete(room);
        }
    }

    private void take(String name) throws IOException { chromium.picture(folder.resolve(name + ".png")); }

    private void open(String url) {
        chromium.open(url);
        chromium.until("the stream is shown", () -> chromium.text("#requests").contains("streaming"));
    }

    private void page(String url) throws IOException {
        for (var scheme : List.of("light", "dark")) {
            chromium.size(1280, 1190).prefers("prefers-color-scheme", scheme);
            open(url);
            take("page-" + scheme);
        }
        chromium.run("document.getElementById('charts').scrollIntoView()");
        new Select(chromium.find("#by")).selectByValue("hour");
        chromium.until("the charts are drawn by hour", () -> String.valueOf(chromium.find("#c-latency").getDomAttribute("aria-label")).contains("by hour"));
        chromium.run("document.activeElement.blur()");
        chromium.size(1280, 670).run("document.getElementById('charts').scrollIntoView()");
        take("charts");
    }

    private void phone(String url) throws IOException {
        chromium.size(375, 760, 2).prefers("prefers-color-scheme", "light");
        open(url);
        take("phone");
    }

    private void inspector(String url) throws IOException {
        chromium.size(1280, 900);
        open(url);
        chromium.all("#requests tbody button").get(1).click();
        for (var tab : List.of("Prompt", "Since the last turn")) {
            chromium.until(tab, () -> chromium.all("[role=tab]").stream().filter(one -> one.getText().equals(tab)).findFirst().orElse(null)).click();
            take(tab.equals("Prompt") ? "prompt" : "cache");
        }
    }

    /// `code` prints its table before Claude Code takes the screen: what stands in for Claude Code only leaves again.
    private void commands(Path room, Provider provider) throws Exception {
        provider.play((asked, answer) -> {
            TimeUnit.MILLISECONDS.sleep(300);
            if (asked.get("model").getAsString().startsWith("openai")) answer.refuse(401, "Invalid API Key");
            else if (asked.has("tools")) answer.call("call_1", "report", Map.of("word", "ready")).end(60, 0, 12);
            else answer.text("Hello.").end(20, 0, 3);
        });
        var claude = Files.createDirectories(room.resolve("bin")).resolve("claude");
        Files.writeString(claude, "#!/bin/sh\n");
        claude.toFile().setExecutable(true);
        var path = claude.getParent() + ":" + System.getenv("PATH");
        new Terminal(chromium, new Desk(room, path).with(Served.models(""))).picture(folder.resolve("code.png"), "code");
        new Terminal(chromium, new Desk(room, path).with(Served.models(provider.url()))).picture(folder.resolve("check.png"), "check");
    }
}
