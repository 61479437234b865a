#!/bin/sh
# Proves ./jbang and jbang-catalog.json: the JDK it finds, the JBang it takes, what reaches the program,
# and FreeCC run by alias, by URL and from a remote catalog. Everything happens in a temporary folder.
set -u

root=$(cd "$(dirname "$0")/.." && pwd -P)
work=$(mktemp -d)
passed=0 failed=0 server=''
trap 'rm -rf "$work"; [ -z "$server" ] || kill "$server"' EXIT

export HOME="$work/home" XDG_CACHE_HOME="$work/cache"
export JBANG_DIR="$work/jbang" JBANG_CACHE_DIR="$work/jbang-cache" JBANG_NO_VERSION_CHECK=true
unset JBANG_JAVA_OPTIONS
jdk=${JAVA_HOME-}
cache=$XDG_CACHE_HOME/freecc
mkdir -p "$HOME" "$work/bin"
cd "$work" || exit 1

without_jbang() { # the PATH less the folders that have a jbang
    set -f; IFS=:
    for folder in $PATH; do [ -x "$folder/jbang" ] || printf '%s:' "$folder"; done
}
PATH=$work/bin:$(without_jbang)
PATH=${PATH%:}

check() { # name, expected, actual
    if [ "$2" = "$3" ]; then
        echo "ok   $1"; passed=$((passed + 1))
    else
        printf 'FAIL %s\n  expected: %s\n  actual:   %s\n' "$1" "$2" "$3"; failed=$((failed + 1))
    fi
}
has() { # name, expected part, actual
    case $3 in *"$2"*) check "$1" "$2" "$2" ;; *) check "$1" "...$2..." "$3" ;; esac
}
program() { mkdir -p "$(dirname "$1")"; { echo '#!/bin/sh'; cat; } >"$1"; chmod +x "$1"; }
pretend_jdk() { # folder, version: its java answers as JBang would, with a command that tells who was asked
    program "$1/bin/java" <<STOP
echo "echo $2 home=\$JAVA_HOME" ; exit 255
STOP
    program "$1/bin/javac" </dev/null
    printf 'IMPLEMENTOR="x"\nJAVA_VERSION="%s"\n' "$2" >"$1/release"
}

# --- Which JDK ---

mkdir -p "$cache"
: >"$cache/jbang-0.132.1.jar"
pretend_jdk "$work/old" 17.0.15
ln -s "$work/old/bin/java" "$work/bin/java"
for place in .jbang/currentjdk .jbang/cache/jdks/25 .sdkman/candidates/java/25.0.1-tem .jdks/temurin-25 \
    Library/Java/JavaVirtualMachines/x.jdk/Contents/Home
do
    pretend_jdk "$HOME/$place" 25.0.3
    check "Java 17 on the PATH, JDK 25 in ~/$place" "25.0.3 home=$HOME/$place" "$(JAVA_HOME='' JBANG_DIR='' JBANG_CACHE_DIR='' "$root/jbang" x.java)"
    rm -rf "${HOME:?}/$place"
done
pretend_jdk "$HOME/.jdks/later" 26-ea
pretend_jdk "$work/new" 25
check 'JAVA_HOME when it is 25+'            "25 home=$work/new"            "$(JAVA_HOME=$work/new "$root/jbang" x.java)"
check 'JAVA_HOME with 17 is passed over'    "26-ea home=$HOME/.jdks/later" "$(JAVA_HOME=$work/old "$root/jbang" x.java)"
check 'java on the PATH when it is 25+'     "25 home=$work/new"            "$(JAVA_HOME='' PATH=$work/new/bin:$PATH "$root/jbang" x.java)"
rm "$work/new/bin/javac"
check 'a Java without javac is passed over' "26-ea home=$HOME/.jdks/later" "$(JAVA_HOME=$work/new "$root/jbang" x.java)"
pretend_jdk "$work/older" 1.8.0_402
check 'so is 1.8'                           "26-ea home=$HOME/.jdks/later" "$(JAVA_HOME=$work/older "$root/jbang" x.java)"
rm -rf "$HOME/.jdks"

mkdir "$work/bare"
for tool in dirname head grep cat sed readlink; do ln -s "$(command -v $tool)" "$work/bare/$tool"; done
sed -e 's,/usr/lib/jvm,/none,' -e 's,/opt/homebrew,/none,' -e 's,/usr/local,/none,' -e 's, /Library, /none,' "$root/jbang" >"$work/lonely"
chmod +x "$work/lonely"
has 'no Java at all: says what to install' 'Install a JDK 25' "$(JAVA_HOME='' PATH=$work/bare /bin/sh "$work/lonely" x.java 2>&1)"
rm "$work/bin/java"

