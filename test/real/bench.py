"""The kinds of checks: each asks FreeCC something and compares what comes with what the server says or does."""
import contextlib
import http.client
import itertools
import json
import re
import threading

from replies import Refused, Stream, agree, fold, told
from servers import ask, until

PROMPTS = "Hello", "Tell me a story.", "Why?", "Пиши дальше", "Read the file", "続けて"
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


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
            enough = fit == len(kinds) if every else fit > 0
            assert enough, f"wanted {wanted}, but the replies were {', '.join(kinds) or 'of another kind'}"
            return f"{len(kinds)} replies of {tokens} tokens, {fit} of them like {wanted}"
        self.check(what, test)

    def too_long(self, model, window):
        """A 400 that makes the client compact its history, streamed and whole, and that it must not try again."""
        def test():
            for way in self.streamed, self.whole:
                try:
                    way(self.body(model, "word " * 2 * window))
                    raise AssertionError(f"{way.__name__}: answered; options sent: {self.relay.requests[-1][1].get('options')}")
                except Refused as problem:
                    assert problem.status == 400 and problem.type == "invalid_request_error", f"{way.__name__}: {problem}"
                    assert problem.headers.get("x-should-retry") == "false", f"{way.__name__}: x-should-retry is missing"
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
            agree("stop", [reply["stop_reason"], reply["stop_sequence"]], ["stop_sequence", stop])
        self.check("stop sequence", test)

    def counts(self, what, model, field, least, prompt):
        """A long prompt is seen whole, and counted where it belongs."""
        def test():
            usage = self.compared(self.body(model, prompt))["usage"]
            assert usage[field] > least, usage
            return usage
        self.check(what, test)
