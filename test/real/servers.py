"""Programs that listen, requests to them, and the relay that stands between FreeCC and a server."""
import asyncio
import contextlib
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return listening.getsockname()[1]


def ask(port, method, path, body=None):
    """Status, headers and JSON of one request."""
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=120)) as connection:
        connection.request(method, path, json.dumps(body) if body else None, {"content-type": "application/json"})
        response = connection.getresponse()
        text = response.read()
        return response.status, response.headers, json.loads(text) if text[:1] in (b"{", b"[") else text


def until(what, happens, seconds, pause=0.05):
    """Waits, and says how long it took."""
    begin = time.monotonic()
    while not happens():
        assert time.monotonic() - begin < seconds, f"not within {seconds} s: {what}"
        time.sleep(pause)
    return time.monotonic() - begin


class Program:
    """A server in a process group of its own, with its log in the folder."""

    def __init__(self, name, folder, port, health, *command, seconds=30, **environment):
        self.name, self.port, self.log = name, port, folder / f"{name}.log"
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen([str(part) for part in command], cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                            env={**os.environ, **environment}, start_new_session=True)
        until(f"{name} answers", lambda: self.answers(health), seconds)

    def answers(self, path):
        if self.process.poll() is not None:
            sys.exit(f"{self.name} did not start:\n{self.log.read_text(errors='replace')[-3000:]}")
        try:
            return ask(self.port, "GET", path)[0] == 200
        except (OSError, http.client.HTTPException):
            return False

    def kill(self):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Relay:
    """Passes each request on to the server of its model and keeps it. Where one side goes, the other is closed."""

    def __init__(self, ports):
        self.ports, self.port, self.requests, self.open = ports, free_port(), [], 0
        started = threading.Event()
        threading.Thread(target=asyncio.run, args=[self.run(started)], daemon=True).start()
        started.wait()

    async def run(self, started):
        async with await asyncio.start_server(self.serve, "127.0.0.1", self.port):
            started.set()
            await asyncio.Event().wait()

    async def serve(self, reader, writer):
        self.open += 1
        try:
            await self.exchange(reader, writer)
        except (OSError, asyncio.IncompleteReadError):
            pass  # one side has gone, the other goes now
        finally:
            self.open -= 1
            writer.close()

    async def exchange(self, reader, writer):
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = re.search(r"(?i)\r\ncontent-length: *(\d+)", head)
        body = await reader.readexactly(int(length[1]) if length else 0)
        asked = json.loads(body or "{}")
        if body:
            self.requests.append((head.split()[1], asked))
        head = re.sub(r"(?i)\r\nconnection:[^\r]*", "", head).replace("\r\n", "\r\nConnection: close\r\n", 1)
        port = self.ports.get(asked.get("model"), next(iter(self.ports.values())))
        from_server, to_server = await asyncio.open_connection("127.0.0.1", port)
        try:
            to_server.write(head.encode() + body)
            reply = asyncio.create_task(self.pass_on(from_server, writer))
            gone = asyncio.create_task(reader.read())
            done, waiting = await asyncio.wait([reply, gone], return_when=asyncio.FIRST_COMPLETED)
            for task in waiting:
                task.cancel()
            for task in done:
                task.result()
        finally:
            to_server.close()

    @staticmethod
    async def pass_on(reader, writer):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
