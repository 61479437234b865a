package lib.route;

import module java.base;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.GsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import lib.config.*;
import lib.json.*;
import lib.message.*;
import lib.routing.*;
import lib.schema.*;
import lib.wire.*;

import static org.junit.jupiter.api.Assertions.assertTrue;

/// Whatever schema goes in, what comes out is legal for the vendor and accepts what the original accepts: 120 generated
/// schemas for each, and the values that the validator found to match the original. (Once, 3,000 were tried.)
class GeneratedSchemasTest {
    private static final int SCHEMAS = 120, TRIES = 16, MOST = 6;
    private static final Routes ROUTES = new Routes(new Config(settings()), new Config.Slot("demo", "", "", ""));
    private static final List<Sample> TOOLS = samples(SchemaGenerator::tool, true), ANSWERS = samples(SchemaGenerator::any, false);

    /// A schema, with values that match it.
    private record Sample(long seed, JsonObject schema, List<JsonElement> values) { }

    private static Map<String, String> settings() {
        var settings = new HashMap<>(Map.of("AWS_BEARER_TOKEN_BEDROCK", "k", "AWS_REGION", "us-east-1", "GIGACHAT_CREDENTIALS", "k", "WATSONX_PROJECT_ID", "p",
            "WATSONX_API_BASE", "https://us-south.ml.cloud.ibm.com", "OPENAI_DIALECT", "responses"));
        for (var provider : "groq openai gemini cohere mistral xai watsonx".split(" ")) settings.put(Config.variable(provider, "API_KEY"), "k");
        return settings;
    }

    private static List<Sample> samples(Function<SchemaGenerator, JsonObject> make, boolean objects) {
        return LongStream.range(0, SCHEMAS).mapToObj(seed -> {
            var generator = new SchemaGenerator(seed);
            var schema = make.apply(generator);
            var accepts = accepting(schema, false);
            var values = Stream.generate(() -> generator.value(schema, schema)).limit(TRIES)
                .filter(value -> !objects || value instanceof JsonObject).distinct().filter(accepts).limit(MOST).toList();
            return new Sample(seed, schema, values);
        }).toList();
    }

    /// `checked`: whether the schema is one is asked too, which takes longer.
    private static Predicate<JsonElement> accepting(JsonObject schema, boolean checked) {
        var validator = new ValidatorFactory().withJsonNodeFactory(new GsonNode.Factory()).withDisabledSchemaValidation(!checked).createValidator();
        var uri = validator.registerSchema(Json.write(schema));
        return value -> {
            try {
                return validator.validate(uri, Json.write(value)).isValid();
            } catch (StackOverflowError e) {   // it refers to itself and to nothing else
                return false;
            }
        };
    }

    @ParameterizedTest @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        groq/llama-3.3-70b-versatile   | tools.0.function.parameters                     | -
        groq/llama-3.3-70b-versatile   | tools.0.function.parameters                     | failed to parse grammar
        openai/gpt-6-sol               | tools.0.parameters                              | -
        xai/grok-4.7                   | tools.0.parameters                              | -
        mistral/mistral-large-latest   | tools.0.function.parameters                     | -
        watsonx/ibm/granite-4-h-small  | tools.0.function.parameters                     | -
        cohere/command-a-plus-05-2026  | tools.0.function.parameters                     | -
        ollama/qwen3                   | tools.0.function.parameters                     | -
        bedrock/amazon.nova-pro-v1:0   | toolConfig.tools.0.toolSpec.inputSchema.json    | -
        gigachat/GigaChat-2-Max        | functions.0.parameters                          | -
        gemini/gemini-3.8-flash        | tools.0.functionDeclarations.0.parametersJsonSchema | -
        gemini/gemini-3.8-flash        | tools.0.functionDeclarations.0.parameters       | unknown name "parametersjsonschema": cannot find field
        """)
    void ofATool(String model, String path, String refusal) {
        for (var sample : TOOLS) check(sample, model, path, refusal, message -> Json.put(message, "tools",
            Json.array(Json.object("name", "t", "description", "T", "input_schema", sample.schema()))));
    }

    @ParameterizedTest @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        groq/llama-3.3-70b-versatile   | response_format.json_schema.schema     | -
        groq/llama-3.3-70b-versatile   | response_format.json_schema.schema     | failed to parse grammar
        openai/gpt-6-sol               | text.format.schema                     | -
        cohere/command-a-plus-05-2026  | response_format.json_schema            | -
        gigachat/GigaChat-2-Max        | response_format.schema                 | -
        ollama/qwen3                   | format                                 | -
        ollama/qwen3                   | format                                 | failed to parse grammar
        gemini/gemini-3.8-flash        | generationConfig.responseJsonSchema    | -
        gemini/gemini-3.8-flash        | generationConfig.responseSchema        | unknown name "responsejsonschema": cannot find field
        """)
    void ofAnAnswer(String model, String path, String refusal) {
        for (var sample : ANSWERS) check(sample, model, path, refusal, message -> Json.put(message, "output_config",
            Json.object("format", Json.object("type", "json_schema", "schema", sample.schema()))));
    }

    private static void check(Sample sample, String model, String path, String refusal, Consumer<JsonObject> ask) {
        var message = Json.object("model", model, "max_tokens", 100, "messages", Json.array(Json.object("role", "user", "content", "hi")));
        ask.accept(message);
        var made = made(body(message, model, refusal), path);
        var about = "seed " + sample.seed() + ": " + Json.write(sample.schema()) + "\nbecame " + Json.write(made) + "\nwhich ";
        var isTool = !Json.has(message, "output_config");
        VendorSchemas.check(made, path, isTool, about);
        var accepts = accepting(VendorSchemas.readable(made, path), sample.seed() % 8 == 1);
        for (var value : sample.values()) {
            var said = path.startsWith("functions") ? VendorSchemas.said(made, value) : Optional.of(value);
            assertTrue(said.isEmpty() || accepts.test(said.get()), () -> about + "does not accept " + value);
        }
    }

    private static JsonObject body(JsonObject message, String model, String refusal) {
        var route = ROUTES.of(model);
        var request = new Request(message, Json.bytes(message), Map.of());
        var draft = route.draft(request, ReplyContext.of(request, route, Ids.counting()));
        if (refusal != null) {
            var fix = route.dialect().fix(refusal, draft, route);
            if (fix.isPresent()) draft = route.with(fix.get()).draft(request, ReplyContext.of(request, route, Ids.counting()));
        }
        return draft.body();
    }

    private static JsonObject made(JsonElement body, String path) {
        var here = body;
        for (var step : path.split("\\.")) here = step.equals("0") ? Json.list(here).getFirst() : Json.find(here, step);
        return Json.at(here);
    }

    /// Otherwise the tests above prove nothing.
    @Test void mostSchemasHaveValues() {
        for (var samples : List.of(TOOLS, ANSWERS)) {
            var with = samples.stream().filter(sample -> !sample.values().isEmpty()).count();
            assertTrue(with > SCHEMAS / 2, "only " + with + " schemas have values that match");
        }
    }
}
