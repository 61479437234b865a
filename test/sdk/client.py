"""The Python SDK before FreeCC: each check prints `ok` or `FAIL`."""
import json
import os
import sys
import traceback
import urllib.request

import anthropic

ONE = [{"role": "user", "content": "Weather in Paris?"}]
TWO = [{"role": "user", "content": "Weather in Paris and Köln?"}]
sent = []


def note(request):
    sent.append(json.loads(request.read() or "null"))


client = anthropic.Anthropic(base_url=os.environ["FREECC"], api_key="any", max_retries=0, timeout=60,
                             http_client=anthropic.DefaultHttpxClient(event_hooks={"request": [note]}))
common = {"model": "claude-sonnet-5-5", "max_tokens": 500}


@anthropic.beta_tool
def get_weather(city: str) -> str:
    """The weather in a city.

    Args:
        city: Its name.
    """
    return f"sun in {city}"


def asked():
    return json.load(urllib.request.urlopen(os.environ["MODEL"] + "/asks"))


def equal(wanted, came):
    assert wanted == came, f"wanted {wanted!r}, and came {came!r}"


def text(message):
    return "".join(block.text for block in message.content if block.type == "text")


def create():
    message = client.messages.create(**common, messages=[{"role": "user", "content": "Hello"}])
    equal(("Grüße, 世界 👋", "end_turn", 234, 1000, 56),
          (text(message), message.stop_reason, message.usage.input_tokens, message.usage.cache_read_input_tokens, message.usage.output_tokens))


def stream():
    with client.messages.stream(**common, messages=[{"role": "user", "content": "Hello"}]) as stream:
        equal("Grüße, 世界 👋", "".join(stream.text_stream))
        message = stream.get_final_message()
    equal(("end_turn", 56), (message.stop_reason, message.usage.output_tokens))


def count_tokens():
    assert client.messages.count_tokens(model=common["model"], messages=ONE).input_tokens > 3


def runs(messages, heard, **more):
    """The runner tries a thread first, and goes on with the whole conversation."""
    runner = client.beta.messages.tool_runner(**common, tools=[get_weather], messages=messages, **more)
    message = runner.until_done()
    equal("I heard: " + heard, text(message))
    equal([{"type": "create"}, None, None], [body.get("thread") for body in sent])
    asks = asked()
    equal(2, len(asks))
    equal("get_weather", asks[1]["tools"][0]["function"]["name"])
    equal(messages[0]["content"], asks[1]["messages"][0]["content"])


def tool_runner():
    runs(ONE, "sun in Paris")


def tool_runner_with_parallel_calls():
    runs(TWO, "sun in Paris; sun in Köln")


def tool_runner_streams():
    runner = client.beta.messages.tool_runner(**common, tools=[get_weather], messages=TWO, stream=True)
    messages = []
    for stream in runner:
        for _ in stream:
            pass
        messages.append(stream.get_final_message())
    equal(["tool_use", "end_turn"], [message.stop_reason for message in messages])
    equal("I heard: sun in Paris; sun in Köln", text(messages[-1]))


def a_thread_is_refused_by_its_code():
    for thread in ({"type": "create"}, {"type": "continue", "previous_message_id": "msg_1"}):
        try:
            client.beta.messages.create(**common, messages=ONE, thread=thread, betas=["message-threads-2026-08-12"])
            raise AssertionError("it was not refused")
        except anthropic.BadRequestError as refusal:
            equal({"error_code": "thread_unsupported_request", "unsupported": ["thread"]}, refusal.body["error"]["details"])


def a_malformed_block_is_named():
    try:
        client.messages.create(**common, messages=[{"role": "user", "content": [{"type": "image"}]}])
        raise AssertionError("it was not refused")
    except anthropic.BadRequestError as refusal:
        equal("messages.0.content.0.image.source: Field required", refusal.body["error"]["message"])


failed = 0
for check in (create, stream, count_tokens, tool_runner, tool_runner_with_parallel_calls, tool_runner_streams, a_thread_is_refused_by_its_code, a_malformed_block_is_named):
    sent.clear()
    asked()
    try:
        check()
        print("ok   Python: " + check.__name__.replace("_", " "))
    except Exception:
        failed += 1
        print("FAIL Python: " + check.__name__.replace("_", " "))
        traceback.print_exc(file=sys.stdout)
sys.exit(failed > 0)
