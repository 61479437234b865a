"""What was said: FreeCC's streams folded into messages, and the servers' own replies in the same form."""
import http.client
import json


class Refused(Exception):
    """FreeCC's error: before the stream with a status and headers, in it with status 0."""

    def __init__(self, status, headers, error):
        super().__init__(f"{status or 'in mid-stream,'} {error['type']}: {error['message']}")
        self.status, self.headers, self.type, self.message = status, headers, error["type"], error["message"]


class Stream:
    """A streamed reply, event by event. Leaving it closes the connection."""

    def __init__(self, port, body):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.connection.request("POST", "/v1/messages", json.dumps({**body, "stream": True}), {"content-type": "application/json"})
        self.response = self.connection.getresponse()
        if self.response.status != 200:
            raise Refused(self.response.status, self.response.headers, json.load(self.response)["error"])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.response.close()
        self.connection.close()

    def events(self):
        name = None
        for line in self.response:
            field, _, value = line.decode().rstrip("\r\n").partition(": ")
            if field == "event":
                name = value
            elif field == "data":
                event = json.loads(value)
                assert event["type"] == name, f"event {name} holds a {event['type']}"
                yield event


def fold(events):
    """The message that a stream tells, if the stream is a legal one."""
    message, block, arguments, finished = None, None, "", False
    for event in events:
        assert not finished, "something after message_stop"
        match event["type"]:
            case "ping":
                pass
            case "error":
                raise Refused(0, {}, event["error"])
            case "message_start":
                assert message is None, "a second message_start"
                message = event["message"]
            case "content_block_start":
                assert block is None and event["index"] == len(message["content"]), f"out of turn: {event}"
                block, arguments = event["content_block"], ""
                message["content"].append(block)
            case "content_block_delta":
                assert block and event["index"] == len(message["content"]) - 1, f"out of turn: {event}"
                delta = event["delta"]
                match block["type"], delta["type"]:
                    case "tool_use", "input_json_delta":
                        arguments += delta["partial_json"]
                    case ("thinking", "thinking_delta") | ("text", "text_delta"):
                        block[block["type"]] += delta[block["type"]]
                    case "thinking", "signature_delta":
                        pass
                    case mixed:
                        raise AssertionError(f"{mixed[1]} in a {mixed[0]} block")
            case "content_block_stop":
                if block["type"] == "tool_use":
                    block["input"] = parsed(arguments)
                block = None
            case "message_delta":
                assert block is None, "message_delta within a block"
                message["usage"].update(event["usage"])
                message.update(event["delta"])
            case "message_stop":
                finished = True
            case other:
                raise AssertionError(f"unknown event {other}")
    assert finished, "the stream ends with neither message_stop nor error"
    return message


def parsed(arguments):
    try:
        return json.loads(arguments or "{}")
    except ValueError:
        return "broken"


def told(message):
    """What is compared of FreeCC's message: all but ids and signatures."""
    usage = message["usage"]
    return {"content": [plain(block) for block in message["content"]],
            # neither server says whether it stopped at a stop sequence or at its natural end
            "stop_reason": {"stop_sequence": "end_turn"}.get(message["stop_reason"], message["stop_reason"]),
            "usage": [usage.get(key) or 0 for key in ("input_tokens", "cache_read_input_tokens", "output_tokens")]}


def plain(block):
    match block:
        case {"type": "thinking", "thinking": text}:
            return {"thinking": text}
        case {"type": "tool_use", "name": name, "input": arguments}:  # what is no JSON stands in _raw in a whole reply
            return {"tool": name, "input": "broken" if "_raw" in arguments else arguments}
        case {"type": "text", "text": text}:
            return {"text": text}
        case other:
            return other


def said(thinking, text, calls, stop_reason, usage):
    content = [{"thinking": thinking}] if thinking else []
    content += [{"text": text}] if text else []
    content += [{"tool": call["function"]["name"], "input": call["function"]["arguments"]} for call in calls]
    return {"content": content, "stop_reason": stop_reason, "usage": usage}


def said_by_llama(reply):
    choice, usage = reply["choices"][0], reply["usage"]
    message, cached = choice["message"], usage["prompt_tokens_details"]["cached_tokens"]
    calls = message.get("tool_calls", [])
    for call in calls:
        call["function"]["arguments"] = parsed(call["function"]["arguments"])
    return said(message.get("reasoning_content"), message["content"], calls,
                {"stop": "end_turn", "length": "max_tokens", "tool_calls": "tool_use"}[choice["finish_reason"]],
                [usage["prompt_tokens"] - cached, cached, usage["completion_tokens"]])


def said_by_ollama(reply):
    message = reply["message"]
    calls = message.get("tool_calls", [])
    return said(message.get("thinking"), message["content"], calls,
                "tool_use" if calls else {"stop": "end_turn", "length": "max_tokens"}[reply["done_reason"]],
                [reply["prompt_eval_count"], 0, reply["eval_count"]])


def agree(name, ours, theirs):
    """Fails with the place where two messages part."""
    ours, theirs = (json.dumps(it, ensure_ascii=False, sort_keys=True) for it in (ours, theirs))
    at = next((at for at, (a, b) in enumerate(zip(ours, theirs)) if a != b), min(len(ours), len(theirs)))
    around = slice(max(0, at - 50), at + 50)
    assert ours == theirs, f"{name}, character {at}: FreeCC …{ours[around]}… but the server …{theirs[around]}…"
