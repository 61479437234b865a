package lib.config;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Windows, macOS and Linux, each row as it is there. Variables are written `NAME=value NAME=value`.
class PlatformTest {
    private static Platform platform(String system, String variables) {
        var given = new HashMap<String, String>();
        if (variables != null)
            for (var one : variables.split(" (?=\\w+=)")) given.put(one.substring(0, one.indexOf('=')), one.substring(one.indexOf('=') + 1));
        var environment = Platform.environment(system, given);
        return new Platform(system, name -> environment.getOrDefault(name, ""));
    }

    @ParameterizedTest @CsvSource(textBlock = """
        Linux      |                                                     | /java/.config/freecc                  | /java/.local/state/freecc
        Linux      | HOME=/home/ann                                      | /home/ann/.config/freecc              | /home/ann/.local/state/freecc
        Linux      | HOME=/home/ann XDG_CONFIG_HOME=/c XDG_STATE_HOME=/s | /c/freecc                             | /s/freecc
        Linux      | HOME=/home/ann XDG_CONFIG_HOME=c XDG_STATE_HOME=../s| /home/ann/.config/freecc              | /home/ann/.local/state/freecc
        Linux      | HOME=/home/ann APPDATA=/a LOCALAPPDATA=/l           | /home/ann/.config/freecc              | /home/ann/.local/state/freecc
        Mac OS X   | HOME=/Users/ann                                     | /Users/ann/.config/freecc             | /Users/ann/.local/state/freecc
        Mac OS X   | HOME=/Users/ann XDG_STATE_HOME=/s                   | /Users/ann/.config/freecc             | /s/freecc
        Windows 11 |                                                     | /java/AppData/Roaming/freecc          | /java/AppData/Local/freecc
        Windows 11 | USERPROFILE=C:\\U\\ann HOME=/c/U/ann                | C:\\U\\ann/AppData/Roaming/freecc     | C:\\U\\ann/AppData/Local/freecc
        Windows 11 | AppData=C:\\R LocalAppData=D:\\L                    | C:\\R/freecc                          | D:\\L/freecc
        Windows 11 | APPDATA=\\\\\\\\nas\\R LOCALAPPDATA=L               | \\\\\\\\nas\\R/freecc                 | /java/AppData/Local/freecc
        Windows 11 | APPDATA=C:\\R XDG_CONFIG_HOME=C:\\X                 | C:\\X/freecc                          | /java/AppData/Local/freecc""",
        delimiter = '|')
    void folders(String system, String variables, String config, String state) {
        var platform = platform(system, variables);
        var home = platform.home("/java");
        assertEquals(config + " " + state, platform.configFolder(home) + " " + platform.stateFolder(home));
    }

    @ParameterizedTest @CsvSource(textBlock = """
        Linux      | PATH=/usr/bin:/opt/my tools   | /usr/bin/claude, /opt/my tools/claude
        Linux      | PATH=:/usr/bin:               | /usr/bin/claude
        Linux      | Path=/other                   |
        Linux      | PATH=/a PATHEXT=.EXE          | /a/claude
        Mac OS X   | PATH=/opt/homebrew/bin        | /opt/homebrew/bin/claude
        Windows 11 | Path=C:\\a;"D:\\b c" PathExt=.EXE;.CMD | C:\\a/claude.exe, C:\\a/claude.cmd, D:\\b c/claude.exe, D:\\b c/claude.cmd
        Windows 11 | PATH=C:\\a                    | C:\\a/claude.com, C:\\a/claude.exe, C:\\a/claude.bat, C:\\a/claude.cmd
        Windows 10 |                               |""",
        delimiter = '|')
    void commands(String system, String variables, String files) {
        assertEquals(files == null ? "" : files, String.join(", ", platform(system, variables).candidates("claude")));
    }

    /// What npm leaves on Windows.
    @Test void theShellScriptBesideTheCommandIsNotTaken(@TempDir Path folder) throws IOException {
        for (var name : List.of("claude", "claude.cmd", "claude.ps1"))
            assertTrue(Files.createFile(folder.resolve(name)).toFile().setExecutable(true));
        assertEquals(Optional.of(folder.resolve("claude.cmd")), platform("Windows 11", "Path=" + folder).find("claude"));
        assertEquals(Optional.of(folder.resolve("claude")), platform("Linux", "PATH=/nowhere:" + folder).find("claude"));
        assertEquals(Optional.empty(), platform("Linux", "PATH=" + folder).find("curl"));
    }

    @ParameterizedTest @CsvSource(textBlock = """
        Linux      |                            | true
        Linux      | TERM=xterm-256color        | true
        Linux      | TERM=dumb                  | false
        Linux      | NO_COLOR=1                 | false
        Mac OS X   | TERM=xterm NO_COLOR=1      | false
        Windows 11 |                            | false
        Windows 11 | WT_SESSION=a-b             | true
        Windows 11 | ConEmuANSI=ON              | true
        Windows 11 | TERM=xterm                 | true
        Windows 11 | WT_SESSION=a-b NO_COLOR=1  | false""",
        delimiter = '|')
    void colours(String system, String variables, boolean shown) { assertEquals(shown, platform(system, variables).showsColours()); }

    /// Elsewhere nothing may ask which system this is, or two places would disagree.
    @Test void nothingElseAsksForTheSystem() throws IOException {
        try (var files = Files.walk(Path.of("lib"))) {
            var asking = files.filter(file -> file.toString().endsWith(".java") && contains(file, "\"os.name\"", "File.pathSeparator", "\"PATHEXT\"", "\"LOCALAPPDATA\""));
            assertEquals(Set.of("Config.java", "Platform.java"), asking.map(file -> file.getFileName().toString()).collect(Collectors.toSet()));
        }
    }

    private static boolean contains(Path file, String... texts) {
        try {
            return Stream.of(texts).anyMatch(Files.readString(file)::contains);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
