"""The helper process that reads attachments: one job after the other, each in a fork.

``python -m graph.read.worker SECONDS MEGABYTES`` takes frames on its input and answers
each on its output. A fork that takes too long or too much is killed, with everything
it started; the helper lives on.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import IO, NoReturn

from graph.read.frames import LENGTH, read_frame, write_frame
from graph.read.limits import Limits
from graph.read.registry import read_attachment, unreadable

_MOST_FILES = 64
_BROKEN = 1
_OUT_OF_MEMORY = 77
_CHUNK = 1 << 20


class TooMuchError(Exception):
    """A job was stopped; the words say why, as the end of a sentence."""


def run_limited(job: Callable[[], bytes], limits: Limits) -> bytes:
    """Run a job in a fork of its own and return its bytes. Raises TooMuchError."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        _run_child(job, writer, limits)
    os.close(writer)
    with os.fdopen(reader, "rb", buffering=0) as pipe:
        answer, in_time = _collect(pipe.fileno(), time.monotonic() + limits.seconds)
    status = _end(child, kill=not in_time or answer is not None)
    if answer is None:
        raise TooMuchError(_reason(status, in_time=in_time))
    return answer


def _run_child(job: Callable[[], bytes], writer: int, limits: Limits) -> NoReturn:
    """Whatever happens, the fork must not run on in its parent's code."""
    try:
        os.setsid()
        _limit(limits)
        os._exit(_answer_to(job, writer))
    finally:
        try:
            traceback.print_exc()
        finally:
            os._exit(_BROKEN)


def _answer_to(job: Callable[[], bytes], writer: int) -> int:
    try:
        with os.fdopen(writer, "wb") as pipe:
            write_frame(pipe, job())
    except MemoryError:
        return _OUT_OF_MEMORY
    return 0


def _limit(limits: Limits) -> None:
    seconds = max(1, round(limits.seconds))
    memory = limits.megabytes << 20
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (_MOST_FILES, _MOST_FILES))
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _collect(pipe: int, deadline: float) -> tuple[bytes | None, bool]:
    """Read one frame: its body (None where it never came whole), and whether time sufficed."""
    received = bytearray()
    poll = select.poll()
    poll.register(pipe, select.POLLIN)
    while not _is_whole(received):
        left = deadline - time.monotonic()
        if left <= 0 or not poll.poll(left * 1000):
            return None, False
        chunk = os.read(pipe, _CHUNK)
        if not chunk:
            return None, True
        received += chunk
    return bytes(received[LENGTH.size :]), True


def _is_whole(received: bytearray) -> bool:
    if len(received) < LENGTH.size:
        return False
    (length,) = LENGTH.unpack_from(received)
    return len(received) - LENGTH.size >= int(length)


def _end(child: int, *, kill: bool) -> int:
    """Wait for a child, killed first where asked, and kill whatever it left behind."""
    if kill:
        _kill_group(child)
    _, status = os.waitpid(child, 0)
    _kill_group(child)
    return os.waitstatus_to_exitcode(status)


def _kill_group(child: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child, signal.SIGKILL)


def _reason(status: int, *, in_time: bool) -> str:
    if not in_time or status in {-signal.SIGXCPU, -signal.SIGKILL}:
        return "takes too long to read; ask the sender for a smaller file"
    if status in {_OUT_OF_MEMORY, -signal.SIGABRT, -signal.SIGTRAP, -signal.SIGILL}:
        return "needs too much memory to read; ask the sender for a smaller file"
    return "breaks its reader; ask the sender to save it anew, as PDF, XLSX or CSV"


def serve(source: IO[bytes], sink: IO[bytes], limits: Limits) -> None:
    """Answer jobs until the other side has gone."""
    while (head := read_frame(source)) is not None and (content := read_frame(source)) is not None:
        write_frame(sink, _answer(head, content, limits))


def _answer(head: bytes, content: bytes, limits: Limits) -> bytes:
    name, declared = json.loads(head)

    def job() -> bytes:
        return read_attachment(name, declared, content).model_dump_json().encode()

    try:
        return run_limited(job, limits)
    except TooMuchError as reason:
        return unreadable(name, "unknown", str(reason)).model_dump_json().encode()


def main() -> None:
    """Entry point of the helper process."""
    gc.collect()
    gc.freeze()
    limits = Limits(float(sys.argv[1]), int(sys.argv[2]))
    serve(sys.stdin.buffer, sys.stdout.buffer, limits)


if __name__ == "__main__":
    main()
