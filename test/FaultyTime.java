import lib.server.Timing;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// A time that passes only while the provider is silent: it has sent all that it will send, and the client has got the text. Then
/// every beat is over at once.
final class FaultyTime implements Timing.Ticker {
    private final FaultyProvider provider;
    private final AtomicLong passed = new AtomicLong();
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

    FaultyTime(FaultyProvider provider) {
        this.provider = provider;
        provider.heard(this::text);
    }

    @Override public long nanos() { return passed.get(); }

    @Override public void sleep(Duration time) throws InterruptedException {
        do Thread.sleep(1); while (!provider.isSilent() || !text().startsWith(provider.sent()));
        passed.addAndGet(time.toNanos());
    }

    private String heard() { return heard.toString(StandardCharsets.UTF_8); }

    private String text() { return FaultyView.text(heard()); }

    /// The client's body, which can be looked at while it comes.
    HttpResponse.BodyHandler<String> body() {
        return _ -> HttpResponse.BodySubscribers.mapping(
            HttpResponse.BodySubscribers.ofByteArrayConsumer(piece -> piece.ifPresent(heard::writeBytes)), _ -> heard());
    }
}
