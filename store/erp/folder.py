"""The folder ERP: master data in CSV files, each booked order one file ``orders/<key>.json``."""

from __future__ import annotations

import contextlib
import csv
import errno
import io
import json
import os
import uuid
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from graph.catalog import PastLine, Records, Trouble
from graph.order import Order
from graph.ports import ErpError
from store.erp.booking import booking, number, past_lines, with_booked
from store.erp.rows import PARTS, Part, Row, build

_REQUIRED = ("customers", "products")
_DENIED = (errno.EACCES, errno.EPERM, errno.EROFS)
_ABSENT = (errno.ENOENT, errno.ENOTDIR)


@dataclass(frozen=True, slots=True)
class _Content:
    """What one file held when it looked like ``seen``."""

    seen: Hashable
    records: tuple[Any, ...] = ()
    troubles: tuple[Trouble, ...] = ()


class FolderErp:
    """Master data of a folder; files that did not change are not read again."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._orders = path / "orders"
        self._parts: dict[str, _Content] = {}
        self._booked: dict[str, _Content] = {}

    def load(self, now: datetime) -> Records:
        """Read the folder. Raises ErpError where a file or column that must be is missing."""
        with _reaching(self._path):
            parts = {part.name: content for part in PARTS if (content := self._part(part))}
            orders = self._bookings()
        records = Records(
            read_at=now,
            known=frozenset(parts),
            troubles=tuple(t for c in (*parts.values(), *orders) for t in c.troubles),
            **{name: content.records for name, content in parts.items()},
        )
        return with_booked(records, tuple(line for c in orders for line in c.records))

    def stamp(self) -> Hashable:
        """Changes when the master data does; costs a few stats.

        What Deskhand books itself is left out: it would make every booking rebuild the
        catalog, and earlier orders in hand are known without it.
        """
        files = [self._path / f"{part.name}.csv" for part in PARTS]
        stamps = []
        for file in files:
            try:
                stamps.append(_seen(file.stat()))
            except OSError as error:
                stamps.append(error.errno)
        return tuple(stamps)

    def create(self, order: Order, key: str, *, approved_by: str | None, now: datetime) -> str:
        """Book once, by a file that appears whole or not at all and is never overwritten.

        Raises ErpError: not ``permanent`` where the disk is full.
        """
        made = booking(order, key, approved_by=approved_by, now=now)
        content = json.dumps(made, ensure_ascii=False, indent=2) + "\n"
        if (done := self.booked(key)) is not None:
            return done
        with _reaching(self._orders):
            self._orders.mkdir(exist_ok=True)
            _write_once(self._orders / f"{key}.json", content.encode())
        return self.booked(key) or number(key)

    def booked(self, key: str) -> str | None:
        """The number under which ``key`` is booked, None where it is not. Raises ErpError."""
        number(key)
        file = self._orders / f"{key}.json"
        try:
            with _reaching(file):
                return str(_booking(file)["order_id"]) if file.exists() else None
        except (ValueError, KeyError, TypeError):
            raise ErpError(
                f"{file} is not a booked order: find out whether this order was entered,"
                " then move the file away",
                permanent=True,
            ) from None

    def _part(self, part: Part) -> _Content | None:
        file = self._path / f"{part.name}.csv"
        if not file.exists():
            if part.name in _REQUIRED:
                raise ErpError(f"{file} is missing: export it from the ERP", permanent=True)
            return None
        seen = _seen(file.stat())
        content = self._parts.get(part.name)
        if content is None or content.seen != seen:
            content = self._parts[part.name] = _content(part, file, seen)
        return content

    def _bookings(self) -> tuple[_Content, ...]:
        """The lines of every booked order; a booked order never changes, so it is read once."""
        files = sorted(self._orders.glob("*.json")) if self._orders.is_dir() else []
        before, self._booked = self._booked, {}
        for file in files:
            # The ERP may take booked orders away at any moment.
            with contextlib.suppress(FileNotFoundError):
                seen = _seen(file.stat())
                content = before.get(file.name)
                if content is None or content.seen != seen:
                    content = _lines(file, seen)
                self._booked[file.name] = content
        return tuple(self._booked.values())


# --- reading ----------------------------------------------------------------------


def _content(part: Part, file: Path, seen: Hashable) -> _Content:
    records: list[Any] = []
    troubles: list[Trouble] = []
    for record in build(part, _rows(file, part.needs)):
        (troubles if isinstance(record, Trouble) else records).append(record)
    return _Content(seen, tuple(records), tuple(troubles))


def _rows(file: Path, needs: tuple[str, ...]) -> Iterator[tuple[str, Row | str]]:
    """The rows of a CSV file with their place; a row that cannot be split is a message."""
    raw = file.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
        yield file.name, "is not UTF-8 and was read as Windows-1252: export it as UTF-8"
    # Strict, so that a stray quote is one bad row instead of swallowing the rows after it.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    columns = _columns(file, reader, needs)
    while True:
        place = f"{file.name} row {reader.line_num + 1}"
        try:
            cells = [cell.strip() for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error as error:
            yield place, f"cannot be read ({error}): correct its quotes"
            continue
        if any(cells[len(columns) :]):
            yield place, "has more cells than the header: put texts with a separator in quotes"
        elif any(cells):
            yield place, Row(dict(zip(columns, cells, strict=False)))


def _columns(file: Path, reader: Iterator[list[str]], needs: tuple[str, ...]) -> list[str]:
    try:
        columns = [cell.strip().lower() for cell in next(reader, [])]
    except csv.Error as error:
        raise ErpError(f"{file}: the header cannot be read ({error})", permanent=True) from None
    missing = [column for column in needs if column not in columns]
    if missing:
        raise ErpError(
            f"{file} has no column {', '.join(missing)}: its first row must name the columns",
            permanent=True,
        )
    return columns


def _delimiter(text: str) -> str:
    header = text.partition("\n")[0]
    return max(",;\t", key=header.count)


def _booking(file: Path) -> dict[str, Any]:
    content = json.loads(file.read_text(encoding="utf-8"))
    if not isinstance(content, dict):
        raise TypeError(f"{file} holds no order")
    return content


def _lines(file: Path, seen: Hashable) -> _Content:
    try:
        lines: tuple[PastLine, ...] = tuple(past_lines(_booking(file)))
    except (ValueError, KeyError, TypeError, ArithmeticError):
        message = "is not a booked order and does not count as history: move it away"
        return _Content(seen, troubles=(Trouble(f"orders/{file.name}", message),))
    return _Content(seen, lines)


def _seen(stat: os.stat_result) -> Hashable:
    return stat.st_mtime_ns, stat.st_size, stat.st_ino


# --- writing ----------------------------------------------------------------------


def _write_once(target: Path, content: bytes) -> None:
    """Make ``target`` appear with all its content, unless there is one already."""
    draft = target.with_name(f".{uuid.uuid4().hex}.tmp")
    try:
        with draft.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            target.hardlink_to(draft)
    finally:
        draft.unlink(missing_ok=True)
    _sync(target.parent)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def _reaching(place: Path) -> Iterator[None]:
    """Turn the operating system's refusal into an ErpError with a remedy."""
    try:
        yield
    except OSError as error:
        remedy, permanent = "try again, and check the disk", False
        if error.errno in _DENIED:
            remedy, permanent = "let Deskhand's user read and write there", True
        elif error.errno in _ABSENT:
            remedy, permanent = "create the folder or correct ERP_URL", True
        elif error.errno in (errno.ENOSPC, errno.EDQUOT):
            remedy = "free some disk space"
        raise ErpError(f"{place}: {error.strerror}: {remedy}", permanent=permanent) from error
