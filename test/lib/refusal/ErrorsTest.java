package lib.refusal;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import lib.dialect.chat.*;
import lib.json.*;
import lib.model.*;
import lib.route.*;
import lib.wire.*;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// What hosts say about errors, in bodies that wrap each other, and the status and words that the client gets.
class ErrorsTest {
    private static final Model MODEL = new Model("m", 100_000, 8_192, true, false, true, false, Map.of(), true, Price.UNKNOWN);
    private static final Route ROUTE = new Route("acme", "m", new OpenAiChat(), "http://127.0.0.1", Credential.none(), MODEL, Set.of(), List.of());

    @ParameterizedTest @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
        # a gateway's error around the provider's: https://openrouter.ai/docs/api-reference/errors
        400 | {"error":{"message":"Provider returned error","code":400,"metadata":{"raw":"{\\"error\\":{\\"message\\":\\"temperature is not supported\\"}}","provider_name":"X"}}} | 400 | Provider returned error: temperature is not supported
        502 | {"error":{"message":"Provider returned error","code":502,"metadata":{"raw":"{\\"type\\":\\"error\\",\\"error\\":{\\"type\\":\\"invalid_request_error\\",\\"code\\":400,\\"message\\":\\"tools.0: bad\\"}}"}}} | 400 | Provider returned error: tools.0: bad
        400 | {"error":{"message":"Provider returned error","metadata":{"raw":"upstream is tired"}}} | 400 | Provider returned error: upstream is tired
        # a wrapped 500 that quotes a 400, as JSON, as Python prints it and in plain words
        500 | {"error":{"message":"litellm.InternalServerError: Error code: 400 - {'error': {'message': 'stop is not supported', 'type': None}}","type":null,"code":"500"}} | 400 | litellm.InternalServerError: Error code: 400: stop is not supported
        500 | {"detail":"{\\"error\\":{\\"code\\":422,\\"message\\":\\"no such field: x\\"}}"} | 400 | no such field: x
        500 | {"error":"upstream answered with status 400: bad tool"} | 400 | upstream answered with status 400: bad tool
        500 | Upstream error: {"error":{"message":"slow down","code":429}} | 429 | Upstream error: slow down
        500 | {"error":{"message":"Error code: 401 - the host's own key"}} | 500 | Error code: 401 - the host's own key
        500 | {"error":{"message":"b'{\\"error\\":{\\"message\\":\\"no such field: x\\",\\"code\\":400}}'"}} | 400 | no such field: x
        # words in places that no list has, without what the body echoes of the request
        500 | {"status":400,"error":{"inner":{"reason":"no such field: x"}}} | 400 | no such field: x
        502 | {"error":{"message":"Upstream failed","upstream":{"code":429,"message":"slow down"}}} | 429 | Upstream failed: slow down
        400 | {"fault":{"faultstring":"the quota is used up for today","detail":{"errorcode":"policies.x"}}} | 400 | the quota is used up for today
        422 | {"errors":{"model":["is not known here"]},"input":"a secret of the user"} | 400 | model: is not known here
        400 | {"ok":false,"problem":{"words":"no such field: x"},"request":{"messages":[{"content":"a secret of the user"}]}} | 400 | no such field: x
        # lists
        400 | [{"error":{"code":400,"message":"Invalid value","status":"INVALID_ARGUMENT"}}] | 400 | Invalid value
        422 | {"detail":[{"loc":["body","x"],"msg":"Extra inputs are not permitted","type":"extra_forbidden"},{"loc":["body","y"],"msg":"Extra inputs are not permitted","type":"extra_forbidden"}]} | 400 | body.x Extra inputs are not permitted extra_forbidden; body.y Extra inputs are not permitted extra_forbidden
        400 | {"errors":[{"message":"first","code":1},{"message":"second","code":2}]} | 400 | first; second
        # vendors' codes for an empty account and for a limit
        429 | {"error":{"code":"1113","message":"余额不足或无可用资源包,请充值。"}} | 402 | 余额不足或无可用资源包,请充值。
        400 | {"error":{"code":"1301","message":"系统检测到输入或生成内容可能包含不安全或敏感内容"}} | 400 | 系统检测到输入或生成内容可能包含不安全或敏感内容
        400 | {"error":{"code":"1302","message":"您的账户已达到速率限制"}} | 429 | 您的账户已达到速率限制
        400 | {"code":"Arrearage","message":"Access denied, please make sure your account is in good standing."} | 402 | Access denied, please make sure your account is in good standing.
        403 | {"error":{"code":"AccountOverdueError","message":"The request failed because your account has an overdue balance."}} | 402 | The request failed because your account has an overdue balance.
        400 | {"code":20012,"message":"Model does not exist. Please check it carefully.","data":null} | 404 | Model does not exist. Please check it carefully.
        403 | {"code":30001,"message":"Sorry, your account balance is insufficient","data":null} | 402 | Sorry, your account balance is insufficient
        400 | {"error":{"code":"InsufficientBalance","message":"no"}} | 402 | no
        200 | {"base_resp":{"status_code":1008,"status_msg":"insufficient balance"}} | 402 | insufficient balance
        200 | {"base_resp":{"status_code":1002,"status_msg":"rate limit"}} | 429 | rate limit
        # busy
        500 | {"error":{"message":"The model is unavailable now, please retry"}} | 529 | The model is unavailable now, please retry
        500 | {"error":{"message":"当前模型负载过高，请稍后再试"}} | 529 | 当前模型负载过高，请稍后再试
        # the content itself is refused, whatever the status says
        500 | {"error":{"code":"bio_policy","message":"This request was blocked."}} | 400 | This request was blocked.
        200 | {"error":{"code":"misalignment_policy_violation","message":"Blocked."}} | 400 | Blocked.
        200 | {"error":{"code":"data_residency_mismatch","message":"Not from here."}} | 400 | Not from here.
        200 | {"error":{"code":"image_parse_error","message":"The image could not be read."}} | 400 | The image could not be read.
        200 | {"error":{"code":"invalid_base64_image","message":"Not an image."}} | 400 | Not an image.
        500 | {"error":{"message":"filtered","code":"content_filter","innererror":{"code":"ResponsibleAIPolicyViolation"}}} | 400 | filtered
        500 | {"code":"DataInspectionFailed","message":"Input data may contain inappropriate content."} | 400 | Input data may contain inappropriate content.
        500 | {"error":{"message":"Content Exists Risk"}} | 400 | Content Exists Risk
        500 | {"error":{"message":"Your request was rejected as a result of our safety system."}} | 400 | Your request was rejected as a result of our safety system.
        500 | {"error":{"message":"This content violates our usage policies"}} | 400 | This content violates our usage policies
        500 | {"message":"Request blocked by guardrail"} | 400 | Request blocked by guardrail
        500 | {"error":{"message":"This request triggered our cyber safeguards"}} | 400 | This request triggered our cyber safeguards
        500 | {"error":{"message":"输入内容不合规"}} | 400 | 输入内容不合规
        500 | {"message":"Запрос заблокирован: нарушает правила"} | 400 | Запрос заблокирован: нарушает правила
        # a server's own fault stays one
        500 | {"error":{"message":"Internal error"}} | 500 | Internal error
        """)
    void theStatusAndTheWordsThatCount(int status, String text, int expected, String words) {
        var error = status == 200 ? Errors.inside(Json.parse(text), ROUTE) : Errors.of(status, Map.of(), text, ROUTE);
        assertEquals(expected + " acme/m: " + words, error.status() + " " + error.getMessage());
    }

    @ParameterizedTest @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
        400 | {"error":{"message":"Provider returned error","metadata":{"raw":"{\\"error\\":{\\"message\\":\\"This model's maximum context length is 8192 tokens. However, your messages resulted in 9000 tokens.\\"}}"}}} | 9000 | 8192
        500 | {"error":"{\\"detail\\":\\"prompt is too long: 9000 tokens > 8192 maximum\\"}"} | 9000 | 8192
        500 | {"error":{"message":"Context size has been exceeded."}} | 100001 | 100000
        400 | {"error":{"message":"litellm.BadRequestError: {'error': {'code': 'context_length_exceeded', 'message': 'no'}}"}} | 100001 | 100000
        500 | {"fault":{"faultstring":"maximum context length is 8192 tokens, but 9000 were requested"}} | 9000 | 8192
        400 | {"ok":false,"problem":{"words":"This model's maximum context length is 8192 tokens. You requested 9000 tokens"}} | 9000 | 8192
        """)
    void anOverflowIsFoundInsideOthers(int status, String text, long prompt, long window) {
        assertEquals("prompt is too long: " + prompt + " tokens > " + window + " maximum", Errors.of(status, Map.of(), text, ROUTE).getMessage());
    }

    @Test void aUsageLimitSaysWhenItEnds() {
        for (var body : List.of("{\"type\":\"error\",\"status\":429,\"error\":{\"type\":\"usage_limit_reached\",\"resets_in_seconds\":3600}}",
            "{\"error\":{\"type\":\"usage_limit_reached\",\"message\":\"The usage limit has been reached\",\"resets_in_seconds\":3600}}",
            "{\"error\":{\"message\":\"429\",\"code\":429,\"metadata\":{\"raw\":\"{\\\"error\\\":{\\\"type\\\":\\\"usage_limit_reached\\\",\\\"resets_in_seconds\\\":3600}}\"}}}")) {
            var error = Errors.inside(Json.parse(body), ROUTE);
            assertEquals("429 3600", error.status() + " " + error.headers().get("retry-after"), body);
        }
    }

    @Test void longTextsAreCutAndKeepTheirEnd() {
        var traced = Errors.of(500, Map.of(), "x".repeat(250_000) + " the cause", ROUTE).getMessage();
        assertTrue(traced.length() < 5_000 && traced.endsWith(" the cause"), "" + traced.length());
        var inside = Errors.inside(Json.object("error", Json.object("message", "{".repeat(250_000))), ROUTE).getMessage();
        assertTrue(inside.length() < 5_000, "" + inside.length());
    }
}
