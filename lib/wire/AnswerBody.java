package lib.wire;

import module java.base;

/// The body of a provider's answer: inflated if it came as gzip, which some send unasked, and no longer than its bound.
final class AnswerBody extends InputStream {
    private static final class Inflating extends GZIPInputStream {
        Inflating(InputStream in) throws IOException { super(in); }

        /// The JDK's says 1 until the end, so that nobody could tell when to wait.
        @Override public int available() throws IOException { return inf.getRemaining() > 0 ? 1 : Math.min(in.available(), 1); }
    }

    private final InputStream raw;
    private final boolean compressed;
    private Optional<InputStream> opened = Optional.empty();
    private long taken;

    AnswerBody(InputStream raw, String encoding) {
        this.raw = raw;
        this.compressed = List.of("gzip", "x-gzip").contains(encoding.strip().toLowerCase(Locale.ROOT));
        if (!compressed && !List.of("", "identity").contains(encoding.strip().toLowerCase(Locale.ROOT)))
            throw new ApiError(502, "the provider compressed its answer as '" + encoding + "', which FreeCC cannot read");
    }

    /// Opened by the first read, which waits for the first bytes.
    private InputStream in() throws IOException {
        if (opened.isEmpty()) opened = Optional.of(compressed ? new Inflating(raw) : raw);
        return opened.get();
    }

    @Override public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override public int read(byte[] into, int from, int most) throws IOException {
        var n = in().read(into, from, most);
        taken += Math.max(n, 0);
        if (taken > Bounds.REPLY) throw Bounds.exceeded("an answer", Bounds.REPLY);
        return n;
    }

    @Override public int available() throws IOException { return opened.orElse(raw).available(); }

    @Override public void close() throws IOException { raw.close(); }
}
