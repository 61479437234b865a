package lib.provider;

import lib.wire.Ask;
import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// An endpoint's address, and AWS's signature for its service.
class SageMakerTest {
    private static Access.Way way(String model) {
        var config = new Config(new HashMap<>(Map.of("AWS_REGION", "eu-central-1", "AWS_ACCESS_KEY_ID", "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY", "secret")));
        var row = Providers.find("sagemaker_nova", config).orElseThrow();
        return row.access().way(row, config, model, "", "");
    }

    @Test void theEndpointIsTheModel() { assertEquals("https://runtime.sagemaker.eu-central-1.amazonaws.com/endpoints/my-endpoint", way("my-endpoint").base()); }

    @Test void aComponentIsNamedAndSigned() {
        var way = way("my-endpoint/my-component");
        assertEquals("https://runtime.sagemaker.eu-central-1.amazonaws.com/endpoints/my-endpoint", way.base());
        var headers = way.credential().signed(Ask.post(way.base() + "/invocations", Map.of("content-type", "application/json"), new byte[0])).headers();
        assertEquals("my-component", headers.get("x-amzn-sagemaker-inference-component"));
        assertTrue(headers.get("authorization").contains("/eu-central-1/sagemaker/aws4_request") && headers.get("authorization").contains("x-amzn-sagemaker-inference-component"), headers.get("authorization"));
    }
}
