"""An index of names by their words: exact containment, and the nearest by spelling.

Built once per catalog. Neither look-up walks through all names: both start from the
rarest word they are given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Generic, TypeVar

from rapidfuzz import fuzz, process

from graph import normal

T = TypeVar("T")
_POOL = 2_000
"""How many names are compared letter by letter, at most."""
_LIKE_ENOUGH = 80
"""From this likeness on (0 to 100) an unknown word is taken for a misspelt known one."""


class NameIndex(Generic[T]):
    """Records of one kind under their names; ``likeness`` scores two names from 0 to 100."""

    def __init__(self, named: Iterable[tuple[str, T]], likeness: Callable[..., float]) -> None:
        self._likeness = likeness
        self._names: list[str] = []
        self._items: list[T] = []
        self._where: dict[str, list[int]] = {}
        for number, (name, item) in enumerate(named):
            self._names.append(name)
            self._items.append(item)
            for word in normal.keywords(name):
                self._where.setdefault(word, []).append(number)

    def containing(self, words: Sequence[str]) -> list[T]:
        """The records whose names hold every one of these keywords; none for no words."""
        places = sorted((self._where.get(word, []) for word in words), key=len)
        if not places:
            return []
        found = set(places[0]).intersection(*places[1:])
        return [self._items[number] for number in sorted(found)]

    def known(self, words: Iterable[str]) -> list[str]:
        """Those of these keywords that any name holds."""
        return [word for word in words if word in self._where]

    def near(self, text: str, limit: int = 5) -> list[tuple[T, float]]:
        """The records whose names are spelt most like ``text``, with a score from 0 to 100."""
        pool = {number: normal.fold(self._names[number]) for number in self._pool(text)}
        best = process.extract(normal.fold(text), pool, scorer=self._likeness, limit=limit)
        return [(self._items[number], score) for _, score, number in best]

    def _pool(self, text: str) -> set[int]:
        words = [known for word in normal.keywords(text) for known in self._spellings(word)]
        pool: set[int] = set()
        for word in sorted(words, key=lambda word: len(self._where[word])):
            pool.update(self._where[word][: _POOL - len(pool)])
        return pool

    def _spellings(self, word: str) -> list[str]:
        """The word itself where a name holds it, else the known words it may be meant as."""
        if word in self._where:
            return [word]
        if not word.isalpha() or len(word) < 4:
            return []
        near = process.extract(
            word, self._alphabetic, scorer=fuzz.ratio, score_cutoff=_LIKE_ENOUGH, limit=3
        )
        return [known for known, _, _ in near]

    @cached_property
    def _alphabetic(self) -> list[str]:
        return [word for word in self._where if word.isalpha()]
