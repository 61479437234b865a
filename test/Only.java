import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;

import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;

/// Runs only the tests with one of the given parts in their name, as `TestName` spells it; without parts, all tests.
/// JUnit filters methods before it runs anything, but knows rows and dynamic tests only once it has their names:
/// this same class drops those, as an extension that JUnit finds through `test/extensions`.
public final class Only implements ExecutionCondition, InvocationInterceptor {
    private static final String PARTS = "freecc.only";

    static LauncherDiscoveryRequestBuilder filter(LauncherDiscoveryRequestBuilder request, List<String> parts) {
        return request.configurationParameter("junit.jupiter.extensions.autodetection.enabled", "true")
            .configurationParameter(PARTS, String.join("\n", parts))
            .filters((PostDiscoveryFilter) test -> FilterResult.includedIf(mayRun(test, parts)));
    }

    private static boolean mayRun(TestDescriptor test, List<String> parts) {
        return !test.isTest() || matches(parts, TestName.of(test.getUniqueId(), test.getDisplayName()));
    }

    static boolean matches(List<String> parts, String name) { return parts.isEmpty() || parts.stream().anyMatch(name::contains); }

    private static List<String> parts(ExtensionContext test) { return test.getConfigurationParameter(PARTS).orElse("").lines().toList(); }

    private static String name(ExtensionContext test) { return TestName.of(UniqueId.parse(test.getUniqueId()), test.getDisplayName()); }

    @Override public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext test) {
        return !TestName.isRow(UniqueId.parse(test.getUniqueId())) || matches(parts(test), name(test))
            ? ConditionEvaluationResult.enabled("its name matches") : ConditionEvaluationResult.disabled("its name does not match");
    }

    @Override public <T> T interceptTestFactoryMethod(Invocation<T> method, ReflectiveInvocationContext<Method> call, ExtensionContext test)
        throws Throwable {
        var made = method.proceed();
        if (!(made instanceof Stream<?> tests)) throw new IllegalStateException(call.getExecutable() + " must return a stream of tests");
        var parts = parts(test);
        var name = name(test);
        @SuppressWarnings("unchecked")
        var wanted = (T) tests.filter(one -> matches(parts, TestName.of(name, ((DynamicNode) one).getDisplayName())));
        return wanted;
    }
}