# --- Which JBang ---

program "$work/real/jbang" <<'STOP'
printf '[%s]' real "$@"; exit 5
STOP
check 'jbang on the PATH is preferred'  '[real][a b][][*] 5' \
    "$(PATH=$work/real:$PATH "$root/jbang" 'a b' '' '*'; echo " $?")"
mkdir "$work/copy"
cp "$root/jbang" "$work/copy/jbang"
check 'but neither itself nor its copy' '[real]' "$(PATH=$root:$work/copy:$work/real:$PATH "$root/jbang")"

rm -r "$cache"
for tool in curl wget; do
    program "$work/liar/$tool" <<'STOP'
while [ $# -gt 1 ]; do case $1 in -o | -O) echo liar >"$2" ;; esac; shift; done
STOP
done
has 'a download with a wrong checksum is refused' 'wrong SHA-256' "$(JAVA_HOME=$jdk PATH=$work/liar:$PATH "$root/jbang" x.java 2>&1; echo "code $?")"
check 'and nothing of it stays' '' "$(ls "$cache")"
program "$work/broken/curl" <<'STOP'
exit 22
STOP
has 'a download that fails is told' 'cannot download https://repo1.maven.org' "$(JAVA_HOME=$jdk PATH=$work/broken:$PATH "$root/jbang" x.java 2>&1)"

# --- What reaches the program, with the real JBang from here on ---

export JAVA_HOME="$jdk"
cat >Show.java <<'STOP'
//JAVA 25+
void main(String... args) throws Exception {
    switch (args[0]) {
        case "exit"  -> System.exit(Integer.parseInt(args[1]));
        case "stdin" -> System.in.transferTo(System.out);
        case "pid"   -> IO.println(ProcessHandle.current().pid());
        default      -> { for (var arg : args) IO.print("[" + arg + "]"); }
    }
}
STOP
nasty="[plain][a b][][it's][\"q\"][*][\$HOME \`id\` \\][two
lines][@file][--help][-Dx=y][ ]"
check 'arguments arrive intact' "$nasty" \
    "$("$root/jbang" Show.java plain 'a b' '' "it's" '"q"' '*' "\$HOME \`id\` \\" 'two
lines' @file --help -Dx=y ' ' 2>err)" || cat err
check 'so they do after an option of JBang'"'"'s' "[a b][it's][*]" "$("$root/jbang" --quiet Show.java 'a b' "it's" '*')"
check 'the exit code passes'  42 "$("$root/jbang" Show.java exit 42; echo $?)"
check 'standard input passes' 'one two' "$(echo 'one two' | "$root/jbang" Show.java stdin)"
"$root/jbang" Show.java pid >pid & wait $!
check 'the program takes the place of the script' $! "$(cat pid)"
check 'a command of JBang'"'"'s own' 0.132.1 "$("$root/jbang" version 2>&1)"

# --- FreeCC.java: no foreign settings, and its command is kept ---

mkdir -p clone/lib/a
cp "$root/jbang" clone/
cat >clone/FreeCC.java <<'STOP'
//JAVA 25+
//SOURCES lib/a/Word.java
void main(String... args) { IO.println(lib.a.Word.TEXT + args.length); }
STOP
echo 'package lib.a; public class Word { public static final String TEXT = "first "; }' >clone/lib/a/Word.java
check 'FreeCC.java by the fetched JBang' 'first 2' "$(clone/jbang clone/FreeCC.java a '' 2>/dev/null)"
echo 'run.main=Foreign' >jbang.properties
gc='import java.lang.management.*; void main(String... args) { IO.println(ManagementFactory.getGarbageCollectorMXBeans().getFirst().getName() + args.length); }'
mkdir -p many/lib/cli
cp "$root/jbang" many/
cp "$root/lib/cli/ServerJvm.java" many/lib/cli/
{ grep '^//RUNTIME_OPTIONS' "$root/FreeCC.java"; echo "//JAVA 25+"; echo "$gc"; } >many/FreeCC.java
check 'one user has the serial collector' 'Copy1' "$(many/jbang many/FreeCC.java serve 2>/dev/null)"
check '--server has G1' 'G1 Young Generation2' "$(many/jbang many/FreeCC.java serve --server 2>&1)"
check 'so has FREECC_SERVER' 'G1 Young Generation0' "$(FREECC_SERVER=true many/jbang many/FreeCC.java 2>&1)"
check 'but --server after `code` is Claude Code'"'"'s' 'Copy2' "$(many/jbang many/FreeCC.java code --server 2>&1)"
check 'a jbang.properties in the folder has no say' 'first 0' "$(rm "$cache/command"; clone/jbang clone/FreeCC.java 2>&1)"
check 'nor with the jbang on the PATH' '[real][run][--config=/dev/null][clone/FreeCC.java][x]' "$(PATH=$work/real:$PATH clone/jbang clone/FreeCC.java x)"
rm jbang.properties
mv "$cache/jbang-0.132.1.jar" kept.jar
: >"$cache/jbang-0.132.1.jar"
check 'the same again needs no JBang' 'first 1' "$(cd clone && ./jbang ./FreeCC.java x)"
echo 'package lib.a; public class Word { public static final String TEXT = "second "; }' >clone/lib/a/Word.java
has 'a changed source does' 'jbang-0.132.1.jar' "$(clone/jbang clone/FreeCC.java 2>&1)"
mv kept.jar "$cache/jbang-0.132.1.jar"
check 'and is compiled' 'second 0' "$(clone/jbang clone/FreeCC.java 2>/dev/null)"
rm -r "$JBANG_CACHE_DIR/jars"
check 'a cleared JBang cache is filled again' 'second 0' "$(clone/jbang clone/FreeCC.java 2>/dev/null)"

