package lib.request;

import module java.base;

import lib.json.*;
import lib.route.*;
import lib.wire.*;

/// Bedrock's free token count, for any kind of body.
public final class BedrockCount {
    private static final Pattern PROFILE = Pattern.compile("^(us-gov|us|eu|apac|jp|au|ca|sa|global)\\.(?=\\w+\\.)");

    private BedrockCount() {}

    /// Needs the model's name without the prefix of an inference profile.
    /// https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_CountTokens.html ,
    /// https://alchemy.run/providers/aws/bedrock/counttokens
    public static Ask of(Route route, JsonObject input) {
        var model = URLEncoder.encode(PROFILE.matcher(route.name()).replaceFirst(""), StandardCharsets.UTF_8);
        var plain = route.at(route.base().replace("{model}", model));
        return Ask.post(plain.url("/count-tokens"), Json.object("input", input));
    }
}
