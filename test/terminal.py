#!/usr/bin/env python3
"""Drives `freecc init`, `freecc check` and Claude Code itself in a real terminal, with tmux, as a person would: types and reads the screen."""
import http.server
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
PATIENCE = 90  # seconds, for a machine that is busy
GOOD, BAD = "sk-the-right-key", "sk-a-wrong-key"
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "freecc"
left = threading.Event()  # the connection of an answer that does not end was closed
passed = failed = 0


class Provider(http.server.BaseHTTPRequestHandler):
    """A provider of OpenAI's chat API with two models, which knows one key."""

    def log_message(self, *_):
        pass

    def answer(self, status, kind, text):
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def do_GET(self):
        models = [{"id": "acme-large"}, {"id": "acme-small"}, {"id": "acme-embed"}]
        self.answer(200, "application/json", json.dumps({"data": models}))

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        if self.headers["authorization"] != "Bearer " + GOOD:
            error = {"message": "Incorrect API key provided", "type": "invalid_request_error"}
            return self.answer(401, "application/json", json.dumps({"error": error}))
        if "count for ever" in json.dumps(body["messages"][-1]) and body.get("stream"):
            return self.count()
        is_offered = any(tool["function"]["name"] == "report" for tool in body.get("tools", []))  # by `freecc check`
        call = {"index": 0, "id": "c1", "type": "function", "function": {"name": "report", "arguments": '{"word":"ready"}'}}
        delta, reason = ({"tool_calls": [call]}, "tool_calls") if is_offered else ({"content": "Hello."}, "stop")
        choice = {"index": 0, "delta": delta, "finish_reason": reason}
        data = {"choices": [choice], "usage": {"prompt_tokens": 20, "completion_tokens": 5}}
        self.answer(200, "text/event-stream", "data: " + json.dumps(data) + "\n\ndata: [DONE]\n\n")


    def count(self):
        """An answer that does not end before the client hangs up."""
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.end_headers()
        try:
            for number in range(PATIENCE * 10):
                choice = {"index": 0, "delta": {"content": f"number {number}\n"}}
                self.wfile.write(f"data: {json.dumps({'choices': [choice]})}\n\n".encode())
                time.sleep(0.1)
        except OSError:
            left.set()


def at_home(home):
    """The processes with this HOME."""
    found = []
    for file in pathlib.Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"HOME={home}\0".encode() in file.read_bytes():
                found.append(file.parts[2])
        except OSError:  # it has ended, or is somebody else's
            continue
    return found


class Terminal:
    """One command in a terminal of its own, of 100 columns."""

    def __init__(self, home, command, **settings):
        self.home, self.socket = home, str(home / "tmux.sock")
        user = pathlib.Path.home()  # whose JBang, JDK and jars are used
        environment = {"HOME": str(home), "TERM": "xterm-256color", "LANG": "C.UTF-8", "LEDGER": "false",
                       "JBANG_DIR": str(user / ".jbang"), "XDG_CACHE_HOME": str(user / ".cache")}
        for name in ("PATH", "JAVA_HOME", "JBANG_DIR", "JBANG_CACHE_DIR", "JBANG_REPO", "XDG_CACHE_HOME"):
            if name in os.environ:
                environment[name] = os.environ[name]
        environment.update(settings)
        line = f"cd {home}; {ROOT}/jbang {ROOT}/FreeCC.java {command}; echo left with $?; exec cat"
        subprocess.run(["tmux", "-S", self.socket, "-f", "/dev/null", "new-session", "-d", "-x", "100", "-y", "50", line],
                       env=environment, check=True)
        self.run("set-option", "-g", "history-limit", "5000")

    def run(self, *command):
        return subprocess.run(["tmux", "-S", self.socket, *command], check=True, capture_output=True, text=True).stdout

    def screen(self):
        """All that was shown, without what has scrolled away being lost."""
        return self.run("capture-pane", "-p", "-J", "-S", "-").rstrip()

    def wait(self, text, unanswered=False):
        """Until the last line with anything in it begins with this, and, if it is a question, nothing is typed after it yet."""
        for _ in range(PATIENCE * 10):
            lines = self.screen().splitlines()
            if lines and lines[-1].startswith(text) and (not unanswered or lines[-1][-1] in ":?"):
                return
            time.sleep(0.1)
        raise AssertionError(f"'{text}' did not come; the screen:\n{self.screen()}")

    def wait_for(self, text):
        """Until this is somewhere on the screen."""
        for _ in range(PATIENCE * 10):
            if text in self.screen():
                return
            time.sleep(0.1)
        raise AssertionError(f"'{text}' did not come; the screen:\n{self.screen()}")

    def answer(self, question, said):
        self.wait(question, unanswered=True)
        self.type(said)

    def type(self, said):
        self.run("send-keys", "-l", said)
        time.sleep(0.3)  # else Claude Code takes it for pasted text, with Enter as part of it
        self.run("send-keys", "Enter")

    def close(self):
        """Until nothing runs that has this home: Claude Code writes to it while it ends."""
        subprocess.run(["tmux", "-S", self.socket, "kill-server"], capture_output=True)
        for tenth in range(PATIENCE * 10):
            running = at_home(self.home)
            if not running:
                return
            for process in running if tenth > 100 else []:
                subprocess.run(["kill", "-9", process], capture_output=True)
            time.sleep(0.1)


def check(name, holds, screen):
    global passed, failed
    passed, failed = passed + holds, failed + (not holds)
    print(("ok   " if holds else "FAIL ") + name + ("" if holds else "\n" + screen), flush=True)


