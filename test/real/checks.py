"""Puts FreeCC before real servers and compares what it delivers with what they say. Started by ../real.sh.

Each question goes to FreeCC twice, streamed and not. The relay behind it keeps the body that FreeCC sent up. The same
body is then put to the server itself, asked whole, and its answer is what FreeCC should have delivered both times.
"""
import contextlib
import http.client
import itertools
import json
import pathlib
import re
import shutil
import subprocess
import sys
import threading

from replies import Refused, Stream, agree, fold, said_by_llama, said_by_ollama, told
from servers import Program, Relay, ask, free_port, until

BIN, CACHE, TEMPLATES = (pathlib.Path(argument) for argument in sys.argv[1:4])
FREECC = pathlib.Path(__file__).resolve().parents[2]
WINDOW = 8192
PROMPTS = "Hello", "Tell me a story.", "Why?", "Пиши дальше", "Read the file", "続けて"
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def form(**properties):
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


LOOK = {"name": "Look", "description": "Looks somewhere.",
        "input_schema": form(where={"enum": ["here", "there"]}, note={"type": "string", "maxLength": 20})}
LEAP = {"name": "Leap", "description": "Leaps.", "input_schema": form(far={"enum": [1, 2, 3]})}
VERDICT = form(sure={"type": "boolean"}, word={"type": "string", "maxLength": 12})
CALL = form(name={"enum": ["Look"]}, parameters=LOOK["input_schema"])  # such JSON is a tool call to Ollama


def json_by(schema):
    return {"format": {"type": "json_schema", "schema": schema}}


# Ollama takes a model's abilities from its chat template: tools here, and thinking where THOUGHTS are filled in.
OLLAMA_TEMPLATE = """{{ range .Messages }}<|im_start|>{{ .Role }}
%s{{ .Content }}{{ if .ToolCalls }}{{ range .ToolCalls }}{"name": "{{ .Function.Name }}", "parameters": {{ .Function.Arguments }}}
{{ end }}{{ end }}<|im_end|>
{{ end }}{{ if .Tools }}<|im_start|>tools
{{ .Tools }}<|im_end|>
{{ end }}<|im_start|>assistant
%s"""
THOUGHTS = "{{ if .Thinking }}<think>{{ .Thinking }}</think>{{ end }}", "{{ if .Think }}<think>{{ end }}"


