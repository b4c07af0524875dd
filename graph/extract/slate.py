"""The words of one line with what was recognised wiped off, so that each is read once."""

from __future__ import annotations

import re

TRIM = " \t,;:.-–—*•|/=@&+()[]“”„«»‘’"
"""What stands around a word without belonging to it."""

ENUMERATOR = re.compile(
    r"^\s*(?:[-–—*•·▪‣►○●■+>]+\s*|\[\s?\]\s*)?(?:(?:pos(?:ition)?|line|zeile|item|"
    r"artikel)\.?\s*(?:nr\.?\s*)?\d{1,3}"
    r"\s*[.:)–-]+\s*|\(?\d{1,3}\)\s+|\d{1,3}\.\s+(?=\S)|#\d{1,2}[.:)]?\s+|[a-h]\)\s+)?",
    re.I,
)
POLITE = re.compile(
    r"(?:[,\s]+(?:please|bitte|pls|plz|thanks|thank you|danke|merci|svp|s\.v\.p\.|"
    r"graag|por favor|grazie|per favore))+[\s.!]*$",
    re.I,
)


class Slate:
    """A line from which recognised words are wiped, so that each is read once."""

    def __init__(self, text: str) -> None:
        self.text = text

    def wipe(self, start: int, end: int) -> None:
        """Blank the words from ``start`` to ``end``."""
        self.text = self.text[:start] + " " * (end - start) + self.text[end:]

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Find ``pattern`` and blank it."""
        match = pattern.search(self.text)
        if match:
            self.wipe(match.start(), match.end())
        return match
