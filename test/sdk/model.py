"""A model that speaks OpenAI's chat and plays a script. GET /asks tells what it was asked, and forgets it."""
import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

asks = []


def answer(ask):
    """Calls the weather tool once for each city that the user names, and then says what it heard."""
    heard = [message["content"] for message in ask["messages"] if message["role"] == "tool"]
    words = next(message["content"] for message in reversed(ask["messages"]) if message["role"] == "user")
    if heard:
        return {"content": "I heard: " + "; ".join(heard)}
    if not ask.get("tools"):
        return {"content": "Grüße, 世界 👋"}
    cities = [city for city in ("Paris", "Köln") if city in words]
    return {"content": None, "tool_calls": [
        {"index": at, "id": f"call_{at}", "type": "function", "function": {"name": "get_weather", "arguments": json.dumps({"city": city})}}
        for at, city in enumerate(cities)]}


class Model(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def send(self, kind, body):
        self.send_response(200)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        self.send("application/json", json.dumps(asks).encode())
        asks.clear()

    def do_POST(self):
        ask = json.loads(self.rfile.read(int(self.headers["content-length"])))
        asks.append(ask)
        said = answer(ask)
        reason = "tool_calls" if said.get("tool_calls") else "stop"
        usage = {"prompt_tokens": 1234, "completion_tokens": 56, "prompt_tokens_details": {"cached_tokens": 1000}}
        if not ask.get("stream"):
            message = {"role": "assistant", **said}
            self.send("application/json", json.dumps({"id": "c", "choices": [{"index": 0, "message": message, "finish_reason": reason}], "usage": usage}).encode())
            return
        content = said.get("content") or ""
        deltas = [{"content": content[at:at + 4]} for at in range(0, len(content), 4)]
        for call in said.get("tool_calls", []):
            arguments = call["function"]["arguments"]
            deltas.append({"tool_calls": [{**call, "function": {"name": call["function"]["name"], "arguments": ""}}]})
            deltas += [{"tool_calls": [{"index": call["index"], "function": {"arguments": arguments[at:at + 5]}}]} for at in range(0, len(arguments), 5)]
        chunks = [{"choices": [{"index": 0, "delta": delta, "finish_reason": None}]} for delta in deltas]
        chunks += [{"choices": [{"index": 0, "delta": {}, "finish_reason": reason}]}, {"choices": [], "usage": usage}]
        self.send("text/event-stream", "".join(f"data: {json.dumps(chunk)}\n\n" for chunk in chunks).encode() + b"data: [DONE]\n\n")


server = ThreadingHTTPServer(("127.0.0.1", 0), Model)
print(f"http://127.0.0.1:{server.server_port}", flush=True)
server.serve_forever()
