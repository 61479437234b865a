package lib.model;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import lib.json.*;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// A model is found under every name by which people call it, and never under one that only looks alike.
class CatalogueTest {
    private static final Catalogue CATALOGUE = Catalogue.shipped();

    @Test void theLinesOfTheFileAreWhatItSaysAsAWhole() {
        var shipped = ShippedModels.read();
        var whole = shipped.parsed();
        assertEquals(Json.text(whole, "date"), shipped.date());
        var rows = shipped.rows();
        assertEquals(List.copyOf(Json.keys(Json.at(whole, "providers"))), List.copyOf(rows.keySet()));
        var onWindows = new ShippedModels(shipped.text().replace("\n", "\r\n")).rows();
        rows.forEach((provider, models) -> {
            assertEquals(models.keySet(), onWindows.get(provider).keySet(), provider);
            var all = Json.at(whole, "providers", provider);
            assertEquals(List.copyOf(Json.keys(all)), List.copyOf(models.keySet()), provider);
            models.forEach((id, row) -> assertEquals(Json.write(Json.at(all, id)), Json.write(row.get()), id));
        });
    }

    @ParameterizedTest @CsvSource(delimiter = '|', textBlock = """
        # by its own name
        openai        | gpt-4.1                                      | 1047576 |  32768 | true
        OPENAI        | gpt-4.1                                      | 1047576 |  32768 | true
        openai        | GPT-4.1                                      | 1047576 |  32768 | true
        groq          | llama-3.3-70b-versatile                      |  131072 |  32768 | true
        gemini        | models/gemini-2.5-pro                        | 1048576 |  65536 | true
        openrouter    | openai/gpt-4.1                               | 1047576 |  32768 | true
        bedrock       | us.anthropic.claude-opus-4-5-20251101-v1:0   |  200000 |  64000 | true
        # where the catalogue has a path before it
        groq          | gpt-oss-120b                                 |  131072 |  65536 | true
        fireworks_ai  | accounts/fireworks/models/deepseek-v4p1-flash | 1000000 | 384000 | true
        fireworks_ai  | deepseek-v4p1-flash                          | 1000000 | 384000 | true
        fireworks_ai  | accounts/fireworks/models/kimi-k2p6          |  262144 | 262144 | true
        # dated, tagged, fine-tuned
        openai        | gpt-4.1-2025-04-14                           | 1047576 |  32768 | true
        openai        | gpt-4.1-mini-2025-04-14                      | 1047576 |  32768 | true
        openai        | ft:gpt-4.1:acme::abc123                      | 1047576 |  32768 | true
        openai        | gpt-4.1:any                                  | 1047576 |  32768 | true
        anthropic     | claude-haiku-4-5@20251001                    |  200000 |  64000 | true
        bedrock       | apac.anthropic.claude-opus-4-5-20251101-v1:0 |  200000 |  64000 | true
        # at a provider that the catalogue does not have, or does not have it
        acme          | llama-3.3-70b-versatile                      |  131072 |  32768 | true
        acme          | openai/gpt-4.1                               | 1047576 |  32768 | true
        acme          | us.anthropic.claude-opus-4-5-20251101-v1:0   |  200000 |  64000 | true
        vertex_ai     | claude-haiku-4-5@20251001                    |  200000 |  64000 | true
        hosted_vllm   | openai/gpt-oss:20b                           |  131072 |  65536 | true
        sap           | anthropic--claude-4.5-sonnet                 |  200000 |  64000 | true
        sap           | anthropic--claude-5-opus                     | 1000000 | 128000 | true
        databricks    | databricks-claude-haiku-4-5                  |  200000 |  64000 | true
        databricks    | system.ai.claude-haiku-4-5                   |  200000 |  64000 | true
        databricks    | databricks-gpt-oss-120b                      |  131072 |  65536 | true
        watsonx       | openai/gpt-oss-120b                          |  131072 |  65536 | true
        gigachat      | GigaChat-2-Max                               |  128000 |   8192 | true
        # a name that only begins alike is another model
        openai        | gpt-4.10                                     |  128000 |  16384 | false
        mistral       | mistral-large-5                              | 1048576 | 262144 | false
        databricks    | databricks-gpt-5-5                           |  272000 | 128000 | false
        # an older one, by its family
        anthropic     | claude-3-5-sonnet-20241022                   |  200000 |   8192 | false
        azure         | gpt-35-turbo                                 |   16385 |   4096 | false
        watsonx       | ibm/granite-4-h-small                        |  131072 |   8192 | false
        gigachat      | GigaChat-2                                   |  128000 |   8192 | false
        acme          | solo9                                        |  128000 |   8192 | false
        acme          | ''                                           |  128000 |   8192 | false
        """)
    void limits(String provider, String name, long context, long output, boolean known) {
        var model = CATALOGUE.model(provider, name);
        assertEquals(context + " " + output + " " + known, model.context() + " " + model.output() + " " + model.known());
        assertEquals(name, model.id());
    }