# --- The AOT cache: whatever changes, today's code runs, and says nothing else ---

aot=$work/aot XDG_CACHE_HOME=$work/aot-cache
mkdir -p "$aot/lib/a" "$aot/lib/cli" "$aot/lib/launch" "$XDG_CACHE_HOME"
cp "$root/lib/cli/ServerJvm.java" "$aot/lib/cli/"
cp "$root/lib/launch/UberJar.java" "$aot/lib/launch/"
mv "$cache" "$XDG_CACHE_HOME/freecc"
cache=$XDG_CACHE_HOME/freecc
cp "$root/jbang" "$aot/"
word() { echo "package lib.a; public class Word { public static String text() { return \"$1\"; } }" >"$aot/lib/a/Word.java"; }
source() { # extra line
    cat >"$aot/FreeCC.java" <<STOP
//JAVA 25+
$1
//SOURCES lib/a/Word.java
$(grep '^//RUNTIME_OPTIONS' "$root/FreeCC.java")
class FreeCC {
    static void main(String... args) throws Exception {
        if (args.length > 0 && args[0].equals("stay")) Thread.sleep(600_000);
        if (args.length == 0) System.out.println(lib.a.Word.text());
        if (args.length > 0 && args[0].equals("train") && System.getenv("FAULT") != null) System.exit(1);
        lib.a.Word.text();
    }
}
STOP
}
run() { (CI=true _JAVA_OPTIONS="-Xlog:class+load:file=$work/loaded" "$aot/jbang" "$aot/FreeCC.java" 2>&1) | grep -v '^Picked up _JAVA_OPTIONS'; }
from_cache() { grep -c ' lib.a.Word source: shared objects file' "$work/loaded"; }
caches() { find "$cache" -name '*.aot' | wc -l | tr -d ' '; }
parts() { find "$cache" -name 'training.*' | wc -l | tr -d ' '; }
stay() { CI='' "$aot/jbang" "$aot/FreeCC.java" stay >stayed 2>&1 & }
trained() { # starts FreeCC until a new cache is there
    old=$(find "$cache" -name '*.aot' -exec ls -i {} +); stay; staying=$!
    for _ in $(seq 300); do now=$(find "$cache" -name '*.aot' -exec ls -i {} +); [ -n "$now" ] && [ "$now" != "$old" ] && [ "$(parts)" = 0 ] && break; sleep 0.2; done
    kill $staying; wait $staying 2>/dev/null
}
word first; source ''
run >/dev/null
check 'without a cache' 'first 0 caches, 0 used' "$(run) $(caches) caches, $(from_cache) used"
trained
check 'a start trains one' 'first 1 caches, 1 used, says ' "$(run) $(caches) caches, $(from_cache) used, says $(cat stayed)"
_JAVA_OPTIONS="-Xlog:class+load:file=$work/loaded -Xlog:gc:file=$work/gc" "$aot/jbang" "$aot/FreeCC.java" --server 2>/dev/null
has 'with --server it is of use, too' 'Using G1, 1 used' "$(cat gc), $(from_cache) used"
word second; run >/dev/null
check 'an edit' 'second 0' "$(run) $(from_cache)"
trained
check 'is trained anew, and the old cache goes' 'second 1 caches, 1 used' "$(run) $(caches) caches, $(from_cache) used"
source '//DEPS com.google.code.gson:gson:2.15.0'; run >/dev/null
check 'a new dependency' 'second 0' "$(run) $(from_cache)"
source ''; run >/dev/null
check 'what was before is known again' 'second 1' "$(run) $(from_cache)"
real=$(eval "set -- $(tail -n 1 "$cache/command")"; echo "${1%/bin/java}")   # the one that ./jbang has found
cp -Rl "$real" other 2>/dev/null || { rm -rf other; cp -R "$real" other; }
{ rm other/release; cat "$real/release"; echo 'IMPLEMENTOR_VERSION="another"'; } >more && mv more other/release
JAVA_HOME=$work/other run >/dev/null
check 'another JDK' 'second 0' "$(JAVA_HOME=$work/other run) $(JAVA_HOME=$work/other from_cache)"
kept=$(find "$cache" -name '*.aot')
cp "$kept" whole.aot
for size in 0 100 100000 5000000; do
    head -c $size whole.aot >"$kept"
    run >/dev/null
    check "a file cut to $size bytes" 'second 0' "$(run) $(from_cache)"
