"""A line of words, from which what is recognised is wiped."""

from __future__ import annotations

import re

TRIM = " \t,;:.-–—*•|/=@&+()[]“”„«»‘’"


class Slate:
    """A line from which recognised words are wiped, so that each is read once."""

    def __init__(self, text: str) -> None:
        self.text = text

    def wipe(self, start: int, end: int) -> None:
        self.text = self.text[:start] + " " * (end - start) + self.text[end:]

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.search(self.text)
        if match:
            self.wipe(match.start(), match.end())
        return match
