package lib.refusal;

import module java.base;

/// The status that tells Claude Code what to do about an error: try again, wait, or show it. It follows from the
/// provider's status, from the codes and words of the error, and from the causes that it wraps.
final class ErrorStatus {
    static final int REFUSED = 400, UNPAID = 402, OVERLOADED = 529;

    /// What a type or code says where there is no status, the first that is found in it.
    private static final List<Map.Entry<String, Integer>> TYPES = List.of(Map.entry("rate_limit", 429), Map.entry("usage_limit", 429),
        Map.entry("too_many_requests", 429),
        Map.entry("resource_exhausted", 429), Map.entry("throttl", 429), Map.entry("overloaded", 529), Map.entry("unavailable", 503),
            Map.entry("authentication", 401), Map.entry("unauthenticated", 401),
        Map.entry("permission", 403), Map.entry("not_found", 404), Map.entry("bad_request", 400), Map.entry("invalid", 400),
            Map.entry("failed_precondition", 400), Map.entry("context_length", 400), Map.entry("timeout", 504));
    /// Numbers and names that one vendor alone uses. Zhipu: https://docs.bigmodel.cn/cn/api/api-code ; MiniMax:
    /// https://platform.minimax.io/docs/api-reference/errorcode ; SiliconFlow: https://docs.siliconflow.com/en/faqs/error-code ;
    /// DashScope: https://help.aliyun.com/en/model-studio/error-code ; Ark: https://www.volcengine.com/docs/82379/1299023 ; 2026-11.
    private static final Map<String, Integer> CODES = Map.ofEntries(
        Map.entry("1112", 402), Map.entry("1113", 402), Map.entry("1211", 404), Map.entry("1220", 403), Map.entry("1301", 400),
            Map.entry("1302", 429), Map.entry("1303", 429),
        Map.entry("1304", 429), Map.entry("1305", 529), Map.entry("1308", 429), Map.entry("1309", 402), Map.entry("1310", 429),
            Map.entry("1312", 529), Map.entry("1313", 429),
        Map.entry("minimax-1002", 429), Map.entry("minimax-1004", 401), Map.entry("minimax-1008", 402), Map.entry("minimax-1026", 400),
            Map.entry("minimax-1027", 400),
        Map.entry("minimax-1039", 429), Map.entry("minimax-2013", 400), Map.entry("minimax-2049", 401), Map.entry("minimax-2056", 429),
            Map.entry("minimax-2061", 403),
        Map.entry("20012", 404), Map.entry("20015", 400), Map.entry("30001", 402), Map.entry("30011", 402), Map.entry("50505", 529),
            Map.entry("50603", 529),
        Map.entry("arrearage", 402), Map.entry("insufficientbalance", 402), Map.entry("accountoverdueerror", 402),
            Map.entry("insufficient_user_quota", 402),
        Map.entry("allocationquota.freetieronly", 402), Map.entry("throttling.allocationquota", 429),
            Map.entry("datainspectionfailed", 400), Map.entry("data_inspection_failed", 400));
    private static final Pattern UNPAID_WORDS = Pattern.compile("insufficient_quota|exceeded_current_quota|credit balance is too low|"
        + "insufficient (account )?balance|billing_hard_limit|used all available credits"
        + "|token_quota_reached|used up your daily free allocation|\\barrearage|overdue payment|余额不足|欠费|额度不足|额度已用|请充值");
    private static final Pattern LIMITED = Pattern.compile("usage_limit|usage limit (has been )?reached|hit your usage limit|请求过于频繁|访问量过大|"
        + "速率限制|并发数?过高|使用上限");
    private static final Pattern BUSY = Pattern.compile("overloaded|at capacity|(currently |temporarily )?unavailable (right )?now|"
        + "unavailable at the moment|temporarily unavailable|server is busy|负载过高|负载较高|过载|拥挤|模型繁忙|服务繁忙|系统繁忙");
    private static final Pattern BAD_KEY = Pattern.compile("api key not valid|invalid api.?key|incorrect api key|invalidapikey|身份验证失败|api "
        + "?key ?无效");
    private static final Pattern NO_MODEL = Pattern.compile("model_not_found|model not exist|not a valid model|invalid model|no such "
        + "model|deploymentnotfound|模型不存在");
    /// The content itself is refused, so that no second try can help.
    private static final Pattern POLICY = Pattern.compile("content[_ -]?policy|policy[_ ]violation|(bio|cyber|safety|usage)_policy|usage "
        + "policy|misalignment|data_?residency|responsibleai|datainspectionfailed"
        + "|data_inspection_failed|inappropriate content|content[_ ]?filter|content management policy|moderation|prohibited[_ ]content|"
            + "content exists risk|considered high risk|flagged|sensitive (words|content)"
        + "|new_sensitive|safety_violation|invalid_prompt|safety system|(usage|content|safety|'s) policies|"
        + "violat.{0,40}(terms|guidelines|rules)|(request|prompt|content|input|output).{0,20}\\bblocked|guardrail|unsafe|"
        + "prohibited words|illegal content|nsfw|\\btoxic|harmful"
        + "|(our|cyber) safeguards|jailbreak|recitation|copyright|sexual|敏感|不安全|不合规|不当内容|有害|违规|违法|заблокирован|нарушает");
    private static final Pattern IMAGE = Pattern.compile("\\b(image_[a-z]|(invalid|empty|unsupported|failed_to_download|"
        + "invalid_base64)_image)");
    /// What a cause may say and the answer around it must not: it is about the host's own account, or about its time.
    private static final Set<Integer> OF_THE_HOST = Set.of(401, 403, 408, 409, 499);

