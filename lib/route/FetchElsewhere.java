package lib.route;

import module java.base;

import lib.wire.*;

/// The provider's answer is, or will be, at another URL.
public final class FetchElsewhere extends RuntimeException {
    private final URI address;

    public FetchElsewhere(String address) {
        super(address, null, false, false);
        try {
            this.address = new URI(address);
        } catch (URISyntaxException e) {
            throw new ApiError(500, "the provider returned an invalid follow-up URL");
        }
    }

    public URI address() { return address; }
}
