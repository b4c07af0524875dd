"""What we sell, as far as reading needs it: which words of a mail are numbers of products.

A word that is a known number tells lines from prose and codes from quantities. It is only
a hint: what the catalog does not know is read all the same, so that a person sees it.
"""

from __future__ import annotations

from typing import Protocol


class Known(Protocol):
    """The catalog's answer to: is this a product number?"""

    def knows_code(self, text: str) -> bool:
        """Whether this is, spelt in any way, our number, a GTIN or a customer's own number."""

    def codes_in(self, words: str) -> tuple[str, ...]:
        """The known codes in a text as they are written there, in order."""


class Nothing:
    """Knows no product: the mail alone decides."""

    def knows_code(self, text: str) -> bool:
        """Never."""
        return False

    def codes_in(self, words: str) -> tuple[str, ...]:
        """None."""
        return ()


NOTHING = Nothing()
