package lib.cloud.oracle;

import module java.base;

import lib.access.*;
import lib.config.*;
import lib.wire.*;

/// A user of Oracle Cloud: from variables, or from a profile in the file that `oci setup config` and
/// `oci session authenticate` write.
/// https://docs.oracle.com/en-us/iaas/Content/API/Concepts/sdkconfig.htm
record OciProfile(String region, String tenancy, String user, String fingerprint, String key, String keyFile, String tokenFile) {
    static final String HOW = "OCI_TENANCY, OCI_USER, OCI_FINGERPRINT and OCI_KEY_FILE, or run `oci setup config`";
    private static final String USUAL = "DEFAULT";

    static OciProfile of(Config config) {
        var file = config.get("OCI_CLI_CONFIG_FILE", "~/.oci/config");
        var hasKey = !(config.get("OCI_KEY") + config.get("OCI_KEY_FILE")).isEmpty();
        var read = hasKey ? Map.<String, String>of() : read(path(file, config), config.get("OCI_CLI_PROFILE"));
        var keyFile = config.get("OCI_KEY_FILE", read.getOrDefault("key_file", ""));
        return new OciProfile(config.get("OCI_REGION", read.getOrDefault("region", "")),
            config.get("OCI_TENANCY", read.getOrDefault("tenancy", "")), config.get("OCI_USER", read.getOrDefault("user", "")),
            config.get("OCI_FINGERPRINT", read.getOrDefault("fingerprint", "")),
            config.get("OCI_KEY"), keyFile.isEmpty() ? "" : path(keyFile, config).toString(),
            read.containsKey("security_token_file") ? path(read.get("security_token_file"), config).toString() : "");
    }

    private static Path path(String text, Config config) {
        return Path.of(text.startsWith("~/") ? config.home() + text.substring(1) : text);
    }

    /// The profile's settings, and the default profile's for those it lacks.
    private static Map<String, String> read(Path file, String profile) {
        var values = new HashMap<String, String>();
        if (!Files.isRegularFile(file)) return values;
        var own = new HashMap<String, String>();
        var section = "";
        try {
            for (var line : Files.readAllLines(file)) {
                var equals = line.indexOf('=');
                if (line.strip().startsWith("[")) section = line.strip().replaceAll("[\\[\\]]", "");
                else if (equals > 0 && (section.equals(USUAL) || section.equals(profile)))
                    (section.equals(USUAL) ? values : own).put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
            }
        } catch (IOException e) {
            throw ApiError.invalid("cannot read OCI's file " + file.getFileName() + "; set " + HOW);
        }
        values.putAll(own);
        return values;
    }

    boolean isWhole() {
        return !tenancy.isEmpty() && !(key + keyFile).isEmpty() && (!user.isEmpty() && !fingerprint.isEmpty() || !tokenFile.isEmpty());
    }

    RSAPrivateCrtKey privateKey() { return key.isEmpty() ? Pem.inFile(keyFile, "OCI_KEY_FILE") : Pem.key(key, "OCI_KEY"); }

    /// What identifies the signing key. The token of a session is renewed in its file.
    String keyId() {
        if (tokenFile.isEmpty()) return tenancy + "/" + user + "/" + fingerprint;
        try {
            return "ST$" + Files.readString(Path.of(tokenFile)).strip();
        } catch (IOException e) {
            throw ApiError.invalid("cannot read the session token: run `oci session authenticate`");
        }
    }

    /// The record may hold a secret, so it does not print itself.
    @Override public String toString() { return "a profile of " + tenancy; }
}
