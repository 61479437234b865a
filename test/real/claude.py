"""The real Claude Code, from where test/ClaudeCode.java keeps it, or from npm."""
import os
import pathlib
import platform
import re
import subprocess
import tempfile

FREECC = pathlib.Path(__file__).resolve().parents[2]
VERSION = re.search(r'VERSION = "([^"]+)"', (FREECC / "test/claude/Client.java").read_text())[1]


def program():
    cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "freecc" / f"claude-code-{VERSION}"
    if not (cache / "claude").exists():
        cache.mkdir(parents=True, exist_ok=True)
        system = "darwin" if platform.system() == "Darwin" else "linux"
        cpu = "arm64" if platform.machine() in ("arm64", "aarch64") else "x64"
        with tempfile.TemporaryDirectory(dir=cache) as work:
            subprocess.run(["npm", "pack", "--silent", f"@anthropic-ai/claude-code-{system}-{cpu}@{VERSION}"], cwd=work, check=True)
            subprocess.run("tar xzf *.tgz package/claude", shell=True, cwd=work, check=True)
            os.replace(f"{work}/package/claude", cache / "claude")
    return cache / "claude"


def say(port, model, prompt):
    """The first sentence that `claude -p` prints, without tools and with a short system prompt, so that all of it fits a small window."""
    with tempfile.TemporaryDirectory() as home:
        run = subprocess.run(
            [program(), "-p", prompt, "--model", model, "--system-prompt", "You are a friendly assistant.", "--tools", ""],
            cwd=home, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=300,
            env={"HOME": home, "PATH": os.environ["PATH"], "ANTHROPIC_BASE_URL": f"http://127.0.0.1:{port}", "ANTHROPIC_AUTH_TOKEN": "any",
                 "CLAUDE_CODE_MAX_OUTPUT_TOKENS": "1000", "CLAUDE_CODE_MAX_RETRIES": "0",
                 "CLAUDE_CODE_EXTRA_BODY": '{"temperature": 0, "stop_sequences": [".", "!", "?"]}'})  # a model this small goes on and on
    assert run.returncode == 0, f"exit code {run.returncode}: {run.stdout}{run.stderr}"
    return run.stdout.strip()
