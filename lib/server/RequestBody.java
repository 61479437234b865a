package lib.server;

import module java.base;
import com.sun.net.httpserver.HttpExchange;

import lib.wire.*;

/// Reads a request's body, inflates it if it came as gzip, and takes no more than fits. The codes of its refusals are
/// Anthropic's: @anthropic-ai/sdk 1.14.0, resources/shared.d.ts ; 2026-11.
final class RequestBody {
    private static final int LARGEST = 64 * 1024 * 1024;

    private RequestBody() {}

    static byte[] of(HttpExchange exchange) throws IOException {
        var in = exchange.getRequestBody();
        var encoding = String.join(",", exchange.getRequestHeaders().getOrDefault("content-encoding", List.of())).strip();
        var body = in.readNBytes(LARGEST + 1);
        in.skip(Long.MAX_VALUE);   // else the client sees a reset in place of a refusal
        if (body.length > LARGEST) throw new ApiError(413, "the request is larger than " + LARGEST / 1024 / 1024 + " MiB");
        return switch (encoding.toLowerCase(Locale.ROOT)) {
            case "", "identity" -> body;
            case "gzip", "x-gzip" -> inflated(body);
            default -> throw coded(415, "unsupported content-encoding '" + encoding + "'; send the request body as gzip or uncompressed",
                "request_body_encoding_unsupported");
        };
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
