package lib.dialect;

import java.net.URI;

/// The answer lies at another address, or will lie there: it is to be fetched from it.
public final class Follow extends RuntimeException {
    private final URI address;

    Follow(String address) {
        super(address, null, false, false);
        this.address = URI.create(address);
    }

    public URI address() { return address; }
}