class Bench:
    """FreeCC before one kind of server. `idle` tells whether the server of a model has nothing to do."""
    passed = failed = 0

    def __init__(self, name, provider, freecc, relay, said, idle):
        self.name, self.provider, self.freecc, self.relay, self.said, self.idle = name, provider, freecc, relay, said, idle

    def check(self, what, test):
        try:
            word, note = "ok  ", test()
            Bench.passed += 1
        except (AssertionError, Refused, OSError, http.client.HTTPException, LookupError, ValueError) as problem:
            word, note = "FAIL", f"{type(problem).__name__}: {problem}"
            Bench.failed += 1
        print(word, f"{self.name}, {what}{': ' if note else ''}{note or ''}", flush=True)

    def body(self, model, prompt="Hello", **rest):
        return {"model": f"{self.provider}/{model}", "max_tokens": 2000, "messages": [{"role": "user", "content": prompt}], **rest}

    def streamed(self, body):
        with Stream(self.freecc, body) as stream:
            return fold(stream.events())

    def whole(self, body):
        status, headers, reply = ask(self.freecc, "POST", "/v1/messages", body)
        if status != 200:
            raise Refused(status, headers, reply["error"])
        return reply

    def heard(self, body):
        """What FreeCC delivers streamed and whole, and what the server says to the same."""
        self.streamed(body)  # leaves the server's prompt cache as warm as it will be for all that follow
        streamed = self.streamed(body)
        path, upstream = self.relay.requests[-1]
        whole = self.whole(body)
        upstream = {key: value for key, value in upstream.items() if key != "stream_options"} | {"stream": False}
        status, _, reply = ask(self.relay.ports[upstream["model"]], "POST", path, upstream)
        assert status == 200, f"the server itself says {status} {reply}"
        return streamed, whole, self.said(reply)

    def compared(self, body):
        streamed, whole, truth = self.heard(body)
        agree("streamed", told(streamed), truth)
        agree("whole", told(whole), truth)
        return streamed

    def same(self, what, model, wanted, every=False, wordless=False, **rest):
        """All replies come out as the server said them, and some of them, or every one, are of the kind that the check is
        about. Replies of nothing but thoughts have checks of their own."""
        def test():
            kinds, tokens = [], 0
            for prompt in PROMPTS:
                streamed, whole, truth = self.heard(self.body(model, prompt, **rest))
                if wordless == all("thinking" in block for block in truth["content"]):
                    agree("streamed", told(streamed), truth)
                    agree("whole", told(whole), truth)
                    kinds.append("+".join(block["type"] for block in streamed["content"]) + " " + streamed["stop_reason"])
                    tokens += streamed["usage"]["output_tokens"]
            fit = sum(bool(re.fullmatch(wanted, kind)) for kind in kinds)
            assert fit and not (every and fit < len(kinds)), f"wanted {wanted}, but the replies were {', '.join(kinds) or 'of another kind'}"
            return f"{len(kinds)} replies of {tokens} tokens, {fit} of them {wanted}"
        self.check(what, test)

    def too_long(self, model, window):
        """A 400 that makes the client compact its history, streamed and whole, and that it must not try again."""
        def test():
            for way in self.streamed, self.whole:
                try:
                    told(way(self.body(model, "word " * 2 * window)))
                    raise AssertionError(f"{way.__name__}: answered; options sent: {self.relay.requests[-1][1].get('options')}")
                except Refused as problem:
                    retry = problem.headers.get("x-should-retry")
                    assert (problem.status, problem.type, retry) == (400, "invalid_request_error", "false"), f"{way.__name__}: {problem}, x-should-retry: {retry}"
                    numbers = re.match(r"prompt is too long: (\d+) tokens > (\d+) maximum", problem.message)
                    assert numbers and int(numbers[1]) > int(numbers[2]), f"{way.__name__}: {problem}"
                    note = problem
            return note
        self.check("prompt over the window", test)

    def picture(self, model):
        """A text model's server refuses images with a 500, which a client would try again for minutes. FreeCC either says 400,
        or asks once more with a note in the image's place."""
        def test():
            body = self.body(model, [{"type": "text", "text": "What is this?"},
                                     {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": PIXEL}}])
            for way in self.streamed, self.whole:
                try:
                    way(body)
                    asked = json.dumps(self.relay.requests[-1][1]["messages"])
                    assert PIXEL not in asked and "image" in asked, f"{way.__name__}: answered, and the model was told {asked}"
                    note = f"answered; the model was told {asked}"
                except Refused as problem:
                    assert (problem.status, problem.headers.get("x-should-retry")) == (400, "false"), f"{way.__name__}: {problem}"
                    note = problem
            return note
        self.check("image for a text model", test)

    def fails(self, what, body):
        """A server's own failure is an error, streamed and whole."""
        def test():
            notes = []
            for way in self.streamed, self.whole:
                try:
                    raise AssertionError(f"{way.__name__}: answered with {told(way(body))}")
                except Refused as problem:
                    assert problem.status == 0 or problem.status >= 500, f"{way.__name__}: {problem}"
                    notes.append(f"{way.__name__} {problem}")
            return "; ".join(notes)
        self.check(what, test)

    def breaks(self, what, model, kill):
        """A stream that breaks off ends in an error and in nothing else."""
        def test():
            with Stream(self.freecc, self.body(model, max_tokens=30000)) as stream:
                events = stream.events()
                seen = list(itertools.islice(events, 5))
                kill()
                seen += events
            kinds = [event["type"] for event in seen]
            assert kinds[-1] == "error", f"the last event is {seen[-1]}"
            assert not {"message_delta", "message_stop"} & set(kinds), "an error, but an end as well"
            return f"{len(seen)} events, then {seen[-1]['error']['type']}: {seen[-1]['error']['message']}"
        self.check(what, test)

    def breaks_whole(self, what, model, kill):
        def test():
            killer = threading.Thread(target=lambda: (until("the server works", lambda: not self.idle(model), 10), kill()))
            killer.start()
            try:
                raise AssertionError(f"an answer: {str(self.whole(self.body(model, max_tokens=30000)))[:300]}")
            except Refused as problem:
                assert problem.status >= 500, problem
                return problem
            finally:
                killer.join()
        self.check(what, test)

    def leaves(self, what, model, seconds, events=0, **rest):
        """A client goes away while the server is busy: after so many events, or before the first."""
        def test():
            with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.freecc)) as client:
                client.request("POST", "/v1/messages", json.dumps(self.body(model, max_tokens=30000, stream=True, **rest)),
                               {"content-type": "application/json"})
                until("the server works", lambda: not self.idle(model), 10)
                if events:
                    reply = client.getresponse()
                    for _ in range(3 * events):  # an event is two lines and an empty one
                        reply.readline()
                    reply.close()
            assert not self.idle(model), "the server was too quick for this check"
            left = until("FreeCC hangs up", lambda: self.relay.open == 0, seconds)
            # llama.cpp looks for a closed connection only when no other request has come for a second
            idle = until("the server falls idle", lambda: self.idle(model), 20, pause=3)
            return f"FreeCC hung up after {left:.1f} s, the server was idle {idle:.1f} s later"
        self.check(what, test)

    def stops(self, model):
        """A stop sequence taken out of the middle of what the model says anyway."""
        def test():
            text = self.compared(self.body(model))["content"][0]["text"]
            stop = text[len(text) // 2:][:3]
            reply = self.compared(self.body(model, stop_sequences=[stop]))
            agree("text", [block["text"] for block in reply["content"]], [text[:text.index(stop)]])
            assert (reply["stop_reason"], reply["stop_sequence"]) == ("stop_sequence", stop), f"{reply['stop_reason']} {reply['stop_sequence']!r}, not {stop!r}"
        self.check("stop sequence", test)

    def counts(self, what, model, field, least, prompt):
        """A long prompt is seen whole, and counted where it belongs."""
        def test():
            usage = self.compared(self.body(model, prompt))["usage"]
            assert usage[field] > least, usage
            return usage
        self.check(what, test)


def check_llama(bench, doomed):
    history = [{"role": "user", "content": "Look there."},
               {"role": "assistant", "content": [{"type": "text", "text": "Yes."}, {"type": "tool_use", "id": "toolu_1", "name": "Look", "input": {"where": "there", "note": ""}}]},
               {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "toolu_1", "content": "A cat."}, {"type": "text", "text": "And now?"}]}]
    thinking = {"thinking": {"type": "adaptive"}}
    bench.same("text", "talker", "text end_turn")
    bench.same("text cut off", "endless", "text max_tokens", max_tokens=100)
    bench.stops("talker")
    bench.same("thinking", "thinker", r"thinking\+text end_turn", **thinking)
    bench.same("thinking cut off", "thinker", "thinking max_tokens", wordless=True, max_tokens=5, **thinking)
    bench.same("thinking and no word", "thinker", "thinking end_turn", wordless=True, **thinking)
    bench.same("thinking, then JSON", "thinker", r"thinking\+text end_turn", output_config=json_by(VERDICT), **thinking)
    bench.same("JSON", "talker", "text end_turn", output_config=json_by(VERDICT))
    bench.same("any tool", "caller", "tool_use tool_use", tools=[LOOK, LEAP], tool_choice={"type": "any"})
    bench.same("a named tool", "caller", "tool_use tool_use", tools=[LOOK, LEAP], tool_choice={"type": "tool", "name": "Look"})
    bench.same("several tools", "callers", r"tool_use(\+tool_use)+ tool_use", tools=[LOOK, LEAP], tool_choice={"type": "any"})
    bench.same("tools that it may use", "talker", "text end_turn", tools=[LOOK, LEAP])
    bench.same("a tool's result", "caller", "tool_use tool_use", messages=history, tools=[LOOK, LEAP], tool_choice={"type": "any"})
    bench.counts("cached tokens", "talker", "cache_read_input_tokens", 400, "word " * 500)
    bench.too_long("talker", WINDOW)
    bench.picture("talker")
    bench.fails("reply that the server cannot read", bench.body("caller", max_tokens=50))
    bench.leaves("client goes away in mid-stream", "endless", 5, events=5)
    bench.leaves("client goes away before the reply", "endless", 10, prompt="word " * 60000)
    bench.breaks("server killed in mid-stream", "doomed", doomed["doomed"].kill)
    bench.breaks_whole("server killed before the reply", "doomed too", doomed["doomed too"].kill)


