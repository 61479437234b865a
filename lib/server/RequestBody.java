package lib.server;

import module java.base;
import com.sun.net.httpserver.HttpExchange;

import lib.json.*;
import lib.wire.*;

/// Reads a request's body, inflates it if it came as gzip, and takes no more than fits. The codes of its refusals are
/// Anthropic's: @anthropic-ai/sdk 1.14.0, resources/shared.d.ts ; 2026-11.
final class RequestBody {
    private static final int LARGEST = Bounds.REQUEST;

    private RequestBody() {}

    static byte[] of(HttpExchange exchange, Admission admission) throws IOException {
        try (var place = admission.place(length(exchange))) {
            var body = decoded(exchange);
            place.take(body.length);
            return body;
        }
    }

    /// As the client says, or 0 if it does not know.
    private static long length(HttpExchange exchange) {
        var given = String.join("", exchange.getRequestHeaders().getOrDefault("content-length", List.of()));
        return given.matches("\\d{1,10}") ? Math.min(Long.parseLong(given), LARGEST) : 0;
    }

    private static byte[] decoded(HttpExchange exchange) throws IOException {
        var in = exchange.getRequestBody();
        var encoding = String.join(",", exchange.getRequestHeaders().getOrDefault("content-encoding", List.of())).strip();
        var expected = length(exchange);
        var body = expected > 0 && expected < LARGEST ? whole(in, (int) expected) : in.readNBytes(LARGEST + 1);
        if (body.length > LARGEST) throw new ApiError(413, "the request is larger than " + LARGEST / 1024 / 1024 + " MiB");
        return switch (encoding.toLowerCase(Locale.ROOT)) {
            case "", "identity" -> body;
            case "gzip", "x-gzip" -> inflated(body);
            default -> throw coded(415, "unsupported content-encoding '" + encoding + "'; send the request body as gzip or uncompressed",
                "request_body_encoding_unsupported");
        };
    }

    /// A stream of unknown length is read in pieces, which are then copied together.
    private static byte[] whole(InputStream in, int length) throws IOException {
        var body = new byte[length];
        var read = in.readNBytes(body, 0, length);
        return read == length ? body : Arrays.copyOf(body, read);
    }

    private static byte[] inflated(byte[] body) throws IOException {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            var inflated = in.readNBytes(LARGEST + 1);
            if (inflated.length <= LARGEST) return inflated;
        } catch (ZipException | EOFException e) {
            throw coded(400, "the request body is not valid gzip, although its content-encoding says so", "request_body_encoding_invalid");
        }
        throw coded(413, "the request is larger than " + LARGEST / 1024 / 1024 + " MiB when decompressed",
            "request_body_too_large_after_decoding");
    }

    private static ApiError coded(int status, String message, String code) {
        return ApiError.coded(status, message, Json.object("error_code", code));
    }
}
