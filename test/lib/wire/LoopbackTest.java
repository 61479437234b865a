package lib.wire;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Which addresses are this machine's own: there keys are not needed, and no proxy is asked.
class LoopbackTest {
    @ParameterizedTest @ValueSource(strings = {"http://localhost:11434", "http://LOCALHOST/v1", "http://127.0.0.1:8080/v1", "https://127.8.0.1", "http://[::1]:80/", "http://127.0.0.1:8000/v2/models/{model}"})
    void ours(String url) { assertTrue(Loopback.isUrl(url)); }

    @ParameterizedTest @ValueSource(strings = {"http://127.example.com/v1", "http://localhost.example.com", "http://192.168.0.1", "http://[::2]", "http://0.0.0.0", "echo:demo"})
    void theirs(String url) { assertFalse(Loopback.isUrl(url)); }
}
