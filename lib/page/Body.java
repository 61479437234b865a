package lib.page;

import module java.base;

import lib.json.*;
import lib.route.*;
import lib.wire.*;

/// What one request and its reply said, in the order in which it passed.
public final class Body {
    /// A piece with its time, in milliseconds since the request came; `name` is an event's name or a URL.
    private record Piece(long ms, String name, byte[] text) {
        String read() { return new String(text, StandardCharsets.UTF_8); }
    }

    private final Bodies bodies;
    private final String id;
    private final long started = System.nanoTime();
    private final List<Piece> asks = new ArrayList<>(), frames = new ArrayList<>(), reply = new ArrayList<>();   // guarded by `bodies`
    private byte[] request = new byte[0];
    private String conversation = "";
    private long size;
    private boolean cut;

    Body(Bodies bodies, String id) {
        this.bodies = bodies;
        this.id = id;
    }

    String id() { return id; }

    long size() { return size; }

    /// Whether it is another turn of the same conversation.
    boolean follows(Body before) { return !conversation.isEmpty() && conversation.equals(before.conversation); }

    /// The client's request, as it came.
    public void request(Request from) {
        synchronized (bodies) {
            bodies.begin(this);
            if (!from.session().isEmpty()) conversation = from.session() + " " + from.agent() + " " + Role.of(from);
            if (bodies.keepsRequests() && fits(from.bytes().length)) request = from.bytes();
        }
    }

    /// What a provider is asked.
    public void asked(Ask ask) {
        if (bodies.keepsRequests()) keep(asks, ask.url().toString(), ask.body());
    }

    /// A message of the provider's stream.
    public void heard(Frame frame) {
        if (bodies.keepsResponses()) keep(frames, frame.event(), frame.bytes());
    }

    /// The whole reply, or a piece of it, as the client gets it.
    public void sent(byte[] text) {
        if (bodies.keepsResponses()) keep(reply, "", text);
    }

    private void keep(List<Piece> pieces, String name, byte[] text) {
        synchronized (bodies) {
            if (fits(text.length + name.length())) pieces.add(new Piece((System.nanoTime() - started) / 1_000_000, name, text));
        }
    }

    private boolean fits(long bytes) {
        if (!bodies.takes(this, bytes)) {
            cut = true;
            return false;
        }
        size += bytes;
        return true;
    }

    /// The way to the client, which is kept as it passes.
    public OutputStream tapped(OutputStream client) {
        return !bodies.keepsResponses() ? client : new FilterOutputStream(client) {
            @Override public void write(byte[] bytes, int from, int length) throws IOException {
                out.write(bytes, from, length);
                sent(Arrays.copyOfRange(bytes, from, from + length));
            }
        };
    }

    JsonObject json(UnaryOperator<String> redacting) {
        return Json.object("id", id, "request", request.length == 0 ? null : redacting.apply(new String(request, StandardCharsets.UTF_8)),
            "asks", Json.arrayOf(pieces(asks, "url", "body", redacting)),
            "frames", Json.arrayOf(pieces(frames, "event", "data", redacting)),
            "reply", Json.arrayOf(pieces(whole(reply, redacting), "name", "text", redacting)), "cut", cut);
    }

    private static List<JsonObject> pieces(List<Piece> of, String name, String text, UnaryOperator<String> redacting) {
        return of.stream().map(piece -> Json.object("ms", piece.ms, name, redacting.apply(piece.name), text, redacting.apply(piece.read())))
            .toList();
    }

    /// In one piece if a secret may be in two.
    private static List<Piece> whole(List<Piece> of, UnaryOperator<String> redacting) {
        var all = of.stream().map(Piece::read).collect(Collectors.joining());
        return redacting.apply(all).equals(all) ? of : List.of(new Piece(of.getFirst().ms, "", all.getBytes(StandardCharsets.UTF_8)));
    }
}