    @ParameterizedTest @CsvSource(delimiter = '|', textBlock = """
        # provider  | model                   | off  | low     | medium | high    | xhigh  | max
        openai      | gpt-4.1                 | ''   | ''      | ''     | ''      | ''     | ''
        openai      | gpt-5                   | minimal | low  | medium | high    | high   | high
        openai      | gpt-5.2                 | none | low     | medium | high    | xhigh  | xhigh
        openai      | gpt-6.1-sol             | low  | low     | medium | high    | xhigh  | max
        openai      | gpt-5-pro               | high | high    | high   | high    | high   | high
        azure       | o3                      | low  | low     | medium | high    | high   | high
        anthropic   | claude-opus-4-6         | ''   | low     | medium | high    | max    | max
        anthropic   | claude-sonnet-4-5       | ''   | ''      | ''     | ''      | ''     | ''
        gemini      | gemma-4-31b-it          | minimal | minimal | high | high   | high   | high
        deepseek    | deepseek-v4-pro         | ''   | high    | high   | high    | max    | max
        moonshot    | kimi-k3                 | low  | low     | high   | high    | max    | max
        moonshot    | kimi-k2.7-code          | ''   | ''      | ''     | ''      | ''     | ''
        groq        | qwen/qwen3.6-27b        | none | default | default | default | default | default
        openrouter  | deepseek/deepseek-v3.2  | none | low     | medium | high    | high   | high
        acme        | solo9                   | ''   | ''      | ''     | ''      | ''     | ''
        """)
    void levels(String provider, String name, String off, String low, String medium, String high, String xhigh, String max) {
        var model = CATALOGUE.model(provider, name);
        assertEquals(List.of(off, low, medium, high, xhigh, max),
            List.of("off", "low", "medium", "high", "xhigh", "max").stream().map(model::level).toList());
        assertEquals("", model.level("ultra"));
        assertEquals("", model.level(""));
    }

    @ParameterizedTest @CsvSource(delimiter = '|', textBlock = """
        # provider  | model              | reasons | can stop | has levels | images | temperature
        openai      | gpt-4.1            | false   | true     | false      | true   | true
        openai      | gpt-5.1            | true    | true     | true       | true   | true
        openai      | o3-mini            | true    | false    | true       | false  | true
        anthropic   | claude-sonnet-5    | true    | true     | true       | true   | false
        anthropic   | claude-sonnet-4-5  | true    | true     | false      | true   | true
        moonshot    | kimi-k2.7-code     | true    | false    | false      | true   | true
        groq        | gpt-oss-20b        | true    | false    | true       | false  | true
        gigachat    | GigaChat-2-Max     | false   | true     | false      | true   | true
        acme        | gpt-oss-9t         | true    | false    | true       | false  | true
        """)
    void facts(String provider, String name, boolean reasons, boolean canStop, boolean hasLevels, boolean images, boolean temperature) {
        var model = CATALOGUE.model(provider, name);
        assertEquals(List.of(reasons, canStop, hasLevels, images, temperature),
            List.of(model.reasons(), model.canStopReasoning(), model.hasLevels(), model.images(), model.temperature()));
    }

    @Test void answersStayWithinTheLimit() {
        var model = CATALOGUE.model("openai", "gpt-4.1");
        assertEquals(List.of(4096L, 32768L, 32768L), List.of(model.answer(4096), model.answer(64000), model.answer(0)));
    }

    @Test void aPriceIsThatOfTheProvider() {
        assertEquals(Price.of(2, 8, 0.5, 0), CATALOGUE.model("openai", "gpt-4.1-2025-04-14").price());
        assertEquals(Price.UNKNOWN, CATALOGUE.model("acme", "gpt-4.1").price());
    }

    @Test void aBareNameLeadsToItsProvidersMakersFirst() {
        var homes = CATALOGUE.providers("gpt-4.1");
        assertEquals(Map.entry("openai", "gpt-4.1"), homes.firstEntry());
        assertEquals("openai/gpt-4.1", homes.get("openrouter"));
        assertEquals("openai/gpt-oss-120b", CATALOGUE.providers("gpt-oss-120b").get("groq"));
        assertEquals(Map.entry("openai", "gpt-4.1-2025-04-14"), CATALOGUE.providers("gpt-4.1-2025-04-14").firstEntry());
        assertTrue(CATALOGUE.providers("gpt-9.9").isEmpty());
        assertTrue(CATALOGUE.providers("").isEmpty());
    }

    @Test void everyModelIsFoundUnderItsOwnName() {
        assertEquals("llama-3.1-8b-instant", CATALOGUE.models("groq").getFirst().id());
        assertTrue(CATALOGUE.models("acme").isEmpty());
        for (var provider : List.of("openai", "bedrock", "openrouter", "vercel_ai_gateway", "opencode_zen"))
            for (var model : CATALOGUE.models(provider)) {
                assertEquals(model, CATALOGUE.model(provider, model.id()));
                assertTrue(model.context() > 0 && model.output() > 0, model.id());
                assertFalse(model.levels().containsKey(""), model.id());
            }
    }
}
