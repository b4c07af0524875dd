"""The ERPs Deskhand can work with, by the scheme of ``ERP_URL``.

To add one, write its module beside ``folder.py``, name it in ``_BACK_ENDS`` and let it
pass ``tests/store/test_erp_contract.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Protocol

from graph.ports import ConfigError, Erp
from store.erp.folder import FolderErp
from store.erp.memory import MemoryErp


class BackEnd(Erp, Protocol):
    """An ERP as Deskhand's own rooms see it."""

    def stamp(self) -> Hashable:
        """Changes when the master data does; a constant where only time tells.

        Deskhand's own bookings leave it alone: they must not rebuild the catalog each time.
        """

    def booked(self, key: str) -> str | None:
        """The number under which ``key`` is booked, None where it is not. Raises ErpError."""


def _folder(place: str) -> FolderErp:
    if not place:
        raise ConfigError("ERP_URL folder: names no folder: write folder:PATH")
    return FolderErp(Path(place))


def _memory(_: str) -> MemoryErp:
    return MemoryErp()


_BACK_ENDS: dict[str, Callable[[str], BackEnd]] = {"folder": _folder, "memory": _memory}


def open_erp(url: str) -> BackEnd:
    """The ERP that ``url`` names. Raises ConfigError for a scheme that does not exist."""
    scheme, _, place = url.partition(":")
    if scheme not in _BACK_ENDS:
        known = ", ".join(f"{name}:" for name in _BACK_ENDS)
        raise ConfigError(f"ERP_URL has the unknown scheme {scheme[:20]!r}; there are {known}")
    return _BACK_ENDS[scheme](place)
