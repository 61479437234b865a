#!/usr/bin/env python3
"""Builds a release as the workflow does, and runs its jar as those who fetch it do: with java, with JBang and by its alias."""
import base64
import hashlib
import http.server
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import threading
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
PATIENCE = 180  # seconds, for a machine that is busy
passed = failed = 0


class Provider(http.server.BaseHTTPRequestHandler):
    """A provider of OpenAI's chat API, which keeps the last request. Under /release/ it serves the release's files."""

    folder, headers_seen, body = None, {}, {}

    def log_message(self, *_):
        pass

    def do_GET(self):
        file = self.folder / self.path.removeprefix("/release/")
        found = self.path.startswith("/release/") and file.is_file()
        self.answer(200 if found else 404, "application/octet-stream", file.read_bytes() if found else b"")

    def do_POST(self):
        Provider.headers_seen = dict(self.headers)
        Provider.body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        choice = {"index": 0, "delta": {"content": "Read."}, "finish_reason": "stop"}
        self.answer(200, "text/event-stream", b"data: " + json.dumps({"choices": [choice]}).encode() + b"\n\ndata: [DONE]\n\n")

    def answer(self, status, kind, content):
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


class Served:
    """`freecc serve` from the jar, until the end of the block."""

    def __init__(self, java, jar, home, **settings):
        self.process = subprocess.Popen([java, "-jar", str(jar), "serve", "--port", "0"], cwd=home, text=True,
                                        env=environment(home, **settings), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.url = next(found.group(1) for line in self.process.stdout if (found := re.search(r"listening on (http\S+)", line)))
        threading.Thread(target=self.process.stdout.read, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(PATIENCE)

    def get(self, path):
        request = urllib.request.Request(self.url + path, headers={"accept": "text/html"})
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return answer.read().decode()

    def ask(self, *content):
        body = {"model": "claude-sonnet-5", "max_tokens": 99, "messages": [{"role": "user", "content": list(content)}]}
        request = urllib.request.Request(self.url + "/v1/messages", json.dumps(body).encode(), {"content-type": "application/json"})
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return json.load(answer)["content"][0]["text"]


def environment(home, **settings):
    user = pathlib.Path.home()  # whose JBang, JDK and jars are used
    kept = {name: value for name, value in os.environ.items() if name == "PATH" or name.startswith(("JAVA_HOME", "JBANG_", "XDG_CACHE"))}
    return {"JBANG_DIR": str(user / ".jbang"), "XDG_CACHE_HOME": str(user / ".cache"), **kept, "HOME": str(home), **settings}


def media(kind, name):
    data = base64.b64encode((ROOT / "test/media" / name).read_bytes()).decode()
    return {"type": "document" if kind.endswith("pdf") else "image", "source": {"type": "base64", "media_type": kind, "data": data}}


def check(name, is_right, found=""):
    global passed, failed
    passed, failed = passed + bool(is_right), failed + (not is_right)
    print("ok  " if is_right else "FAIL", name, "" if is_right else f"\n  found: {found}", flush=True)


def output(command, home, **settings):
    done = subprocess.run(command, cwd=home, env=environment(home, **settings), stdin=subprocess.DEVNULL, text=True, timeout=PATIENCE,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return done.returncode, done.stdout.strip()


def build(folder):
    version = re.search(r'VERSION = "(.*)"', (ROOT / "lib/config/Config.java").read_text()).group(1)
    refused = subprocess.run([ROOT / "ops/release", folder, "v0.0.0-other"], capture_output=True, text=True)
    check("a tag of another version is refused", refused.returncode == 1 and version in refused.stderr, refused)
    subprocess.run([ROOT / "ops/release", folder, "v" + version], check=True, timeout=600)
    lines = [line.split() for line in (folder / "SHA256SUMS").read_text().splitlines()]
    sums = [[hashlib.sha256((folder / name).read_bytes()).hexdigest(), name] for name in ("freecc.jar", "jbang-catalog.json")]
    check("the checksums are those of the files", lines == sums, lines)
    return version


def starts(java, folder, home, url, version):
    output([str(ROOT / "jbang"), "version"], home)   # a first start says that it fetches JBang
    jar, wrapper, expected = folder / "freecc.jar", str(ROOT / "jbang"), (0, "FreeCC " + version)
    for name, command in {"java -jar": [java, "-jar", jar], "jbang <file>": [wrapper, jar], "jbang <url>": [wrapper, url + "freecc.jar"],
                          "jbang freecc@<catalog>": [wrapper, f"freecc@{url}jbang-catalog.json"]}.items():
        found = output(command + ["--version"], home)
        check(name + " --version", found == expected, found)


def publishes(folder, home):
    (home / "bin").mkdir()
    (home / "bin/gh").write_text('#!/bin/sh\nfor one in "$@"; do echo "$one"; done\n')
    (home / "bin/gh").chmod(0o755)
    code, said = output([ROOT / "ops/publish", folder, "v1.2.3"], home, PATH=f"{home}/bin:{os.environ['PATH']}")
    files = [line for line in said.splitlines() if line.startswith("/")]
    check("ops/publish gives GitHub the release's files", code == 0 and sorted(files) == sorted(map(str, folder.iterdir())), said)


def answers(java, jar, home):
    with Served(java, jar, home) as served:
        check("the demo answers", "FreeCC" in served.ask({"type": "text", "text": "Hello"}))
        for path, part in {"/": "app.js", "/page/app.css": "{", "/page/app.js": "import", "/page/chart.js": "Chart", "/metrics": "freecc"}.items():
            check("serves " + path, part in served.get(path))


def libraries(java, jar, home, url):
    with Served(java, jar, home, GROQ_API_KEY="k", BIG_MODEL_NAME="llama-3.3-70b-versatile", GROQ_API_BASE=url) as served:
        served.ask(media("application/pdf", "report.pdf"), {"type": "text", "text": "Summarize."})
        sent = json.dumps(Provider.body)
        check("PDFBox reads a PDF", "[page 1 of" in sent, sent[:400])
    with Served(java, jar, home, BIG_MODEL_PROVIDER="lm_studio", BIG_MODEL_NAME="qwen3-vl-8b", LM_STUDIO_API_BASE=url) as served:
        served.ask(media("image/webp", "dot.webp"), {"type": "text", "text": "What is this?"})
        check("TwelveMonkeys converts a WebP image", "data:image/png" in json.dumps(Provider.body), json.dumps(Provider.body)[:400])
    aws = dict(AWS_REGION="us-east-1", AWS_ACCESS_KEY_ID="AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY="secret", BIG_MODEL_PROVIDER="bedrock",
               BIG_MODEL_NAME="anthropic.claude-sonnet-4-5", BEDROCK_API_BASE=url)
    with Served(java, jar, home, **aws) as served:
        try:
            served.ask({"type": "text", "text": "Hello"})
        except OSError:
            pass  # the answer is not Bedrock's
        proof = Provider.headers_seen.get("authorization", "")
        check("AWS's library signs", proof.startswith("AWS4-HMAC-SHA256"), Provider.headers_seen)


def code(java, jar, home):
    (home / "bin/claude").write_text("#!/bin/sh\necho claude \"$@\"\ncurl -s --noproxy '*' \"$ANTHROPIC_BASE_URL/v1/messages\" "
                                     "-H \"authorization: Bearer $ANTHROPIC_AUTH_TOKEN\" -H 'content-type: application/json' "
                                     "-d '{\"model\":\"claude-sonnet-5\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}'\nexit 7\n")
    (home / "bin/claude").chmod(0o755)
    found = output([java, "-jar", jar, "code", "-p", "Hi"], home, PATH=f"{home}/bin:{os.environ['PATH']}")
    check("`code` runs Claude Code and leaves with its exit code", found[0] == 7 and " -p Hi" in found[1] and "FreeCC" in found[1], found)


def main():
    with tempfile.TemporaryDirectory(prefix="freecc-release-") as work:
        folder, home = pathlib.Path(work, "release"), pathlib.Path(work, "home")
        home.mkdir()
        java = subprocess.run([ROOT / "jbang", "info", "tools", "--select=availableJdkPath", "FreeCC.java"], cwd=ROOT, capture_output=True,
                              text=True, check=True).stdout.strip() + "/bin/java"
        version = build(folder)
        Provider.folder = folder
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Provider)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/"
        starts(java, folder, home, url + "release/", version)
        publishes(folder, home)
        answers(java, folder / "freecc.jar", home)
        libraries(java, folder / "freecc.jar", home, url + "v1")
        code(java, folder / "freecc.jar", home)
        server.shutdown()
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