def check_ollama(bench, ollama):
    thinking = {"thinking": {"type": "adaptive"}}
    bench.same("text", "talker", "text end_turn")
    bench.same("text cut off", "endless", "text max_tokens", max_tokens=100)
    bench.stops("talker")
    bench.same("thinking", "thinker", r"thinking\+text end_turn", **thinking)
    bench.same("thinking cut off", "thinker", "thinking max_tokens", wordless=True, max_tokens=1, **thinking)
    bench.same("thinking switched off", "thinker", "text end_turn", every=True, thinking={"type": "disabled"})
    bench.same("thinking asked of a model that cannot", "talker", "text end_turn", **thinking)
    bench.same("JSON", "talker", "text end_turn", output_config=json_by(VERDICT))
    bench.same("tool call", "talker", "tool_use tool_use", tools=[LOOK, LEAP], output_config=json_by(CALL))
    bench.counts("prompt beyond the default window", "talker", "input_tokens", 4500, "word " * 4500)
    bench.too_long("talker", WINDOW)
    bench.leaves("client goes away in mid-stream", "endless", 5, events=5)
    bench.leaves("client goes away before the reply", "endless", 10, prompt="word " * 60000)
    runners = ["pkill", "-KILL", "-P", str(ollama.process.pid)]
    bench.breaks("model process killed in mid-stream", "endless", lambda: subprocess.run(runners, check=True))
    bench.breaks("server killed in mid-stream", "endless", ollama.kill)


