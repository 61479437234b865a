"""Puts FreeCC before real servers and compares what it delivers with what they say. Started by ../real.sh.

Each question goes to FreeCC twice, streamed and not. The relay behind it keeps the body that FreeCC sent up. The same
body is then put to the server itself, asked whole, and its answer is what FreeCC should have delivered both times.
"""
import contextlib
import pathlib
import re
import shutil
import subprocess
import sys

import claude
from bench import Bench
from replies import said_by_llama, said_by_ollama
from servers import Program, Relay, ask, free_port

BIN, CACHE, TEMPLATES = (pathlib.Path(argument) for argument in sys.argv[1:4])
FREECC = pathlib.Path(__file__).resolve().parents[2]
WINDOW = 8192


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


def check_llama(bench, doomed):
    history = [{"role": "user", "content": "Look there."},
               {"role": "assistant", "content": [
                   {"type": "text", "text": "Yes."},
                   {"type": "tool_use", "id": "toolu_1", "name": "Look", "input": {"where": "there", "note": ""}}]},
               {"role": "user", "content": [
                   {"type": "tool_result", "tool_use_id": "toolu_1", "content": "A cat."},
                   {"type": "text", "text": "And now?"}]}]
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
    bench.same("tool call cut off", "caller", "tool_use max_tokens", max_tokens=20, tools=[LOOK, LEAP], tool_choice={"type": "any"})
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
    bench.same("thinking cut off", "thinker", "thinking max_tokens", wordless=True, max_tokens=3, **thinking)
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


def check_smollm2(bench):
    """A model that was trained: what it says is language, to a plain client and to Claude Code."""
    prompt = "Say hello in one sentence."

    def sentence(text):
        assert re.search(r"[A-Za-z]{2,}[^A-Za-z]+[A-Za-z]{2,}", text), f"no sentence: {text!r}"
        return text

    bench.check("streamed", lambda: sentence(bench.streamed(bench.body("smollm2", prompt, max_tokens=100))["content"][0]["text"]))
    bench.check("whole", lambda: sentence(bench.whole(bench.body("smollm2", prompt, max_tokens=100))["content"][0]["text"]))
    bench.check("Claude Code", lambda: sentence(claude.say(bench.freecc, "llama_cpp/smollm2", prompt)))


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
            return start(name, port, "/health", BIN / "llama-server", "--model", CACHE / model, "--port", port,
                         "--alias", name, "--ctx-size", window,
                         *(["--chat-template-file", TEMPLATES / f"{template}.jinja"] if template else []),
                         "--parallel", 1, "--threads", 1, "--seed", 7, *options)

        llamas = {it.name: it for it in (
            llama("talker", "talker.gguf", "Qwen-Qwen3-0.6B", window=WINDOW),
            llama("thinker", "talker.gguf", "deepseek-ai-DeepSeek-R1-Distill-Qwen-32B", "--reasoning-budget", 8),
            llama("caller", "talker.gguf", "meetkai-functionary-medium-v3.2"),
            llama("callers", "talker.gguf", "CohereForAI-c4ai-command-r-plus-tool_use"),
            llama("smollm2", "smollm2.gguf", "", window=WINDOW),
            llama("endless", "endless.gguf", "Qwen-Qwen3-0.6B", window=70000),
            llama("doomed", "endless.gguf", "Qwen-Qwen3-0.6B"),
            llama("doomed too", "endless.gguf", "Qwen-Qwen3-0.6B"))}

        port = free_port()
        at = {"OLLAMA_HOST": f"127.0.0.1:{port}", "OLLAMA_MODELS": str(run / "models"), "HOME": str(run)}
        ollama = start("ollama", port, "/api/version", BIN / "ollama", "serve", **at)
        for name, model, think in ("talker", "thinker", ("", "")), ("thinker", "thinker", THOUGHTS), ("endless", "endless", ("", "")):
            (run / name).write_text(f"FROM {CACHE / model}.gguf\nPARAMETER seed 1\nPARAMETER num_thread 1\n"
                                    f'TEMPLATE """{OLLAMA_TEMPLATE % think}"""\n')
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
        check_smollm2(Bench("SmolLM2", "llama_cpp", port, to_llama, said_by_llama, llama_idle))
        check_ollama(Bench("Ollama", "ollama", port, to_ollama, said_by_ollama, lambda _: to_ollama.open == 0), ollama)
    print(f"{Bench.passed} passed, {Bench.failed} failed")
    sys.exit(bool(Bench.failed))


if __name__ == "__main__":
    main()