def test(name, *arguments, seated=False, **settings):
    """The screens are printed, so that a person can read them, too."""
    with tempfile.TemporaryDirectory() as folder:
        if seated:  # Claude Code's questions at its first start are answered
            projects = {folder: {"hasTrustDialogAccepted": True, "hasCompletedProjectOnboarding": True}}
            state = {"hasCompletedOnboarding": True, "theme": "dark", "projects": projects}
            (pathlib.Path(folder) / ".claude.json").write_text(json.dumps(state))
        terminal = Terminal(pathlib.Path(folder), *arguments, **settings)
        try:
            name(terminal, pathlib.Path(folder))
            print(terminal.screen() + "\n", flush=True)
        except AssertionError as wrong:
            check(name.__name__, False, str(wrong))
        finally:
            terminal.close()


def init(terminal, home):
    terminal.answer("Provider:", "gr")
    terminal.answer("Provider:", "groq")
    terminal.answer("Key for Groq", BAD)
    terminal.answer("Big model [openai/gpt-oss-120b]:", "gpt-oss")
    terminal.answer("Big model [openai/gpt-oss-120b]:", "1")
    terminal.answer("Small model", "")
    terminal.answer("What next?", "k")
    terminal.answer("Key for Groq", GOOD)
    terminal.wait("left with 0")
    screen, file = terminal.screen(), home / ".config/freecc/.env"
    check("init: a wrong key is named, and asked for again", "Incorrect API key provided; check GROQ_API_KEY" in screen, screen)
    check("init: no key is on the screen", GOOD not in screen and BAD not in screen, screen)
    check("init: all is well in the end", screen.count("All is well.") == 1 and "Start Claude Code with:  freecc code" in screen, screen)
    check("init: the file is the owner's alone", file.stat().st_mode & 0o777 == 0o600, oct(file.stat().st_mode))
    check("init: and holds the settings", file.read_text() == f"GROQ_API_KEY={GOOD}\nBIG_MODEL_PROVIDER=groq\n"
          "BIG_MODEL_NAME=openai/gpt-oss-120b\nSMALL_MODEL_PROVIDER=groq\nSMALL_MODEL_NAME=openai/gpt-oss-20b\n", file.read_text())


def own_server(terminal, home):
    terminal.answer("Provider:", address)
    terminal.answer("A short name for this server [my_server]:", "acme")
    terminal.answer("Key for acme", GOOD)
    terminal.answer("Big model [acme-large]:", "")
    terminal.answer("Small model", "small")
    terminal.wait("left with 0")
    written = (home / "mine.env").read_text()
    check("init: a server by its address, in the file that is named", written == f"ACME_API_BASE={address}\nACME_API_KEY={GOOD}\n"
          "BIG_MODEL_PROVIDER=acme\nBIG_MODEL_NAME=acme-large\nSMALL_MODEL_PROVIDER=acme\nSMALL_MODEL_NAME=acme-small\n", written)


def given_up(terminal, home):
    terminal.wait("Provider:")
    terminal.run("send-keys", "C-d")
    terminal.wait("left with 2")
    check("init: the end of the input writes nothing", not (home / ".config").exists(), terminal.screen())


def demo(terminal, _):
    terminal.wait("left with 0")
    screen = terminal.screen()
    check("check: the demo works, and says what it is", "a tool call ... ok" in screen and "only its demo" in screen
          and "freecc init" in screen, screen)


def not_usable(terminal, _):
    terminal.wait("left with 1")
    screen = terminal.screen()
    check("check: a wrong key and the next step", "next: correct GROQ_API_KEY" in screen and "Not usable: big" in screen, screen)


def escape(terminal, home):
    """Esc ends an answer that streams, at the provider, too; then the conversation goes on."""
    terminal.wait_for("manual mode on")
    terminal.type("count for ever")
    terminal.wait_for("number 3")
    terminal.run("send-keys", "Escape")
    terminal.wait_for("Interrupted")
    check("Esc: the provider's connection is closed", left.wait(10), terminal.screen())
    terminal.type("And now?")
    terminal.wait_for("Hello.")
    log = (home / ".local/state/freecc/claude-proxy.log").read_text()
    check("Esc: the log says that the client left, and nothing of a fault", "499" in log and "a fault in FreeCC" not in log, log)


subprocess.run([ROOT / "jbang", ROOT / "FreeCC.java", "--version"], check=True)  # compiles it
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Provider)
threading.Thread(target=server.serve_forever, daemon=True).start()
address = f"http://127.0.0.1:{server.server_port}/v1"
test(init, "init", GROQ_API_BASE=address)
test(own_server, "init --env-file mine.env")
test(given_up, "init")
test(demo, "check", **{f"{name}_API_BASE": "http://127.0.0.1:9" for name in ("OLLAMA", "LM_STUDIO", "LLAMA_CPP", "HOSTED_VLLM")})
test(not_usable, "check", GROQ_API_BASE=address, GROQ_API_KEY=BAD)
claude = sorted(CACHE.glob("claude-code-*/claude"))  # from test/ClaudeCode.java
if claude:
    test(escape, "code --permission-mode default", seated=True, GROQ_API_BASE=address, GROQ_API_KEY=GOOD, DISABLE_AUTOUPDATER="1",
         PATH=f"{claude[-1].parent}:{os.environ['PATH']}")
else:
    check("Esc: Claude Code is there, which test/ClaudeCode.java fetches", "CI" not in os.environ, "it is missing")
print(f"{passed} passed, {failed} failed")
sys.exit(failed > 0 or passed == 0)
