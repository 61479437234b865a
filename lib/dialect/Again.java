package lib.dialect;

/// A reply that chance may better: to be asked for once more, if nothing of it has been said yet.
public final class Again extends RuntimeException {
    public Again(String reason) { super(reason, null, false, false); }
}
