"""Requests as Claude Code sends them: tools, a long system prompt, and turns with tool calls and their results."""
import json
import random

WORDS = ("the file run test build return const function import export error line code user message tool result path directory search "
         'replace edit read write bash command output json schema "quoted" é ü → newline\n tab\t async await value number').split(" ")


def words(chance, length):
    text = " ".join(chance.choices(WORDS, k=min(length, 10_000) // 5))
    return (text * (length // len(text) + 1))[:length]


MARK = "REQ=00000000 "   # the client writes another one into each request


def tool(chance, number, mark):
    kinds = ("string", "number", "boolean")
    fields = {f"param_{i}": {"type": kinds[i % 3], "description": words(chance, 100)} for i in range(6)}
    item = {"type": "object", "properties": {"a": {"type": "string", "enum": ["x", "y", "z"]}, "b": {"type": "integer", "minimum": 0}},
            "required": ["a"], "additionalProperties": False}
    return {"name": f"Tool{number}", "description": mark + words(chance, 1400),
            "input_schema": {"$schema": "http://json-schema.org/draft-07/schema#", "type": "object",
                             "properties": {**fields, "list": {"type": "array", "items": item}},
                             "required": ["param_0", "param_1"], "additionalProperties": False}}


def turn(chance, number, result, mark):
    """A call of the assistant's, and its result."""
    call = {"type": "tool_use", "id": f"toolu_{number:024}", "name": f"Tool{number % 20}",
            "input": {"param_0": words(chance, 120), "param_1": number, "param_2": True, "list": [{"a": "x", "b": 1}]}}
    answer = {"type": "tool_result", "tool_use_id": call["id"], "content": [{"type": "text", "text": mark + words(chance, result)}]}
    return [{"role": "assistant", "content": [{"type": "text", "text": mark + words(chance, 150)}, call]}, {"role": "user", "content": [answer]}]


def request(model, turns=15, result=2200, session="0", is_new=False):
    """The request of that turn, as bytes. Each request has another last turn; if `is_new`, it has nothing long in common with others."""
    mark = MARK if is_new else ""
    chance = random.Random(1)
    system = [{"type": "text", "text": text, "cache_control": {"type": "ephemeral"}}
              for text in ("You are Claude Code, Anthropic's official CLI for Claude.", mark + words(chance, 12000))]
    tools = [tool(chance, number, mark) for number in range(20)]
    messages = [{"role": "user", "content": [{"type": "text", "text": f"<system-reminder>{mark}{words(chance, 2500)}</system-reminder>"},
                                             {"type": "text", "text": words(chance, 300), "cache_control": {"type": "ephemeral"}}]}]
    for number in range(1, turns):
        messages += turn(chance, number, result, mark)
    messages[-1]["content"].append({"type": "text", "text": MARK + words(chance, 200)})
    body = {"model": model, "messages": messages, "system": system, "tools": tools, "max_tokens": 32000, "stream": True,
            "metadata": {"user_id": f"user_1_account__session_{session}"}}
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
