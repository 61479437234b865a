import org.junit.platform.engine.UniqueId.Segment;
import org.junit.platform.engine.UniqueId;

import java.util.List;

/// The name of a test, for filters and failures: `Class.method`, and what a row or a dynamic test is called after it, as in
/// `Cases.cases test/cases/gemini/tool-choice-named.txt (whole)` or `RoutesTest.namesAreResolved [3] asked = ...`.
final class TestName {
    private static final List<String> CLASSES = List.of("class", "nested-class"),
        METHODS = List.of("method", "test-factory", "test-template");
    private static final String ROW = "test-template-invocation", DYNAMIC = "dynamic-";

    private TestName() {}

    static String of(UniqueId id, String displayName) {
        var name = new StringBuilder();
        for (var segment : id.getSegments()) {
            if (CLASSES.contains(segment.getType())) name.append(name.isEmpty() ? "" : ".").append(lastWord(segment));
            if (METHODS.contains(segment.getType())) name.append('.').append(segment.getValue().replaceFirst("\\(.*", ""));
        }
        if (name.isEmpty()) return displayName;
        return isRow(id) || id.getLastSegment().getType().startsWith(DYNAMIC) ? of(name.toString(), displayName) : name.toString();
    }

    static String of(String method, String row) { return method + " " + row; }

    private static String lastWord(Segment type) { return type.getValue().substring(type.getValue().lastIndexOf('.') + 1); }

    static boolean isRow(UniqueId id) { return id.getLastSegment().getType().equals(ROW); }
}
