package lib.wire;

import module java.base;
import java.net.Proxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Which proxy a request takes.
class ProxiesTest {
    @ParameterizedTest @CsvSource(delimiter = '|', value = {
        "https://api.example/v1     | HTTPS_PROXY=http://proxy:3128                            | proxy:3128",
        "https://api.example/v1     | https_proxy=proxy:3128                                   | proxy:3128",
        "http://api.example/v1      | HTTPS_PROXY=http://proxy:3128                            | DIRECT",
        "http://api.example/v1      | ALL_PROXY=http://proxy:3128                              | proxy:3128",
        "http://127.0.0.1:8000/v1   | ALL_PROXY=http://proxy:3128                              | DIRECT",
        "http://localhost:8000/v1   | ALL_PROXY=http://proxy:3128                              | DIRECT",
        "https://llm.corp.example/  | HTTPS_PROXY=http://proxy:3128;NO_PROXY=.corp.example     | DIRECT",
        "https://llm.corp.example/  | HTTPS_PROXY=http://proxy:3128;NO_PROXY=a.b, corp.example | DIRECT",
        "https://notcorp.example/   | HTTPS_PROXY=http://proxy:3128;NO_PROXY=corp.example      | proxy:3128",
        "https://api.example/v1     | HTTPS_PROXY=http://proxy:3128;NO_PROXY=*                 | DIRECT",
        "https://api.example/v1     | NO_PROXY=x                                               | DIRECT"})
    void theVariablesThatEveryToolReads(String url, String settings, String proxy) {
        var values = new java.util.HashMap<String, String>();
        for (var setting : settings.split(";")) values.put(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
        var chosen = new Proxies(name -> Map.copyOf(values).getOrDefault(name, "")).select(URI.create(url)).getFirst();
        assertEquals(proxy, chosen == Proxy.NO_PROXY ? "DIRECT" : chosen.address().toString().replaceFirst("^([^/:]*)/.*:", "$1:").replace("/<unresolved>", ""));
    }

    @ParameterizedTest @CsvSource(delimiter = '|', value = {
        "HTTPS_PROXY=http://me:sesame#open@proxy:3128 | HTTPS_PROXY is not the URL",
        "https_proxy=http://me:sesame%open@proxy:3128 | https_proxy is not the URL",
        "HTTPS_PROXY=proxy:31280000                   | HTTPS_PROXY is not the URL",
        "HTTP_PROXY=http://proxy:port                 | HTTP_PROXY is not the URL",
        "ALL_PROXY=socks5://me:sesame@proxy:1080      | ALL_PROXY names a socks5 proxy",
        "HTTPS_PROXY=http://                          | HTTPS_PROXY is not the URL"})
    void anAddressThatCannotBeUsedIsReportedAtStartWithoutItsPassword(String setting, String complaint) {
        var name = setting.substring(0, setting.indexOf('='));
        var wrong = assertThrows(ApiError.class, () -> new Proxies(asked -> asked.equals(name) ? setting.substring(name.length() + 1) : ""));
        assertTrue(wrong.getMessage().startsWith(complaint) && !wrong.getMessage().contains("sesame"), wrong.getMessage());
    }

    /// As many have it whose proxy speaks both.
    @ParameterizedTest @CsvSource({"https://api.example/v1, proxy:3128"})
    void anotherKindOfProxyThatIsNotNeededIsNoFault(String url, String proxy) {
        var settings = java.util.Map.of("HTTPS_PROXY", "http://proxy:3128", "ALL_PROXY", "socks5://proxy:1080");
        var chosen = new Proxies(name -> settings.getOrDefault(name, "")).select(URI.create(url)).getFirst();
        assertEquals(proxy, chosen.address().toString().replace("/<unresolved>", ""));
    }

    @ParameterizedTest @CsvSource({"groq, own:8080", "together_ai, DIRECT", "openai, proxy:3128"})
    void aProvidersOwnProxyComesFirstAndExceptsNoHost(String provider, String proxy) {
        var settings = Map.of("HTTPS_PROXY", "proxy:3128", "NO_PROXY", "api.groq.example", "GROQ_PROXY", "http://own:8080");
        var proxies = new Proxies(name -> settings.getOrDefault(name, ""));
        var url = URI.create("https://api." + (provider.equals("openai") ? "openai" : "groq") + ".example/v1");
        var chosen = proxies.of(provider).orElse(proxies).select(url).getFirst();
        assertEquals(proxy, chosen == Proxy.NO_PROXY ? "DIRECT" : chosen.address().toString().replace("/<unresolved>", ""));
    }

    @Test void aProvidersOwnProxyThatCannotBeUsedIsRefusedByName() {
        var proxies = new Proxies(name -> name.equals("GROQ_PROXY") ? "socks5://me:sesame@proxy:1080" : "");
        assertEquals("GROQ_PROXY names a socks5 proxy, which FreeCC cannot use; set it to an HTTP proxy, http://host:port, such as a Privoxy that "
            + "forwards to yours", assertThrows(ApiError.class, () -> proxies.of("groq")).getMessage());
    }
}
