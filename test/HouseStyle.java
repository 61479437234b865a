import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;

/// The laws of the house that are about a single file: line lengths, sizes of methods, statics, records. They read the trees of
/// the compiler's own parser.
class HouseStyle {
    private static final int COLUMNS = 140, PARAMETERS = 5, LINES = 50;
    /// Their rows read as tables.
    private static final Set<String> TABLES = Set.of("Providers.java", "Hosts.java", "TextServices.java");
    private static final Pattern STATEFUL = Pattern.compile("\\b(Lazy|Atomic\\w+|Concurrent\\w+|ThreadLocal|\\w+Adder)\\b"),
        MUTABLE = Pattern.compile("^new ([\\w.]*(Map|List|Set|Deque|Queue|Builder|Buffer)|Random)\\b");
    private static final String WRITES = "(\\.(put\\w*|add\\w*|remove\\w*|clear|merge|compute\\w*|set|sort)\\(|\\[[^]]*] = )";

    @Test void linesAreShort() throws IOException {
        var broken = new ArrayList<String>();
        for (var file : House.sources()) {
            if (TABLES.contains(file.getFileName().toString())) continue;
            var lines = Files.readAllLines(file);
            for (var i = 0; i < lines.size(); i++)
                if (lines.get(i).length() > COLUMNS) broken.add(file + ":" + (i + 1) + " has " + lines.get(i).length() + " columns");
        }
        House.none(broken);
    }

    @Test void methodsHaveFewParameters() throws IOException {
        none((found, method) -> {
            if (method instanceof MethodTree tree && tree.getParameters().size() > PARAMETERS)
                found.report(tree, tree.getName() + " has " + tree.getParameters().size() + " parameters");
        });
    }

    @Test void methodsAreShort() throws IOException {
        none((found, method) -> {
            if (method instanceof MethodTree tree && found.lines(tree) > LINES)
                found.report(tree, tree.getName() + " has " + found.lines(tree) + " lines");
        });
    }

    @Test void noStaticHoldsState() throws IOException {
        none((found, field) -> {
            if (!(field instanceof VariableTree variable) || !(found.parent() instanceof ClassTree owner)) return;
            var flags = variable.getModifiers().getFlags();
            var isConstant = owner.getKind() == Tree.Kind.INTERFACE;
            if (!isConstant && !flags.contains(Modifier.STATIC)) return;
            if (!isConstant && !flags.contains(Modifier.FINAL)) found.report(variable, variable.getName() + " is static, but not final");
            if (STATEFUL.matcher(String.valueOf(variable.getType())).find()
                || MUTABLE.matcher(String.valueOf(variable.getInitializer())).find()
                || Pattern.compile("\\b" + variable.getName() + WRITES).matcher(found.text()).find())
                found.report(variable, variable.getName() + " is static, but can change");
        });
    }

    /// By name: a component is read by an accessor anywhere, by its own record, or in a pattern.
    @Test void everyComponentIsRead() throws IOException {
        var all = new StringBuilder();
        for (var file : House.sources()) all.append(Files.readString(file));
        none((found, type) -> {
            if (!(type instanceof ClassTree record) || record.getKind() != Tree.Kind.RECORD) return;
            if (Pattern.compile("(case |instanceof )(\\w+\\.)?" + record.getSimpleName() + "\\(").matcher(all).find()) return;
            for (var component : components(record)) {
                var isCalled = Pattern.compile("(\\.|::)" + component + "\\b").matcher(all).find();
                var methods = record.getMembers().stream().filter(MethodTree.class::isInstance).map(Tree::toString);
                if (!isCalled && !Pattern.compile("\\b" + component + "\\b").matcher(methods.collect(Collectors.joining())).find())
                    found.report(record, "nothing reads " + record.getSimpleName() + "." + component);
            }
        });
    }

    private static List<String> components(ClassTree record) {
        return record.getMembers().stream().filter(VariableTree.class::isInstance).map(VariableTree.class::cast)
            .filter(field -> !field.getModifiers().getFlags().contains(Modifier.STATIC)).map(field -> field.getName().toString()).toList();
    }

    private static void none(BiConsumer<Finder, Tree> law) throws IOException { House.none(Finder.search(House.sources(), law)); }

    /// Walks through the trees of all files, and collects what breaks a law.
    private static final class Finder extends TreePathScanner<Void, Void> {
        private final Trees trees;
        private final CompilationUnitTree unit;
        private final BiConsumer<Finder, Tree> law;
        private final List<String> broken;

        private Finder(Trees trees, CompilationUnitTree unit, BiConsumer<Finder, Tree> law, List<String> broken) {
            this.trees = trees;
            this.unit = unit;
            this.law = law;
            this.broken = broken;
        }

        static List<String> search(List<Path> sources, BiConsumer<Finder, Tree> law) throws IOException {
            var compiler = ToolProvider.getSystemJavaCompiler();
            var broken = new ArrayList<String>();
            try (var files = compiler.getStandardFileManager(null, null, null)) {
                var task = (JavacTask) compiler.getTask(null, files, null, null, null, files.getJavaFileObjectsFromPaths(sources));
                var trees = Trees.instance(task);
                for (var unit : task.parse()) new Finder(trees, unit, law, broken).scan(unit, null);
            }
            return broken;
        }

        @Override public Void visitClass(ClassTree tree, Void nothing) {
            law.accept(this, tree);
            return super.visitClass(tree, nothing);
        }

        @Override public Void visitMethod(MethodTree tree, Void nothing) {
            law.accept(this, tree);
            return super.visitMethod(tree, nothing);
        }

        @Override public Void visitVariable(VariableTree tree, Void nothing) {
            law.accept(this, tree);
            return super.visitVariable(tree, nothing);
        }

        Tree parent() { return getCurrentPath().getParentPath().getLeaf(); }

        String text() {
            try {
                return unit.getSourceFile().getCharContent(true).toString();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        long lines(Tree tree) { return line(trees.getSourcePositions().getEndPosition(unit, tree)) - line(start(tree)) + 1; }

        void report(Tree tree, String what) {
            broken.add(Path.of(unit.getSourceFile().getName()) + ":" + line(start(tree)) + ": " + what);
        }

        private long start(Tree tree) { return trees.getSourcePositions().getStartPosition(unit, tree); }

        private long line(long position) { return unit.getLineMap().getLineNumber(position); }
    }
}
