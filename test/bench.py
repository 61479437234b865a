#!/usr/bin/env python3
"""Whether the bench works: its tools compile, a tiny round runs, and a stream that is not whole is noticed. It asserts no times."""
import json
import pathlib
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
BENCH = pathlib.Path(__file__).resolve().parent.parent / "bench"
sys.path.insert(0, str(BENCH))

import bodies
import processes
import subjects

PATIENCE = 300  # seconds, for a machine that is busy
passed = failed = 0


def check(name, is_right, found=""):
    global passed, failed
    passed, failed = passed + bool(is_right), failed + (not is_right)
    print("ok  " if is_right else "FAIL", name, "" if is_right else f"\n  found: {found}", flush=True)


def asked(mock, folder, path, model="mock-20-0", *options):
    """What the client says of three streams of the mock's."""
    body = folder / "body.json"
    body.write_bytes(bodies.request(model, turns=2))
    command = [subjects.compiled("load"), "-p", mock.port, "-u", path, "-b", body, "-n", 3, "-c", 2, "-e", 20, *options]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=PATIENCE)
    return done.returncode, json.loads(done.stdout)


def streams(mock, folder):
    for dialect, (_, _, path) in subjects.DIALECTS.items():
        code, result = asked(mock, folder, path.replace("{model}", "mock-20-0"))
        check(f"three whole streams of {dialect}", (code, result["whole"], result["failed"]) == (0, 3, 0), result)
    code, result = asked(mock, folder, "/v1/messages", "mock-20-1", "-a")
    check("Anthropic's events in order, with pauses", (code, result["whole"]) == (0, 3), result)
    for name, path, model, options, fault in [
            ("a piece too few", "/v1/messages", "mock-19-0", ["-a"], "the stream ended too early"),
            ("another API's stream", "/v1/chat/completions", "mock-20-0", ["-a"], "the stream ended too early"),
            ("an error", "/v1/nowhere", "mock-20-0", [], "HTTP/1.1 404 Not Found"),
            ("another API's events", "/v1/responses", "mock-20-0", ["-a"], "an event that is not expected")]:
        code, result = asked(mock, folder, path, model, *options)
        check(f"{name} is a fault", code == 1 and result["failed"] == 3 and all(fault in said for said in result["faults"]), result)


def run():
    done = subprocess.run([BENCH / "run", "--quick", "--warm", "0", "--rows", "first-token"], capture_output=True, text=True, timeout=PATIENCE)
    rows = [line for line in done.stdout.splitlines() if line.startswith("| 1 client: first token, median | ")]
    check("bench/run prints its table", done.returncode == 0 and len(rows) == 1 and rows[0].count(" ms") == 2, done.stdout + done.stderr)
    wrong = subprocess.run([BENCH / "run", "--rows", "nonesuch"], capture_output=True, text=True, timeout=PATIENCE)
    check("an unknown row is refused", wrong.returncode == 2 and "unknown row nonesuch" in wrong.stderr, wrong.stderr)


def main():
    with tempfile.TemporaryDirectory(prefix="freecc-bench-") as work:
        mock = subjects.Mock(pathlib.Path(work))
        try:
            streams(mock, pathlib.Path(work))
        finally:
            processes.stop(mock.process)
    run()
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
