package lib.route;

import module java.base;

import lib.wire.*;

/// The answer lies at another address, or will lie there: it is to be fetched from it.
public final class FetchElsewhere extends RuntimeException {
    private final URI address;

    public FetchElsewhere(String address) {
        super(address, null, false, false);
        try {
            this.address = new URI(address);
        } catch (URISyntaxException e) {
            throw new ApiError(500, "the provider says that its answer lies at what is no address");
        }
    }

    public URI address() { return address; }
}
