"""How Deskhand and its reading helper talk: byte strings, each led by its length."""

from __future__ import annotations

import struct
from typing import IO

LENGTH = struct.Struct(">Q")


def write_frame(sink: IO[bytes], *parts: bytes) -> None:
    """Write byte strings, each led by its length."""
    for part in parts:
        sink.write(LENGTH.pack(len(part)))
        sink.write(part)
    sink.flush()


def read_frame(source: IO[bytes]) -> bytes | None:
    """Read one byte string; None where the other side has gone."""
    head = source.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    body = source.read(length)
    return body if len(body) == length else None