done
rm "$kept"
echo 'package lib.a; public class Word { public static String text() { return new com.google.gson.Gson().toJson(1) + "st"; } }' \
    >"$aot/lib/a/Word.java"
source '//DEPS com.google.code.gson:gson:2.15.0 com.google.auto.value:auto-value-annotations:1.11.0'; run >/dev/null
trained
gson() { sed -n 's/.* com.google.gson.Gson source: //p' "$work/loaded"; }
check 'libraries' '1st 1 used, gson is of the shared objects file' "$(run) $(from_cache) used, gson is of the $(gson)"
libraries=$(find "$cache" -name 'libraries-*.jar')
check 'are one jar, in place of their own' "${libraries}" "$(cut -d : -f 2- "$cache"/*.aot.path)"
cp -p "$libraries" whole.jar
for size in 0 100 10000; do
    head -c $size whole.jar >"$libraries"
    check "that jar cut to $size bytes" '1st 0' "$(run) $(from_cache)"
done
rm "$libraries"
check 'that jar removed' '1st 0' "$(run) $(from_cache)"
cp -p whole.jar "$libraries"
check 'and put back' '1st 1' "$(run) $(from_cache)"
head -c 10000 whole.jar >"$libraries"
stay; staying=$!
for _ in $(seq 100); do [ -f "$libraries" ] || break; sleep 0.2; done
kill $staying; wait $staying 2>/dev/null
trained
check 'a training that a cut jar spoils has it made again' '1st 1' "$(run) $(from_cache)"
library=$(tail -n 1 "$cache/command" | tr ' :' '\n\n' | grep 'gson-2')
cp -p "$library" library.jar && touch "$library"
check 'a library that has changed since' '1st 0' "$(run) $(from_cache)"
trained
check 'is taken into the next' '1st 1' "$(run) $(from_cache)"
cp -p library.jar "$library"
word second; source ''; run >/dev/null
rm -f "$cache"/*.aot "$cache"/*.aot.path
FAULT=1 stay; staying=$!
for _ in $(seq 100); do [ "$(parts)" = 0 ] || break; sleep 0.2; done
for _ in $(seq 100); do [ "$(parts)" = 0 ] && break; sleep 0.2; done
kill $staying
check 'a training that fails leaves nothing' '0 0' "$(caches) $(parts)"
stay; one=$!; stay; other=$!
for _ in $(seq 300); do [ "$(caches)" = 1 ] && [ "$(parts)" = 0 ] && break; sleep 0.2; done
kill $one $other
check 'two starts at once' 'second 1 caches, 1 used' "$(run) $(caches) caches, $(from_cache) used"
rm "$cache"/*.aot
chmod a-w "$cache"
check 'a cache folder that cannot be written' 'second' "$(run)"
chmod u+w "$cache"

# --- FreeCC by alias, by URL, from a remote catalog ---

mkfifo port
python3 -u -m http.server --bind 127.0.0.1 --directory "$root" 0 >port 2>/dev/null &
server=$!
read -r line <port
site=http://127.0.0.1:$(echo "$line" | sed 's/.* port \([0-9]*\) .*/\1/')
"$root/jbang" trust add "$site/" 2>/dev/null
expected=$("$root/jbang" "$root/FreeCC.java" --version 2>err || cat err)
has 'FreeCC.java --version' 'FreeCC ' "$expected"
cd "$root" || exit 1
check 'jbang freecc@.'              "$expected" "$("$root/jbang" freecc@. --version 2>"$work/err" || cat "$work/err")"
cd "$work" || exit 1
check 'jbang <url of FreeCC.java>'  "$expected" "$("$root/jbang" "$site/FreeCC.java" --version 2>err || cat err)"
check 'jbang freecc@<url>'          "$expected" "$("$root/jbang" "freecc@$site/jbang-catalog.json" --version 2>err || cat err)"

echo "$passed passed, $failed failed"
[ $failed = 0 ]
