package claude;

import com.google.gson.JsonParser;
import mockwebserver3.MockResponse;
import okio.Buffer;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/// A provider's API as its model speaks it: the settings that choose it, what marks a tool's result in a request, and
/// how it says a thought and calls, or a text. The thought carries a secret that must come back.
enum Tongue {
    RESPONSES("\"type\":\"function_call_output\"", "BIG_MODEL_PROVIDER=openai BIG_MODEL_NAME=gpt-6.1-terra OPENAI_API_KEY=k OPENAI_API_BASE={url}/v1 OPENAI_DIALECT=responses") {
        @Override String think(int turn) {
            return events("""
                {"type":"response.output_item.added","output_index":0,"item":{"id":"rs_%1$d","type":"reasoning","summary":[]}}
                {"type":"response.reasoning_summary_text.delta","output_index":0,"summary_index":0,"delta":"Hm."}
                {"type":"response.output_item.done","output_index":0,"item":{"id":"rs_%1$d","type":"reasoning","summary":[{"type":"summary_text","text":"Hm."}],"encrypted_content":"%2$s"}}
                """.formatted(turn, SECRET));
        }

        @Override String call(int at, Upstream.Call call) {
            return events("""
                {"type":"response.output_item.added","output_index":%1$d,"item":{"id":"fc_%1$d","type":"function_call","call_id":"%2$s","name":"%3$s","arguments":""}}
                {"type":"response.function_call_arguments.delta","output_index":%1$d,"delta":%4$s}
                {"type":"response.output_item.done","output_index":%1$d,"item":{"id":"fc_%1$d","type":"function_call","call_id":"%2$s","name":"%3$s","arguments":%4$s}}
                """.formatted(at, call.id(), call.name(), Json.quoted(call.arguments())));
        }

        @Override String text(String text) { return events("{\"type\":\"response.output_text.delta\",\"output_index\":9,\"delta\":%s}".formatted(Json.quoted(text))); }

        @Override String end(boolean calls) {
            return events("{\"type\":\"response.completed\",\"response\":{\"status\":\"completed\",\"output\":[],\"usage\":{\"input_tokens\":100,\"output_tokens\":10}}}");
        }
    },
    GEMINI("\"functionResponse\"", "BIG_MODEL_PROVIDER=gemini BIG_MODEL_NAME=gemini-3.8-flash GEMINI_API_KEY=k GEMINI_API_BASE={url}/v1beta") {
        @Override String think(int turn) { return part("{\"text\":\"Hm.\",\"thought\":true}", ""); }

        @Override String call(int at, Upstream.Call call) {
            return part("{\"functionCall\":{\"id\":\"%s\",\"name\":\"%s\",\"args\":%s}%s}".formatted(call.id(), call.name(), call.arguments(), at == 1 ? ",\"thoughtSignature\":\"" + SECRET + "\"" : ""), "");
        }

        @Override String text(String text) { return part("{\"text\":%s}".formatted(Json.quoted(text)), ""); }

        @Override String end(boolean calls) { return part("{\"text\":\"\"}", ",\"finishReason\":\"STOP\""); }

        private String part(String part, String finish) {
            return "data: {\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[" + part + "]}" + finish + "}],\"usageMetadata\":{\"promptTokenCount\":100,\"candidatesTokenCount\":10}}\n\n";
        }
    },
    VERTEX_CLAUDE("\"type\":\"tool_result\"", "BIG_MODEL_PROVIDER=vertex BIG_MODEL_NAME=claude-sonnet-4-5 VERTEX_PROJECT_ID=p VERTEX_API_KEY=k VERTEX_API_BASE={url}/v1") {
        @Override String think(int turn) { return sse(Claude.think()); }

        @Override String call(int at, Upstream.Call call) { return sse(Claude.call(at, call)); }

        @Override String text(String text) { return sse(Claude.text(text)); }

        @Override String end(boolean calls) { return sse(Claude.end(calls)); }
    },
    CONVERSE("\"toolResult\"", "BIG_MODEL_PROVIDER=bedrock BIG_MODEL_NAME=us.amazon.nova-pro-v1:0 AWS_REGION=us-east-1 AWS_BEARER_TOKEN_BEDROCK=k BEDROCK_API_BASE={url}") {
        @Override String think(int turn) {
            return """
                :contentBlockDelta {"contentBlockIndex":0,"delta":{"reasoningContent":{"text":"Hm."}}}
                :contentBlockDelta {"contentBlockIndex":0,"delta":{"reasoningContent":{"signature":"%s"}}}
                :contentBlockStop {"contentBlockIndex":0}
                """.formatted(SECRET);
        }

        @Override String call(int at, Upstream.Call call) {
            return """
                :contentBlockStart {"contentBlockIndex":%1$d,"start":{"toolUse":{"toolUseId":"%2$s","name":"%3$s"}}}
                :contentBlockDelta {"contentBlockIndex":%1$d,"delta":{"toolUse":{"input":%4$s}}}
                :contentBlockStop {"contentBlockIndex":%1$d}
                """.formatted(at, call.id(), call.name(), Json.quoted(call.arguments()));
        }

        @Override String text(String text) { return ":contentBlockDelta {\"contentBlockIndex\":9,\"delta\":{\"text\":%s}}\n".formatted(Json.quoted(text)); }

        @Override String end(boolean calls) {
            return ":messageStop {\"stopReason\":\"%s\"}\n:metadata {\"usage\":{\"inputTokens\":100,\"outputTokens\":10}}\n".formatted(calls ? "tool_use" : "end_turn");
        }
    },
    BEDROCK_CLAUDE("\"type\":\"tool_result\"", "BIG_MODEL_PROVIDER=bedrock BIG_MODEL_NAME=us.anthropic.claude-sonnet-4-5-20250929-v1:0 AWS_REGION=us-east-1 AWS_BEARER_TOKEN_BEDROCK=k BEDROCK_API_BASE={url}") {
        @Override String think(int turn) { return chunks(Claude.think()); }

        @Override String call(int at, Upstream.Call call) { return chunks(Claude.call(at, call)); }

        @Override String text(String text) { return chunks(Claude.text(text)); }

        @Override String end(boolean calls) { return chunks(Claude.end(calls)); }

        private String chunks(List<String> events) {
            var out = new StringBuilder();
            for (var event : events) out.append(":chunk ").append(Json.object("bytes", Base64.getEncoder().encodeToString(event.getBytes(StandardCharsets.UTF_8)))).append('\n');
            return out.toString();
        }
    },
    RELAYED(VERTEX_CLAUDE, "BIG_MODEL_PROVIDER=kimi_coding BIG_MODEL_NAME=kimi-for-coding KIMI_API_KEY=k KIMI_CODING_API_BASE={url}/coding"),
    COPILOT_CLAUDE(VERTEX_CLAUDE, "BIG_MODEL_PROVIDER=github_copilot BIG_MODEL_NAME=claude-sonnet-5 GITHUB_COPILOT_API_KEY=k GITHUB_COPILOT_API_BASE={url}"),
    CHATGPT(RESPONSES, "BIG_MODEL_PROVIDER=chatgpt BIG_MODEL_NAME=gpt-6.1-terra CHATGPT_API_KEY=k CHATGPT_API_BASE={url}/backend-api/codex"),
    REASONING_DETAILS("\"role\":\"tool\"", "BIG_MODEL_PROVIDER=openrouter BIG_MODEL_NAME=google/gemini-3.8-flash OPENROUTER_API_KEY=k OPENROUTER_DIALECT=chat OPENROUTER_API_BASE={url}") {
        @Override String think(int turn) { return chunk("{\"reasoning\":\"Hm.\",\"reasoning_details\":[{\"type\":\"reasoning.encrypted\",\"data\":\"%s\",\"index\":0}]}".formatted(SECRET), "null"); }

        @Override String call(int at, Upstream.Call call) {
            return chunk("{\"tool_calls\":[{\"index\":%d,\"id\":\"%s\",\"type\":\"function\",\"function\":{\"name\":\"%s\",\"arguments\":%s}}]}".formatted(at, call.id(), call.name(), Json.quoted(call.arguments())), "null");
        }

        @Override String text(String text) { return chunk("{\"content\":%s}".formatted(Json.quoted(text)), "null"); }

        @Override String end(boolean calls) { return chunk("{}", calls ? "\"tool_calls\"" : "\"stop\"") + "data: [DONE]\n\n"; }

        private String chunk(String delta, String finish) { return "data: {\"choices\":[{\"index\":0,\"delta\":%s,\"finish_reason\":%s}]}\n\n".formatted(delta, finish); }
    },
    OLLAMA("\"role\":\"tool\"", "BIG_MODEL_PROVIDER=ollama BIG_MODEL_NAME=qwen3-vl OLLAMA_API_BASE={url}") {
        @Override String think(int turn) { return line("\"content\":\"\",\"thinking\":\"" + SECRET + "\""); }

        @Override String call(int at, Upstream.Call call) {
            return line("\"content\":\"\",\"tool_calls\":[{\"id\":\"%s\",\"function\":{\"name\":\"%s\",\"arguments\":%s}}]".formatted(call.id(), call.name(), call.arguments()));
        }

        @Override String text(String text) { return line("\"content\":" + Json.quoted(text)); }

        @Override String end(boolean calls) { return "{\"message\":{\"role\":\"assistant\",\"content\":\"\"},\"done\":true,\"done_reason\":\"stop\",\"prompt_eval_count\":100,\"eval_count\":10}\n"; }

        private String line(String message) { return "{\"message\":{\"role\":\"assistant\"," + message + "},\"done\":false}\n"; }
    },
    COHERE("\"role\":\"tool\"", "BIG_MODEL_PROVIDER=cohere BIG_MODEL_NAME=command-a-plus-05-2026 COHERE_API_KEY=k COHERE_API_BASE={url}/v2") {
        @Override String think(int turn) { return content("{\"type\":\"thinking\",\"thinking\":\"\"}", "{\"thinking\":\"" + SECRET + "\"}"); }

        @Override String call(int at, Upstream.Call call) {
            return events("""
                {"type":"tool-call-start","index":%1$d,"delta":{"message":{"tool_calls":{"id":"%2$s","type":"function","function":{"name":"%3$s","arguments":""}}}}}
                {"type":"tool-call-delta","index":%1$d,"delta":{"message":{"tool_calls":{"function":{"arguments":%4$s}}}}}
                {"type":"tool-call-end","index":%1$d}
                """.formatted(at, call.id(), call.name(), Json.quoted(call.arguments())));
        }

        @Override String text(String text) { return content("{\"type\":\"text\",\"text\":\"\"}", "{\"text\":%s}".formatted(Json.quoted(text))); }

        @Override String end(boolean calls) {
            return events("{\"type\":\"message-end\",\"delta\":{\"finish_reason\":\"%s\",\"usage\":{\"tokens\":{\"input_tokens\":100,\"output_tokens\":10}}}}".formatted(calls ? "TOOL_CALL" : "COMPLETE"));
        }

        private String content(String begun, String more) {
            return events("""
                {"type":"content-start","index":0,"delta":{"message":{"content":%s}}}
                {"type":"content-delta","index":0,"delta":{"message":{"content":%s}}}
                {"type":"content-end","index":0}
                """.formatted(begun, more));
        }
    },
    SAP("\"role\":\"tool\"", "BIG_MODEL_PROVIDER=sap BIG_MODEL_NAME=anthropic--claude-4.5-sonnet SAP_API_KEY=k AICORE_ORCHESTRATION_URL={url}/v2/inference/deployments/d1") {
        @Override String think(int turn) {
            return chunk("{\"role\":\"assistant\",\"content\":\"\",\"reasoning_content\":[{\"content\":\"Hm.\",\"signature\":\"\"}]}", "")
                + chunk("{\"role\":\"assistant\",\"content\":\"\",\"reasoning_content\":[{\"content\":\"\",\"signature\":\"%s\"}]}".formatted(SECRET), "");
        }

        @Override String call(int at, Upstream.Call call) {
            return chunk("{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"index\":%d,\"id\":\"%s\",\"type\":\"function\",\"function\":{\"name\":\"%s\",\"arguments\":%s}}]}".formatted(at - 1, call.id(), call.name(), Json.quoted(call.arguments())), "");
        }

        @Override String text(String text) { return chunk("{\"role\":\"assistant\",\"content\":%s}".formatted(Json.quoted(text)), ""); }

        @Override String end(boolean calls) { return chunk("{\"role\":\"assistant\",\"content\":\"\"}", calls ? "tool_calls" : "stop") + "data: [DONE]\n\n"; }

        private String chunk(String delta, String finish) {
            return "data: {\"request_id\":\"r\",\"final_result\":{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":%s,\"finish_reason\":\"%s\"}]}}\n\n".formatted(delta, finish);
        }
    };

