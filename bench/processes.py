"""Processes and what they use, from /proc."""
import os
import pathlib
import re
import select
import signal
import socket
import subprocess
import time

TICK = os.sysconf("SC_CLK_TCK")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_listening(port):
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def await_port(port, process, seconds=180):
    """Waits until something listens, and fails if the process ends before."""
    end = time.monotonic() + seconds
    while not is_listening(port):
        if process.poll() is not None:
            raise SystemExit(f"{process.args[0]} ended with {process.returncode} before it listened")
        if time.monotonic() > end:
            raise SystemExit(f"{process.args[0]} does not listen on port {port}")
        time.sleep(0.001)


def stop(process):
    """Ends a process that was started as the leader of its group, and its children."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def family(pid):
    """A process and its descendants."""
    found, todo = [], [pid]
    while todo:
        found.append(todo.pop())
        for task in pathlib.Path(f"/proc/{found[-1]}/task").glob("*/children"):
            todo += map(int, task.read_text().split())
    return found


def listener(port):
    """The processes that listen on a port of this machine, if this user may see whose it is."""
    rows = [line.split() for file in ("tcp", "tcp6") for line in pathlib.Path("/proc/net", file).read_text().splitlines()]
    sockets = {f"socket:[{row[9]}]" for row in rows if row[1].endswith(f":{port:04X}") and row[3] == "0A"}
    for link in pathlib.Path("/proc").glob("[0-9]*/fd/*"):
        try:
            if os.readlink(link) in sockets:
                return family(int(link.parts[2]))
        except OSError:
            continue
    return []


def cpu(pids):
    """Seconds, in user and system mode."""
    ticks = 0
    for pid in pids:
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / TICK


def memory(pids, what="VmRSS"):
    """Megabytes now, or at the peak (VmHWM) since `reset_peak`."""
    texts = [pathlib.Path(f"/proc/{pid}/status").read_text() for pid in pids]
    return sum(int(re.search(what + r":\s+(\d+)", text).group(1)) for text in texts) / 1024


def reset_peak(pids):
    for pid in pids:
        pathlib.Path(f"/proc/{pid}/clear_refs").write_text("5")


def await_signal(pipe, seconds):
    """Waits until somebody writes into a named pipe, which is open for reading."""
    return bool(select.select([pipe], [], [], seconds)[0])
