package lib.access;

import module java.base;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

import lib.wire.*;

/// Reads private keys and certificates in PEM format. A key may be PKCS#8, or of the older forms PKCS#1 (RSA) and SEC 1 (EC),
/// which Java reads only inside PKCS#8.
/// https://www.rfc-editor.org/rfc/rfc7468 , https://www.rfc-editor.org/rfc/rfc8017#appendix-A.1.2 , https://www.rfc-editor.org/rfc/rfc5915
public final class Pem {
    private static final Pattern KEY = Pattern.compile("-----BEGIN (RSA |EC )?PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END"),
        CERTIFICATE = Pattern.compile("-----BEGIN (?:X509 )?CERTIFICATE-----([A-Za-z0-9+/=\\s]+)-----END");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");
    private static final byte[] VERSION = HexFormat.of().parseHex("020100");
    /// RSA's algorithm identifier, and the object identifier of EC, after which the curve's follows.
    private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500"),
        EC = HexFormat.of().parseHex("06072a8648ce3d0201");
    private static final int SEQUENCE = 0x30, OCTETS = 0x04, PARAMETERS = 0xA0;

    private Pem() {}

    public static RSAPrivateCrtKey inFile(String file, String variable) { return key(read(file, variable), variable); }

    /// The text of the file that the variable names.
    public static String read(String file, String variable) {
        try {
            return Files.readString(Path.of(file), StandardCharsets.ISO_8859_1);   // comments may be in any encoding
        } catch (IOException | InvalidPathException e) {
            throw ApiError.invalid("cannot read " + variable + "=" + file);
        }
    }

    /// Line ends may be written as `\n`, as in a variable.
    public static RSAPrivateCrtKey key(String pem, String variable) {
        if (privateKey(pem, variable) instanceof RSAPrivateCrtKey key) return key;
        throw ApiError.invalid(variable + " holds a private key that is not an RSA key; use an RSA key");
    }

    /// A key of any kind that TLS uses.
    public static PrivateKey privateKey(String pem, String variable) {
        var found = KEY.matcher(pem.replace("\\n", "\n"));
        if (!found.find()) throw ApiError.invalid(variable + " does not hold an unencrypted private key in PEM format"
            + (pem.contains("ENCRYPTED") ? ": decrypt it with `openssl pkcs8 -topk8 -nocrypt`" : ""));
        try {
            var bytes = Base64.getMimeDecoder().decode(found.group(2));
            var spec = new PKCS8EncodedKeySpec(switch (String.valueOf(found.group(1))) {
                case "RSA " -> wrapped(RSA, bytes);
                case "EC " -> wrapped(tagged(SEQUENCE, EC, curve(bytes)), bytes);
                default -> bytes;
            });
            for (var algorithm : ALGORITHMS) try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException e) {
                continue;   // a key of another kind
            }
        } catch (GeneralSecurityException | IllegalArgumentException | BufferUnderflowException e) {
            throw ApiError.invalid(variable + " holds a private key that cannot be read; export it again, unencrypted and in PEM format");
        }
        throw ApiError.invalid(variable + " holds a private key of a kind that FreeCC does not know; use an RSA or EC key");
    }

    /// All certificates in the text, whatever is between them.
    public static List<X509Certificate> certificates(String pem, String variable) {
        var all = new ArrayList<X509Certificate>();
        try {
            var factory = CertificateFactory.getInstance("X.509");
            for (var found = CERTIFICATE.matcher(pem); found.find(); ) {
                var bytes = Base64.getMimeDecoder().decode(found.group(1));
                all.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(bytes)));
            }
        } catch (CertificateException | IllegalArgumentException e) {
            throw ApiError.invalid(variable + " names a file with a certificate that cannot be read; export it again in PEM format");
        }
        if (all.isEmpty()) throw ApiError.invalid(variable + " names a file without a certificate in PEM format");
        return all;
    }

    private static byte[] wrapped(byte[] algorithm, byte[] key) { return tagged(SEQUENCE, VERSION, algorithm, tagged(OCTETS, key)); }

    /// The object identifier of the curve, which SEC 1 keeps in a field after the key.
    private static byte[] curve(byte[] sec1) {
        var in = ByteBuffer.wrap(sec1);
        content(in, in.get());
        while (true) {
            var tag = in.get();
            var content = content(in, tag);
            if ((tag & 0xFF) == PARAMETERS) return content;
        }
    }

    /// The content of the field that begins here. A sequence is entered, any other is passed over.
    private static byte[] content(ByteBuffer in, byte tag) {
        var length = length(in);
        if (tag == SEQUENCE) return new byte[0];
        if (length < 0 || length > in.remaining()) throw new BufferUnderflowException();
        var content = new byte[length];
        in.get(content);
        return content;
    }

    /// Short, or with the number of the bytes that it takes before it.
    private static int length(ByteBuffer in) {
        var first = in.get() & 0xFF;
        if (first <= 0x7F) return first;
        var length = 0;
        for (var i = 0x80; i < first; i++) length = length << 8 | in.get() & 0xFF;
        return length;
    }

    private static byte[] tagged(int tag, byte[]... parts) {
        var content = new ByteArrayOutputStream();
        for (var part : parts) content.writeBytes(part);
        var out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.size() > 0x7F) out.writeBytes(new byte[]{(byte) 0x82, (byte) (content.size() >> 8)});
        out.write(content.size());
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }
}
