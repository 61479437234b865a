///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS org.junit.jupiter:junit-jupiter:6.1.3
//DEPS org.junit.platform:junit-platform-launcher:6.1.3
//DEPS com.google.code.gson:gson:2.15.0
//DEPS org.seleniumhq.selenium:selenium-java:4.52.0
//DEPS com.deque.html.axe-core:selenium:4.11.1
//DEPS org.slf4j:slf4j-nop:2.0.17
//SOURCES Only.java TestName.java Report.java
//SOURCES claude/Client.java claude/Desk.java claude/Json.java claude/Proxy.java claude/Run.java
//SOURCES browser/Chromium.java browser/Client.java browser/Provider.java browser/Served.java browser/History.java browser/Scene.java browser/Pictures.java
//FILES META-INF/services/org.junit.jupiter.api.extension.Extension=extensions

import browser.Pictures;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

import java.nio.file.Path;
import java.util.List;

/// FreeCC's page in a real browser: `./jbang test/Browser.java [NAME...]`, from the repository's folder. It needs Debian's packages
/// chromium and chromium-driver. `--pictures FOLDER` takes the documents' pictures instead.
void main(String... arguments) throws Exception {
    if (arguments.length == 2 && arguments[0].equals("--pictures")) {
        Pictures.take(Path.of(arguments[1]));
        return;
    }
}
