package lib.routing;

import module java.base;

import lib.config.*;
import lib.wire.*;

/// The routes as the settings are now: a `.env` that has changed is read again, before the next request. What is under way
/// keeps the route that it has, and settings that cannot be used change nothing.
public final class Reload implements Supplier<Routes> {
    /// The file, how to read it for the settings of this run, and what else its routes must fulfil. What is wrong with it is
    /// a `Config.Wrong`.
    public record Source(Path file, UnaryOperator<Config> read, Consumer<Routes> check) {
        public Source(Path file, UnaryOperator<Config> read) { this(file, read, _ -> { }); }

        public Source checked(Consumer<Routes> more) { return new Source(file, read, check.andThen(more)); }
    }

    /// What says that a file is another one than before.
    private record Stamp(FileTime modified, long size) {
        private static final Stamp GONE = new Stamp(FileTime.fromMillis(0), -1);

        static Stamp of(Path file) {
            try {
                var facts = Files.readAttributes(file, BasicFileAttributes.class);
                return facts.isRegularFile() ? new Stamp(facts.lastModifiedTime(), facts.size()) : GONE;
            } catch (IOException e) {
                return GONE;
            }
        }

        /// A record's own `equals` takes 10 ms when it is first called, at start, because Java then generates its code.
        boolean is(Stamp other) { return modified.equals(other.modified) && size == other.size; }
    }

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1), BEING_WRITTEN = Duration.ofMillis(50);
    /// What only a new start can change, because it is in use.
    private static final Set<String> AT_START = Set.of("PORT", "CONSOLE_LOG_LEVEL", "FILE_LOG_LEVEL", "LOG_REQUEST_BODY",
        "LOG_RESPONSE_BODY", "MAX_CONCURRENT_REQUESTS", "SHUTDOWN_TIMEOUT", "SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS");

    private final Source source;
    private final InstantSource clock;
    private final Consumer<String> info, warning;
    private final ReentrantLock looking = new ReentrantLock();
    private volatile Routes routes;
    private volatile Instant next = Instant.MIN;
    private Stamp seen;
    private Map<String, String> written;

    /// `routes` are those of the file as it is now; the consumers tell the user what has become of a change.
    public Reload(Source source, Routes routes, InstantSource clock, Consumer<String> info, Consumer<String> warning) {
        this.source = source;
        this.routes = routes;
        this.clock = clock;
        this.info = info;
        this.warning = warning;
        this.seen = Stamp.of(source.file());
        this.written = Config.fileSettings(source.file());
    }

    @Override public Routes get() {
        if (clock.instant().isBefore(next) || !looking.tryLock()) return routes;
        try {
            next = clock.instant().plus(BETWEEN_LOOKS);
            look();
        } finally {
            looking.unlock();
        }
        return routes;
    }

    private void look() {
        var stamp = Stamp.of(source.file());
        if (stamp.is(seen)) return;
        var age = Duration.between(stamp.modified().toInstant(), clock.instant());
        if (age.abs().compareTo(BEING_WRITTEN) < 0) return;   // an editor may not have written all of it; the next look will do
        seen = stamp;
        if (stamp.is(Stamp.GONE)) warning.accept(source.file() + " is gone; the settings stay as they were until it is back");
        else reread();
    }

    private void reread() {
        try {
            var config = source.read().apply(routes.config());
            var fresh = routes.with(config, Detection.of(config).slot());
            var complaints = new ArrayList<>(fresh.complaints());
            complaints.removeAll(routes.complaints());
            if (!complaints.isEmpty()) throw new Config.Wrong(String.join("; ", complaints));
            source.check().accept(fresh);
            adopt(fresh);
        } catch (Config.Wrong | ApiError e) {
            warning.accept(source.file() + " has changed, but cannot be used: " + e.getMessage() + ". The settings stay as they were");
        }
    }

    private static boolean isOfStart(String name) {
        return AT_START.contains(name) || name.startsWith("FREECC_") || name.endsWith("_PROXY");
    }

    /// Names what has changed, and never a value: it may be a key.
    private void adopt(Routes fresh) {
        var before = routes.config();
        var now = Config.fileSettings(source.file());
        var edited = Stream.concat(written.keySet().stream(), now.keySet().stream()).distinct().sorted()
            .filter(name -> !written.getOrDefault(name, "").equals(now.getOrDefault(name, ""))).toList();
        written = now;
        if (edited.isEmpty()) return;
        var changed = edited.stream().filter(name -> !before.get(name).equals(fresh.config().get(name))).toList();
        var said = new ArrayList<String>();
        edited.stream().filter(name -> !changed.contains(name)).map(name -> name + " stays as the environment sets it").forEach(said::add);
        changed.stream().filter(Reload::isOfStart).map(name -> name + " takes effect at the next start").forEach(said::add);
        var names = changed.stream().filter(name -> !isOfStart(name)).collect(Collectors.joining(", "));
        if (!names.isEmpty()) said.addFirst(names + " changed");
        info.accept(source.file() + " was read again: " + String.join("; ", said));
        Misspelled.complaints(fresh.config()).stream().filter(line -> edited.stream().anyMatch(name -> line.startsWith(name + " ")))
            .forEach(warning);
        routes = fresh;
    }
}
