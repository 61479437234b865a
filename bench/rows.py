"""The rows of the table: what is done to a subject, and which figures come of it."""
import json
import os
import subprocess
import time

import bodies
import processes
from subjects import compiled


class Figure:
    """One line of the table. `is_added` if the difference to nginx says more than the ratio."""

    def __init__(self, label, unit, digits=2, is_added=False):
        self.label, self.unit, self.digits, self.is_added = label, unit, digits, is_added


class Bench:
    """What all rows share: the folder for their files, the API of the provider, and what went wrong."""

    def __init__(self, work, dialect, is_quick):
        self.work, self.dialect, self.is_quick, self.faults = work, dialect, is_quick, []

    def load(self, subject, streams, connections=1, pieces=200, pause=0, ramp=0, dialect=None, **body):
        """Streams through a subject. Returns the client's figures, and what the subject took meanwhile."""
        dialect = dialect or self.dialect
        model = f"mock-{pieces}-{pause}"
        file = self.work / "body.json"
        file.write_bytes(bodies.request(subject.model(dialect, model), **body))
        command = [compiled("load"), "-h", subject.address, "-p", subject.port, "-u", subject.path(dialect, model), "-b", file,
                   "-c", connections, "-n", streams, "-e", pieces, "-r", ramp, "-t", 300] + ["-a"] * subject.is_anthropic
        pids = subject.pids()
        processes.reset_peak(pids)
        before = processes.cpu(pids)
        result = json.loads(subprocess.run(list(map(str, command)), capture_output=True, text=True).stdout)
        if pids:
            result["cpu"] = (processes.cpu(pids) - before) * 1000 / streams
            result["peak"] = processes.memory(pids, "VmHWM")
        result["bytes"] = file.stat().st_size
        subject.served[dialect] += streams
        if result["failed"]:
            said = "; ".join(dict.fromkeys(result["faults"]))
            self.faults.append(f"{subject.name}, {connections} at once: {result['failed']} of {streams} streams are not whole: {said}")
        return result


class Row:
    """`is_fresh`: each measurement starts a process of its own, so only what can be started is measured. `dialect`: the row's own API."""

    is_fresh, dialect = False, None

    def suits(self, subject):
        return not self.is_fresh or hasattr(subject, "start")


class Load(Row):
    """Streams, under which latency, throughput, CPU time and memory are measured."""

    def __init__(self, label, figures, streams, connections, **load):
        self.label, self.figures, self.streams, self.connections, self.rest = label, figures, streams, connections, load
        self.dialect = load.get("dialect")

    def measure(self, bench, subject):
        streams, connections = (20, min(self.connections, 20)) if bench.is_quick else (self.streams, self.connections)
        result = bench.load(subject, streams, connections, **self.rest)
        values = {"throughput": result["whole"] / result["seconds"], **result}
        return [values.get(name) for name in self.figures]


class Start(Row):
    """Until it listens, until it answers, what it takes when idle, and how long its first request takes."""

    figures = {"listening": Figure("until it listens", "ms", 0), "answering": Figure("until its first HTTP answer", "ms", 0),
               "idle": Figure("memory, idle", "MB", 0), "first": Figure("first translated request", "ms", 0)}
    label = "Start of `./jbang FreeCC.java`"
    is_fresh = True

    def measure(self, bench, subject):
        subject.stop()
        listening, answering = subject.start()
        time.sleep(0.5 if bench.is_quick else 12)   # what it does in the background is done
        idle = processes.memory(subject.pids())
        first = bench.load(subject, 1, pieces=20)["first_p50"]
        return [listening, answering, idle, first]


