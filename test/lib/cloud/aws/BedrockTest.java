package lib.cloud.aws;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import lib.config.*;
import lib.routing.*;
import lib.wire.*;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Amazon's two hosts: which region, path and API a model's name means, and for which region and service it is signed.
class BedrockTest {
    private static final String PROFILE = "arn:aws:bedrock:%s:123456789012:application-inference-profile/a1b2c3";

    private static Routes routes(String... settings) {
        var values = new HashMap<>(Map.of("AWS_ACCESS_KEY_ID", "AKIDONE", "AWS_SECRET_ACCESS_KEY", "secret"));
        for (var setting : settings) values.put(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
        return new Routes(new Config(values), new Config.Slot("demo", "", "", ""));
    }

    private static String signedFor(Routes routes, String model) {
        var route = routes.of(model);
        var signed = route.credential().signed(Ask.post(route.url("/x"), Map.of(), new byte[0])).headers().get("authorization");
        return signed.replaceFirst(".*Credential=AKIDONE/\\d{8}/([^/]+/[^/]+)/aws4_request.*", "$1");
    }

    @Test void eachRegionIsSignedForItself() {
        var routes = routes();
        for (var region : new String[]{"us-west-2", "eu-west-1", "us-west-2"}) assertEquals(region + "/bedrock", signedFor(routes, "bedrock/" + PROFILE.formatted(region)));
    }

    @ParameterizedTest @CsvSource(delimiter = '|', textBlock = """
        bedrock/us.anthropic.claude-opus-4-8          | BedrockClaude   | us.anthropic.claude-opus-4-8
        bedrock/us.amazon.nova-pro-v1:0               | BedrockConverse | us.amazon.nova-pro-v1:0
        bedrock/converse/us.anthropic.claude-opus-4-8 | BedrockConverse | us.anthropic.claude-opus-4-8
        bedrock/invoke/us.anthropic.claude-opus-4-8   | BedrockClaude   | us.anthropic.claude-opus-4-8
        bedrock/invoke/a1b2c3                         | BedrockClaude   | a1b2c3
        bedrock/a1b2c3                                | BedrockConverse | a1b2c3""")
    void thePrefixChoosesTheApi(String asked, String dialect, String name) {
        var route = routes("AWS_REGION=us-east-1").of(asked);
        assertEquals(dialect + " " + name, route.dialect().getClass().getSimpleName() + " " + route.name());
    }

    @ParameterizedTest @CsvSource({
        "AWS_REGION=eu-west-1, arn's own, us-west-2",
        "AWS_REGION=eu-west-1, plain, eu-west-1",
        "AWS_BEDROCK_RUNTIME_ENDPOINT=https://bedrock-runtime.us-east-2.amazonaws.com, plain, us-east-2",
        "BEDROCK_API_BASE=https://vpce-1.bedrock-runtime.ap-south-1.vpce.amazonaws.com, plain, ap-south-1",
        "AWS_DEFAULT_REGION=us-gov-west-1, plain, us-gov-west-1"})
    void theHostsRegionOrTheResourcesComesBeforeTheSetting(String setting, String model, String region) {
        assertEquals(region + "/bedrock", signedFor(routes(setting), "bedrock/" + (model.equals("plain") ? "us.amazon.nova-pro-v1:0" : PROFILE.formatted("us-west-2"))));
    }

    @Test void withoutARegionTheErrorNamesTheVariable() {
        assertTrue(assertThrows(ApiError.class, () -> routes().of("bedrock/us.amazon.nova-pro-v1:0")).getMessage().contains("AWS_REGION"));
    }

    @ParameterizedTest @CsvSource({
        "openai.gpt-oss-120b, OpenAiChat, /v1",
        "openai.gpt-oss-safeguard-20b, OpenAiChat, /v1",
        "mistral.mistral-large-3-675b-instruct, OpenAiChat, /v1",
        "google.gemma-3-27b-it, OpenAiChat, /v1",
        "google.gemma-4-31b, OpenAiChat, /openai/v1",
        "openai.gpt-5.4, OpenAiResponses, /openai/v1",
        "openai.gpt-5.6-sol, OpenAiResponses, /openai/v1",
        "openai.gpt-daybreak-blue-5.6-sol, OpenAiResponses, /openai/v1",
        "xai.grok-4.3, OpenAiResponses, /openai/v1",
        "anthropic.claude-mythos-5, Anthropic, /anthropic"})
    void mantleServesEachModelOnItsPath(String model, String dialect, String path) {
        var route = routes().of("bedrock_mantle/" + model);
        assertEquals(dialect + " https://bedrock-mantle.us-east-1.api.aws" + path, route.dialect().getClass().getSimpleName() + " " + route.base());
        assertEquals("us-east-1/bedrock-mantle", signedFor(routes(), "bedrock_mantle/" + model));
    }

    @ParameterizedTest @CsvSource({
        "BEDROCK_MANTLE_REGION=us-east-2, AWS_REGION=eu-west-1, us-east-2",
        "AWS_REGION=eu-west-1, AWS_DEFAULT_REGION=us-east-1, eu-west-1",
        "BEDROCK_MANTLE_API_BASE=https://bedrock-mantle.us-west-2.api.aws/v1, AWS_REGION=eu-west-1, us-west-2"})
    void mantleHasARegionOfItsOwn(String setting, String other, String region) {
        var routes = routes(setting, other);
        assertEquals(region + "/bedrock-mantle", signedFor(routes, "bedrock_mantle/openai.gpt-5.5"));
        assertEquals("https://bedrock-mantle." + region + ".api.aws/openai/v1", routes.of("bedrock_mantle/openai.gpt-5.5").base());
    }

    @ParameterizedTest @CsvSource({"chat, /openai/v1", "responses, /openai/v1", "anthropic, /anthropic"})
    void theSettingChoosesTheDialect(String dialect, String path) {
        assertEquals("https://bedrock-mantle.us-east-1.api.aws" + path, routes("BEDROCK_MANTLE_DIALECT=" + dialect).of("bedrock_mantle/openai.gpt-5.5").base());
    }
}
