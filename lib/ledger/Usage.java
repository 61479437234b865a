package lib.ledger;

import module java.base;

import lib.config.*;
import lib.json.*;

/// The ledger's lines summed up by model, session, day, hour or role.
public final class Usage {
    public static final List<String> BY = List.of("model", "session", "day", "hour", "role");
    private static final Pattern AGO = Pattern.compile("([1-9]\\d{0,4})([hdw])");

    private final String by;
    private final ZoneId zone;
    private final Sum total = new Sum();
    private final SequencedMap<String, Sum> groups = new LinkedHashMap<>();

    public Usage(String by, ZoneId zone) {
        if (!BY.contains(by)) throw new Config.Wrong("unknown grouping '" + by + "'; use one of " + String.join(", ", BY));
        this.by = by;
        this.zone = zone;
    }

    /// The beginning of a period such as `7d`, `24h` or `2026-11-01`.
    public static Instant since(String text, Instant now, ZoneId zone) {
        var ago = AGO.matcher(text);
        if (ago.matches()) {
            var count = Integer.parseInt(ago.group(1));
            return now.minus(switch (ago.group(2)) {
                case "h" -> Duration.ofHours(count);
                case "w" -> Duration.ofDays(7L * count);
                default -> Duration.ofDays(count);
            });
        }
        try {
            return LocalDate.parse(text).atStartOfDay(zone).toInstant();
        } catch (DateTimeParseException e) {
            throw new Config.Wrong("unknown period '" + text + "'; write for example 7d, 24h, 4w or 2026-11-01");
        }
    }

    public void add(JsonObject line) {
        total.add(line);
        groups.computeIfAbsent(key(line), _ -> new Sum()).add(line);
    }

    private String key(JsonObject line) {
        var key = switch (by) {
            case "model" -> Json.text(line, "route");
            case "session" -> Json.text(line, "session");
            case "role" -> Json.text(line, "role");
            default -> time(Json.text(line, "time"));
        };
        return key.isEmpty() ? "none" : key;
    }

    private String time(String iso) {
        try {
            var form = DateTimeFormatter.ofPattern(by.equals("day") ? "yyyy-MM-dd" : "yyyy-MM-dd HH:00");
            return form.format(Instant.parse(iso).atZone(zone));
        } catch (DateTimeParseException e) {
            return "";
        }
    }

    public Sum total() { return total; }

    /// By time in its order; everything else with the most tokens first.
    public List<Map.Entry<String, Sum>> groups() {
        Comparator<Map.Entry<String, Sum>> byTokens = Comparator.comparingLong(group -> -group.getValue().tokens());
        return groups.entrySet().stream().sorted(by.equals("day") || by.equals("hour") ? Map.Entry.comparingByKey()
            : byTokens.thenComparing(Map.Entry.comparingByKey())).toList();
    }

    /// The sums of all lines since then.
    public JsonObject json(Instant since) {
        var all = groups().stream().map(group -> {
            var sum = group.getValue().json();
            Json.put(sum, "key", group.getKey());
            return sum;
        }).toList();
        return Json.object("by", by, "total", total.json(), "groups", Json.arrayOf(all),
            "since", since.truncatedTo(ChronoUnit.SECONDS).toString());
    }
}