    static final String SECRET = "U0VDUkVUIHN0YXRl";
    private final Tongue like;   // null where it has a way of its own
    private final Pattern result;
    private final String settings;

    Tongue(String result, String settings) {
        this.like = null;
        this.result = Pattern.compile(Pattern.quote(result));
        this.settings = settings;
    }

    /// Another who speaks the same.
    Tongue(Tongue like, String settings) {
        this.like = like;
        this.result = like.result;
        this.settings = settings;
    }

    /// Whether it is asked for a stream: by the path, or else in the body.
    boolean streams(String path, String body) {
        return path.contains("stream") || !path.endsWith(":generateContent") && !path.endsWith("/converse") && body.contains("\"stream\":true");
    }

    /// A text to a request that does not stream.
    MockResponse whole(String text) {
        var said = Json.quoted(text);
        var body = switch (this) {
            case RESPONSES -> "{\"object\":\"response\",\"status\":\"completed\",\"output\":[{\"type\":\"message\",\"role\":\"assistant\",\"content\":[{\"type\":\"output_text\",\"text\":%s}]}],\"usage\":{\"input_tokens\":100,\"output_tokens\":10}}";
            case GEMINI -> "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":%s}]},\"finishReason\":\"STOP\"}],\"usageMetadata\":{\"promptTokenCount\":100,\"candidatesTokenCount\":10}}";
            case CONVERSE -> "{\"output\":{\"message\":{\"role\":\"assistant\",\"content\":[{\"text\":%s}]}},\"stopReason\":\"end_turn\",\"usage\":{\"inputTokens\":100,\"outputTokens\":10}}";
            case REASONING_DETAILS -> "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":%s},\"finish_reason\":\"stop\"}]}";
            case OLLAMA -> "{\"message\":{\"role\":\"assistant\",\"content\":%s},\"done\":true,\"done_reason\":\"stop\",\"prompt_eval_count\":100,\"eval_count\":10}";
            case COHERE -> "{\"id\":\"c\",\"finish_reason\":\"COMPLETE\",\"message\":{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":%s}]},\"usage\":{\"tokens\":{\"input_tokens\":100,\"output_tokens\":10}}}";
            default -> throw new IllegalStateException(this + " always streams here");
        };
        return new MockResponse.Builder().addHeader("content-type", "application/json").body(body.formatted(said)).build();
    }

    /// A thought, the calls as blocks from 1 on, a text, the end.
    String think(int turn) { return like.think(turn); }

    String call(int at, Upstream.Call call) { return like.call(at, call); }

    String text(String text) { return like.text(text); }

    String end(boolean calls) { return like.end(calls); }

    String[] variables(String url) { return Pattern.compile("[ =]").splitAsStream(settings.replace("{url}", url)).toArray(String[]::new); }

    long results(String body) { return result.matcher(body).results().count(); }

    /// Server-sent events, JSON by the line, or AWS's frames where each line is one; in crumbs of seven bytes.
    static MockResponse response(String body) {
        if (body.startsWith("{")) return new MockResponse.Builder().addHeader("content-type", "application/x-ndjson").chunkedBody(body, 7).build();
        if (!body.startsWith(":")) return new MockResponse.Builder().addHeader("content-type", "text/event-stream").chunkedBody(body, 7).build();
        var frames = new Buffer();
        body.lines().forEach(line -> {
            var space = line.indexOf(' ');
            new Message(Map.of(":message-type", HeaderValue.fromString("event"), ":event-type", HeaderValue.fromString(line.substring(1, space))),
                line.substring(space + 1).getBytes(StandardCharsets.UTF_8)).encode(frames.outputStream());
        });
        return new MockResponse.Builder().addHeader("content-type", "application/vnd.amazon.eventstream").chunkedBody(frames, 7).build();
    }

    private static String events(String lines) { return sse(lines.lines().toList()); }

    private static String sse(List<String> events) {
        var out = new StringBuilder();
        for (var event : events) out.append("event: ").append(Json.text(JsonParser.parseString(event).getAsJsonObject(), "type")).append("\ndata: ").append(event).append("\n\n");
        return out.toString();
    }

    /// Anthropic's own events, whatever carries them. The model is one that Claude Code does not know as retired: of those, 2.1.332
    /// leaves out the thoughts when it continues a conversation.
    private static final class Claude {
        /// Each message has an id of its own; Claude Code puts those with the same id together.
        private static final AtomicInteger MESSAGES = new AtomicInteger();

        static List<String> think() {
            return List.of("{\"type\":\"message_start\",\"message\":{\"id\":\"msg_" + MESSAGES.incrementAndGet() + "\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-sonnet-5-5\",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,\"usage\":{\"input_tokens\":100,\"output_tokens\":1}}}",
                "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}}",
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"thinking_delta\",\"thinking\":\"Hm.\"}}",
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"signature_delta\",\"signature\":\"" + SECRET + "\"}}",
                "{\"type\":\"content_block_stop\",\"index\":0}");
        }

        static List<String> call(int at, Upstream.Call call) {
            return List.of("{\"type\":\"content_block_start\",\"index\":%d,\"content_block\":{\"type\":\"tool_use\",\"id\":\"%s\",\"name\":\"%s\",\"input\":{}}}".formatted(at, call.id(), call.name()),
                "{\"type\":\"content_block_delta\",\"index\":%d,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":%s}}".formatted(at, Json.quoted(call.arguments())),
                "{\"type\":\"content_block_stop\",\"index\":%d}".formatted(at));
        }

        static List<String> text(String text) {
            return List.of("{\"type\":\"content_block_start\",\"index\":1,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}",
                "{\"type\":\"content_block_delta\",\"index\":1,\"delta\":{\"type\":\"text_delta\",\"text\":%s}}".formatted(Json.quoted(text)), "{\"type\":\"content_block_stop\",\"index\":1}");
        }

        static List<String> end(boolean calls) {
            return List.of("{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"%s\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":10}}".formatted(calls ? "tool_use" : "end_turn"), "{\"type\":\"message_stop\"}");
        }
    }
}
