package lib.access;

import module java.base;

import lib.wire.*;

/// Reads a private RSA key in PEM format: PKCS#8, or the older PKCS#1, which Java reads only inside PKCS#8.
/// https://www.rfc-editor.org/rfc/rfc7468 , https://www.rfc-editor.org/rfc/rfc8017#appendix-A.1.2
public final class Pem {
    private static final Pattern KEY = Pattern.compile("-----BEGIN (RSA )?PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END");
    /// Version 0, and RSA's algorithm identifier.
    private static final byte[] HEAD = HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

    private Pem() {}

    public static RSAPrivateCrtKey inFile(String file, String variable) {
        try {
            return key(Files.readString(Path.of(file)), variable);
        } catch (IOException e) {
            throw ApiError.invalid("cannot read " + variable + "=" + file);
        }
    }

    /// Line ends may be written as `\n`, as in a variable.
    public static RSAPrivateCrtKey key(String pem, String variable) {
        var found = KEY.matcher(pem.replace("\\n", "\n"));
        if (!found.find()) throw ApiError.invalid(variable + " does not hold an unencrypted private key in PEM format"
            + (pem.contains("ENCRYPTED") ? ": decrypt it with `openssl pkcs8 -topk8 -nocrypt`" : ""));
        try {
            var bytes = Base64.getMimeDecoder().decode(found.group(2));
            var spec = new PKCS8EncodedKeySpec(found.group(1) == null ? bytes : wrapped(bytes));
            return (RSAPrivateCrtKey) KeyFactory.getInstance("RSA").generatePrivate(spec);
        } catch (GeneralSecurityException | IllegalArgumentException | ClassCastException e) {
            throw ApiError.invalid(variable + " holds a private key that is not an RSA key");
        }
    }

    private static byte[] wrapped(byte[] pkcs1) {
        var inner = new ByteArrayOutputStream();
        inner.writeBytes(HEAD);
        inner.writeBytes(tagged(0x04, pkcs1));
        return tagged(0x30, inner.toByteArray());
    }

    /// For content of more than 255 bytes, as in every RSA key today.
    private static byte[] tagged(int tag, byte[] content) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(new byte[]{(byte) tag, (byte) 0x82, (byte) (content.length >> 8), (byte) content.length});
        out.writeBytes(content);
        return out.toByteArray();
    }
}
