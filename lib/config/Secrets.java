package lib.config;

import module java.base;

import lib.json.*;

/// What no log may show: the keys in the settings of one run, and the tokens that it has fetched or read since.
public final class Secrets {
    private static final int SHORTEST = 8;   // a shorter one would mask half a text
    private static final Pattern NAME = Pattern.compile("^.*(KEY|TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|CREDENTIALS|_PAT$|_JWT$).*");
    private static final Pattern USER = Pattern.compile("^\\w[\\w+.-]*://([^/?#\\s]*)@.*"),
        PARAMETER = Pattern.compile("[?&]([^=&#]+)=([^&#\\s]+)");

    private final Set<String> known = new ConcurrentSkipListSet<>(Secrets::longestFirst);

    /// What a setting holds: all of it if it is named like a secret, and the password in a URL under any name.
    void learn(String name, String value) {
        if (isSecret(name)) {
            learn(value);
            KeyList.of(value).forEach(this::learn);
        }
        var user = USER.matcher(value);
        if (user.matches()) learnUrl(user.group(1).substring(user.group(1).indexOf(':') + 1));
        for (var found = PARAMETER.matcher(value); value.contains("://") && found.find(); )
            if (isSecret(found.group(1))) learnUrl(found.group(2));
    }

    private static int longestFirst(String one, String other) {
        return one.length() == other.length() ? one.compareTo(other) : Integer.compare(other.length(), one.length());
    }

    private static boolean isSecret(String name) { return NAME.matcher(name.toUpperCase(Locale.ROOT)).matches(); }

    private void learnUrl(String encoded) {
        learn(encoded);
        try {
            learn(URLDecoder.decode(encoded, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return;   // not encoded
        }
    }

    /// The secret, the secrets inside it if it is a JSON text, and the lines of a private key: in every form in which
    /// a header, a URL or an error may show them.
    public void learn(String given) {
        var secret = given.strip();
        if (secret.length() < SHORTEST || known.contains(secret)) return;
        known.add(secret);
        known.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
        known.add(URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("+", "%20"));
        var quoted = new Utf8(secret.length()).quoted(secret).toString();
        known.add(quoted.substring(1, quoted.length() - 1));
        for (var before = 0; before < 3; before++) {
            var base64 = base64(secret, before);
            known.add(base64);
            known.add(base64.replace('+', '-').replace('/', '_'));
        }
        if (secret.startsWith("{")) learnInside(Json.objectIn(secret));
        if (secret.lines().count() > 1) secret.lines().filter(line -> !line.startsWith("-----")).forEach(this::learn);
    }

    private void learnInside(JsonElement json) {
        if (json instanceof JsonArray list) Json.list(list).forEach(this::learnInside);
        if (json instanceof JsonObject object) for (var name : Json.keys(object)) {
            learnInside(Json.find(object, name));
            var value = Json.text(object, name);
            if (isSecret(name) && !value.startsWith("http")) learn(value);   // `token_uri` is an address
        }
    }

    /// What the secret's bytes are in base64 whatever is around them, such as `user:` in front in a Basic header, if so many
    /// bytes come before them in their group of three. A letter that is made of a neighbour's bits, too, is left out.
    private static String base64(String secret, int before) {
        var bytes = secret.getBytes(StandardCharsets.UTF_8);
        var shifted = ByteBuffer.allocate(before + bytes.length).put(before, bytes).array();
        return Base64.getEncoder().encodeToString(shifted).substring((before * 8 + 5) / 6, shifted.length * 8 / 6);
    }

    /// The text with stars in their places; the longest first, because one may be a part of another.
    public String masked(String text) {
        var masked = text;
        for (var secret : known) masked = masked.replace(secret, "***");
        return masked;
    }
}