    private ErrorStatus() {}

    /// `status` is the answer's, or 0 for an error inside an answer that began well.
    static int of(int status, ErrorBody body) {
        var codes = body.codes();
        var text = (body.message() + " " + codes).toLowerCase(Locale.ROOT);
        var known = Stream.of(codes.split(" ")).map(CODES::get).filter(Objects::nonNull).findFirst();
        if (known.isPresent()) return known.get();
        if (UNPAID_WORDS.matcher(text).find()) return UNPAID;
        if (status != 401 && LIMITED.matcher(text).find()) return 429;
        return mapped(told(status, body, codes, text), text);
    }

    private static int told(int status, ErrorBody body, String codes, String text) {
        var statuses = body.statuses();
        var told = status != 0 ? status : statuses.stream().findFirst().orElseGet(() -> ofType(codes, text));
        if (told == 400 && statuses.contains(429)) return 429;
        if (told < 500) return told;
        if (isOfContent(text) || IMAGE.matcher(codes).find()) return REFUSED;
        return statuses.stream().filter(inner -> inner < 500 && !OF_THE_HOST.contains(inner)).findFirst().orElse(told);
    }

    private static int ofType(String codes, String text) {
        if (text.contains("rate limit") || text.contains("too many requests")) return 429;
        return TYPES.stream().filter(type -> codes.contains(type.getKey())).map(Map.Entry::getValue).findFirst().orElse(500);
    }

    private static int mapped(int status, String text) {
        if (status == 400 && BAD_KEY.matcher(text).find()) return 401;
        if (status == 400 && NO_MODEL.matcher(text).find()) return 404;
        if (status == 413 && text.contains("rate_limit") || status == 413 && text.contains("tokens per minute")) return 429;
        if ((status == 500 || status == 400) && BUSY.matcher(text).find()) return OVERLOADED;
        // https://developers.cloudflare.com/workers-ai/platform/errors/
        if (text.contains("no more data centers") || text.contains("capacity temporarily exceeded")) return OVERLOADED;
        return switch (status) {
            case 401, 402, 403, 404, 409, 413, 429, 529 -> status;
            case 405, 400, 422 -> REFUSED;
            case 408, 504, 524 -> 504;
            case 503 -> OVERLOADED;
            case 499 -> 500;   // given up between the provider and its model
            default -> status >= 500 || status < 400 ? 500 : REFUSED;
        };
    }

    /// The text, in lower case, says that the content breaks a rule: no change to the request makes it acceptable.
    static boolean isOfContent(String text) { return POLICY.matcher(text).find(); }
}
