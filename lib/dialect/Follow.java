package lib.dialect;

import java.net.URI;

/// The answer lies at another address, which this one names: to be fetched there, perhaps only after a moment.
public final class Follow extends RuntimeException {
    private final URI address;
    private final boolean later;

    Follow(String address, boolean later) {
        super(address, null, false, false);
        this.address = URI.create(address);
        this.later = later;
    }

    public URI address() { return address; }

    public boolean later() { return later; }
}
