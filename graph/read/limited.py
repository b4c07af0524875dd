"""Reads attachments in a helper process, so that no file can hang or exhaust Deskhand."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Lock, Timer
from typing import IO, cast

from graph.order import Document
from graph.ports import WorldError
from graph.read.frames import read_frame, write_frame
from graph.read.limits import Limits
from graph.read.registry import unreadable

_SOURCE = Path(__file__).parents[2]
_GRACE = 10.0
"""Seconds the helper has beyond a job's own limit before it counts as stuck."""


class LimitedReader:
    """A helper process that is started when first needed, and again when it has died.

    Threads may share one; their attachments are read one after the other.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._lock = Lock()
        self._helper: subprocess.Popen[bytes] | None = None

    def read_attachment(self, name: str, declared: str, content: bytes) -> Document:
        """Read one attachment; ``problem`` tells where it costs too much.

        Raises WorldError where no helper process can be started.
        """
        with self._lock:
            for _ in range(2):
                answer = self._ask(json.dumps([name, declared]).encode(), content)
                if answer is not None:
                    return Document.model_validate_json(answer)
        reason = "stops its reader; ask the sender to save it anew, as PDF, XLSX or CSV"
        return unreadable(name, "unknown", reason)

    def close(self) -> None:
        """Stop the helper process."""
        with self._lock:
            self._stop()

    def __enter__(self) -> LimitedReader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ask(self, head: bytes, content: bytes) -> bytes | None:
        """The helper's answer; None where it died, and the next call starts another."""
        helper = self._started()
        watchdog = Timer(self._limits.seconds + _GRACE, helper.kill)
        watchdog.start()
        try:
            write_frame(cast(IO[bytes], helper.stdin), head, content)
            answer = read_frame(cast(IO[bytes], helper.stdout))
        except OSError:
            answer = None
        finally:
            watchdog.cancel()
        if answer is None:
            self._stop()
        return answer

    def _started(self) -> subprocess.Popen[bytes]:
        if self._helper is None:
            limits = (str(self._limits.seconds), str(self._limits.megabytes))
            try:
                self._helper = subprocess.Popen(
                    [sys.executable, "-m", "graph.read.worker", *limits],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    cwd=_SOURCE,
                    start_new_session=True,
                    env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
                )
            except OSError as error:
                raise WorldError(
                    f"The reader of attachments cannot be started ({error}); free memory or "
                    "processes on this machine.",
                    permanent=False,
                ) from error
        return self._helper

    def _stop(self) -> None:
        if self._helper is None:
            return
        self._helper.kill()
        for pipe in (self._helper.stdin, self._helper.stdout):
            with suppress(OSError):
                cast(IO[bytes], pipe).close()
        self._helper.wait()
        self._helper = None
