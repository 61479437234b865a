package lib.subscription;

import module java.base;

import lib.config.*;
import lib.json.*;
import lib.wire.*;

/// The user's logins, one for each provider, in a file that only its owner may read. It is in the state folder and not beside
/// the settings, because FreeCC renews it, and people copy and share settings.
public final class Logins {
    private static final ReentrantLock HERE = new ReentrantLock();   // a file's lock works between processes, not between threads

    private final Path file;
    private final Secrets secrets;

    public Logins(Config config) {
        this.file = config.stateFolder().resolve("logins.json");
        this.secrets = config.secrets();
    }

    /// Empty if the user has not signed in there.
    public JsonObject of(String provider) {
        var login = Json.at(all(), provider);
        for (var key : Json.keys(login)) secrets.learn(Json.text(login, key));
        return login;
    }

    /// Whether the user has signed in. A file that cannot be read is reported when a login is needed.
    public boolean has(String provider) {
        try {
            return !of(provider).isEmpty();
        } catch (ApiError e) {
            return false;
        }
    }

    public void save(String provider, JsonObject login) { changed(provider, _ -> login); }

    /// False if there was no login.
    public boolean forget(String provider) {
        var known = !of(provider).isEmpty();
        if (known) save(provider, new JsonObject());
        return known;
    }

    /// Changes a login while no other process can: if two renew it, the second finds the new tokens of the first.
    /// It has its own thread, because a renewal invalidates the old tokens and must finish even if the client has left.
    JsonObject changed(String provider, UnaryOperator<JsonObject> change) {
        var changing = new FutureTask<>(() -> locked(provider, change));
        Thread.ofVirtual().start(changing);
        try {
            return changing.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ApiError error) throw error;
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiError.cutOff(e);
        }
    }

    private JsonObject locked(String provider, UnaryOperator<JsonObject> change) {
        HERE.lock();
        try {
            OwnerOnly.folder(file.getParent());
            var options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            var lockFile = file.resolveSibling("logins.lock");
            try (var channel = FileChannel.open(lockFile, options, OwnerOnly.file()); var _ = channel.lock()) {
                var before = of(provider);
                var after = change.apply(before);
                if (!after.equals(before)) write(provider, after);
                return of(provider);
            }
        } catch (IOException e) {
            throw ApiError.invalid("cannot write the login file " + file + " (" + e + "); check the owner of its folder");
        } finally {
            HERE.unlock();
        }
    }

    private JsonObject all() {
        try {
            return Files.exists(file) ? Json.objectIn(Files.readString(file)) : new JsonObject();
        } catch (IOException e) {
            throw ApiError.invalid("cannot read the login file " + file + " (" + e + "); check its owner, or delete it and sign in again");
        }
    }

    /// Atomic, and never readable by others.
    private void write(String provider, JsonObject login) throws IOException {
        var all = all();
        if (login.isEmpty()) Json.drop(all, provider);
        else Json.put(all, provider, login);
        var fresh = Files.createTempFile(file.getParent(), "logins", ".new", OwnerOnly.file());
        try {
            Files.write(fresh, Json.bytes(all));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}