class Code(Row):
    """Until `code` starts Claude Code: here a script that writes into a pipe."""

    figures = {"started": Figure("until `claude` starts", "ms", 0)}
    label = "`code`"
    is_fresh = True

    def measure(self, bench, subject):
        subject.stop()
        folder = bench.work / "claude"
        folder.mkdir(exist_ok=True)
        pipe, program = folder / "started", folder / "claude"
        if not pipe.exists():
            os.mkfifo(pipe)
        program.write_text(f"#!/bin/sh\necho >'{pipe}'\n")
        program.chmod(0o755)
        reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
        begin = time.monotonic()
        with open(subject.work / "output", "w") as output:
            process = subject.run("code", output, PATH=f"{folder}:{os.environ['PATH']}")
        started = processes.await_signal(reader, 60)
        taken = (time.monotonic() - begin) * 1000
        os.close(reader)
        processes.stop(process)
        if not started:
            bench.faults.append(f"{subject.name}: `code` did not start `claude`")
        return [taken if started else None]


class Large(Row):
    """One request of 47 MB to a fresh process."""

    figures = {"peak": Figure("peak of memory over idle, by the request's size", "times", 1), "first": Figure("first token", "ms", 0)}
    label = "A request of 47 MB"
    is_fresh = True

    def measure(self, bench, subject):
        subject.stop()
        subject.start()
        bench.load(subject, 5, pieces=20)
        time.sleep(0.5 if bench.is_quick else 3)
        idle = processes.memory(subject.pids())
        result = bench.load(subject, 1, pieces=20, turns=30 if bench.is_quick else 200, result=234_000)
        return [(result["peak"] - idle) / (result["bytes"] / 2 ** 20), result["first_p50"]]


class Turns(Row):
    """The same session at its first and at its fiftieth turn: what grows with the conversation."""

    figures = {"first_ratio": Figure("first token, turn 50 against turn 1", "times"),
               "cpu_ratio": Figure("CPU time, turn 50 against turn 1", "times"),
               "first_1": Figure("first token, turn 1", "ms"), "first_50": Figure("first token, turn 50", "ms")}
    label = "A session of 50 turns"

    def measure(self, bench, subject):
        streams = 20 if bench.is_quick else 400
        one, fifty = (bench.load(subject, streams, pieces=20, turns=turns) for turns in (1, 50))
        cpu = fifty["cpu"] / one["cpu"] if one.get("cpu") else None
        return [fifty["first_p50"] / one["first_p50"], cpu, one["first_p50"], fifty["first_p50"]]


FIRST, SLOW_FIRST = Figure("first token, median", "ms", is_added=True), Figure("first token, 99 %", "ms")
EVENT, SLOW_EVENT = Figure("latency of an event, median", "ms", 3), Figure("latency of an event, 99 %", "ms")
RATE, CPU, MEMORY = Figure("throughput", "streams/s", 0), Figure("CPU time per 1000 streams", "s"), Figure("peak of memory", "MB", 0)

ROWS = {
    "first-token": Load("1 client", {"first_p50": FIRST, "first_p99": SLOW_FIRST}, 400, 1, pieces=20),
    "new": Load("1 client, nothing as in an earlier request", {"first_p50": FIRST, "first_p99": SLOW_FIRST}, 400, 1, pieces=20, is_new=True),
    "throughput": Load("16 at once, as fast as they come", {"throughput": RATE, "cpu": CPU, "peak": MEMORY}, 1500, 16),
    "latency": Load("16 at once, an event every 10 ms", {"piece_p50": EVENT, "piece_p99": SLOW_EVENT}, 32, 16, pause=10, ramp=500),
    "128": Load("128 at once, an event every 10 ms", {"first_p50": FIRST, "piece_p99": SLOW_EVENT, "cpu": CPU, "peak": MEMORY}, 256, 128,
                pause=10, ramp=1500),
    "1000": Load("1000 at once, an event every 50 ms", {"first_p50": FIRST, "piece_p99": SLOW_EVENT, "cpu": CPU, "peak": MEMORY}, 1000,
                 1000, pieces=100, pause=50, ramp=4000),
    "pass-through": Load("1 client, Anthropic's API on both sides", {"first_p50": FIRST, "first_p99": SLOW_FIRST}, 400, 1, pieces=20,
                         dialect="anthropic"),
    "turns": Turns(),
    "start": Start(),
    "code": Code(),
    "large": Large(),
}
