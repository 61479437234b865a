package lib.request;

import module java.base;
import com.google.gson.JsonObject;

import lib.route.*;
import lib.wire.*;

/// Bedrock's free count of tokens, for whatever body it is asked about.
public final class BedrockCount {
    private static final Pattern PROFILE = Pattern.compile("^(us-gov|us|eu|apac|jp|au|ca|sa|global)\\.(?=\\w+\\.)");

    private BedrockCount() {}

    /// Counts for nothing, but not by the name of an inference profile.
    /// https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_CountTokens.html , https://alchemy.run/providers/aws/bedrock/counttokens
    public static Ask of(Route route, JsonObject input) {
        var plain = route.at(route.base().replace("{model}", URLEncoder.encode(PROFILE.matcher(route.name()).replaceFirst(""), StandardCharsets.UTF_8)));
        return Ask.post(plain.url("/count-tokens"), Json.object("input", input));
    }
}
