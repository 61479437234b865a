package lib.cloud.aws;

import module java.base;
import org.junit.jupiter.api.Test;

import lib.access.*;
import lib.config.*;
import lib.provider.*;
import lib.wire.*;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// An endpoint's address, and AWS's signature for its service.
class SageMakerTest {
    private static Endpoint endpoint(String model) {
        var config = new Config(new HashMap<>(Map.of("AWS_REGION", "eu-central-1", "AWS_ACCESS_KEY_ID", "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY", "secret")));
        var row = Providers.find("sagemaker_nova", config).orElseThrow();
        return row.access().endpoint(new Target(row, new Config.Slot("sagemaker_nova", model, "", ""), config, new CredentialCache()));
    }

    @Test void theEndpointIsTheModel() { assertEquals("https://runtime.sagemaker.eu-central-1.amazonaws.com/endpoints/my-endpoint", endpoint("my-endpoint").base()); }

    @Test void aComponentIsNamedAndSigned() {
        var endpoint = endpoint("my-endpoint/my-component");
        assertEquals("https://runtime.sagemaker.eu-central-1.amazonaws.com/endpoints/my-endpoint", endpoint.base());
        var headers = endpoint.credential().signed(Ask.post(endpoint.base() + "/invocations", Map.of("content-type", "application/json"), new byte[0])).headers();
        assertEquals("my-component", headers.get("x-amzn-sagemaker-inference-component"));
        assertTrue(headers.get("authorization").contains("/eu-central-1/sagemaker/aws4_request") && headers.get("authorization").contains("x-amzn-sagemaker-inference-component"), headers.get("authorization"));
    }
}