def main():
    run = CACHE / "run"
    shutil.rmtree(run, ignore_errors=True)
    run.mkdir()
    with contextlib.ExitStack() as stack:
        def start(name, port, health, *command, **more):
            program = Program(name, run, port, health, *command, **more)
            stack.callback(program.kill)
            return program

        def llama(name, model, template, *options, window=32768):
            port = free_port()
            return start(name, port, "/health", BIN / "llama-server", "--model", CACHE / model, "--port", port, "--alias", name,
                         "--chat-template-file", TEMPLATES / f"{template}.jinja", "--ctx-size", window, "--parallel", 1, "--threads", 1, "--seed", 7, *options)

        llamas = {it.name: it for it in (
            llama("talker", "talker.gguf", "Qwen-Qwen3-0.6B", window=WINDOW),
            llama("thinker", "talker.gguf", "deepseek-ai-DeepSeek-R1-Distill-Qwen-32B", "--reasoning-budget", 8),
            llama("caller", "talker.gguf", "meetkai-functionary-medium-v3.2"),
            llama("callers", "talker.gguf", "CohereForAI-c4ai-command-r-plus-tool_use"),
            llama("endless", "endless.gguf", "Qwen-Qwen3-0.6B", window=70000),
            llama("doomed", "endless.gguf", "Qwen-Qwen3-0.6B"),
            llama("doomed too", "endless.gguf", "Qwen-Qwen3-0.6B"))}

        port = free_port()
        at = {"OLLAMA_HOST": f"127.0.0.1:{port}", "OLLAMA_MODELS": str(run / "models"), "HOME": str(run)}
        ollama = start("ollama", port, "/api/version", BIN / "ollama", "serve", **at)
        for name, model, think in ("talker", "thinker", ("", "")), ("thinker", "thinker", THOUGHTS), ("endless", "endless", ("", "")):
            (run / name).write_text(f'FROM {CACHE / model}.gguf\nPARAMETER seed 7\nPARAMETER num_thread 1\nTEMPLATE """{OLLAMA_TEMPLATE % think}"""\n')
            subprocess.run([BIN / "ollama", "create", name, "-f", run / name], env=at, check=True, capture_output=True)

        to_llama = Relay({name: it.port for name, it in llamas.items()})
        to_ollama = Relay(dict.fromkeys(("talker", "thinker", "endless"), port))
        port = free_port()
        start("freecc", port, "/health", FREECC / "jbang", FREECC / "FreeCC.java", seconds=300, PORT=str(port), FREECC_API_KEY="",
              BIG_MODEL_PROVIDER="llama_cpp", BIG_MODEL_NAME="talker",
              LLAMA_CPP_API_BASE=f"http://127.0.0.1:{to_llama.port}/v1", OLLAMA_API_BASE=f"http://127.0.0.1:{to_ollama.port}")

        def llama_idle(model):
            return not any(slot["is_processing"] for slot in ask(llamas[model].port, "GET", "/slots")[2])

        check_llama(Bench("llama.cpp", "llama_cpp", port, to_llama, said_by_llama, llama_idle), llamas)
        check_ollama(Bench("Ollama", "ollama", port, to_ollama, said_by_ollama, lambda _: to_ollama.open == 0), ollama)
    print(f"{Bench.passed} passed, {Bench.failed} failed")
    sys.exit(bool(Bench.failed))


if __name__ == "__main__":
    main()
