package browser;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;

/// A ledger of some days' work, as FreeCC would have written it: the same at each run, but for the dates.
final class History {
    private static final Gson GSON = new GsonBuilder().serializeNulls().create();
    private static final int HOURS = 30;
    private static final List<String> SESSIONS = List.of("4f0c2d1e-9a", "b81d77aa-03", "e2290b5c-7f", "07c4f6d3-51");

    /// Who asks, by which route, how large its prompts are, and what a million tokens cost.
    private record Kind(String role, String route, int prompt, double dollarsIn, double dollarsCached, double dollarsOut, int firstToken) { }

    private static final List<Kind> KINDS = List.of(
        new Kind("main", Served.BIG, 62_000, 1.32, 0.044, 3.96, 900), new Kind("main", Served.BIG, 38_000, 1.32, 0.044, 3.96, 700),
        new Kind("subagent", Served.SUBAGENT, 24_000, 1.4, 0.26, 4.4, 1_200), new Kind("background", Served.SMALL, 1_800, 0.075, 0.0375, 0.3, 210));

    private History() {}

    static void write(Path state) throws IOException {
        var random = new Random(11);
        var now = Instant.now().truncatedTo(ChronoUnit.HOURS);
        for (var hour = HOURS; hour > 0; hour--) {
            var isNight = hour > 9 && hour < 18;
            for (var count = isNight ? 0 : 2 + random.nextInt(7); count > 0; count--)
                append(state, line(now.minus(hour, ChronoUnit.HOURS).plusSeconds(random.nextInt(3_500)), hour, random));
        }
    }

    private static LinkedHashMap<String, Object> line(Instant time, int hour, Random random) {
        var kind = KINDS.get(random.nextInt(KINDS.size()));
        var failed = random.nextInt(30) == 0;
        var prompt = (int) (kind.prompt * (0.6 + random.nextDouble()));
        var cached = random.nextInt(6) == 0 ? 0 : (int) (prompt * (0.55 + 0.4 * random.nextDouble()));
        var output = 120 + random.nextInt(kind.prompt / 30 + 200);
        var first = (int) (kind.firstToken * (0.5 + 1.2 * random.nextDouble()));
        var line = new LinkedHashMap<String, Object>();
        line.put("time", time.plusMillis(random.nextInt(1, 999)).toString());
        line.put("id", "req_" + Long.toHexString(random.nextLong()));
        line.put("session", SESSIONS.get(hour / 8 % SESSIONS.size()));
        line.put("role", kind.role);
        line.put("asked", "claude-freecc/big");
        line.put("route", kind.route);
        line.put("input", failed ? 0 : prompt - cached);
        line.put("cache_read", failed ? 0 : cached);
        line.put("cache_write", 0);
        line.put("output", failed ? 0 : output);
        line.put("cost_usd", failed ? 0 : ((prompt - cached) * kind.dollarsIn + cached * kind.dollarsCached + output * kind.dollarsOut) / 1e6);
        line.put("first_token_ms", failed ? null : first);
        line.put("ms", first + output * 14);
        line.put("status", failed ? 529 : 200);
        line.put("error", failed ? "overloaded_error" : null);
        line.put("attempts", 1);
        return line;
    }

    private static void append(Path state, LinkedHashMap<String, Object> line) throws IOException {
        var month = YearMonth.from(Instant.parse((String) line.get("time")).atZone(ZoneOffset.UTC));
        Files.writeString(state.resolve("ledger-" + month + ".jsonl"), GSON.toJson(line) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
