package lib.message;

import module java.base;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import lib.json.*;

import static org.junit.jupiter.api.Assertions.assertEquals;

/// Which addresses a rule covers.
class DomainsTest {
    @ParameterizedTest @CsvSource({
        "example.com, https://example.com, true",
        "example.com, https://docs.example.com/a?b=c, true",
        "example.com, https://example.com:8443/a, true",
        "example.com, https://EXAMPLE.com/, true",
        "https://example.com/, http://www.example.com/a, true",
        "example.com, https://notexample.com, false",
        "example.com, https://example.com.evil.example, false",
        "example.com, https://evil.example/?u=https://example.com, false",
        "example.com, https://example.com@evil.example/, false",
        "docs.example.com, https://example.com, false",
        "example.com/blog, https://example.com/blog, true",
        "example.com/blog, https://www.example.com/blog/1, true",
        "example.com/blog, https://example.com/blogging, false",
        "example.com/blog, https://example.com/, false",
        "example.com/*/news, https://example.com/de/news/1, true",
        "example.com/*/news, https://example.com/news, false",
        "example.com/a*, https://example.com/abc, true"})
    void covers(String rule, String url, boolean covered) {
        assertEquals(covered, Domains.of(Json.object("allowed_domains", Json.array(rule))).allow(url));
        assertEquals(!covered, Domains.of(Json.object("blocked_domains", Json.array(rule))).allow(url));
    }
}
