"""Mail -> orders, offline: labels, tables, lists and sentences, each value with evidence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from graph.extract.compose import compose
from graph.extract.known import NOTHING, Known
from graph.extract.parties import Company
from graph.order import Mail, Order, aware


def extract(
    mail: Mail,
    *,
    company: str,
    own_domains: Sequence[str],
    now: datetime,
    known: Known = NOTHING,
) -> tuple[Order, ...]:
    """The orders of a mail as its words say, at least one; nothing is guessed.

    Mail that is no order comes back as one Order with its ``kind`` and no further claim.
    ``company`` and ``own_domains`` are ours: blocks that name us are nobody's address.
    ``known`` tells which words are numbers of products.
    """
    return compose(mail, Company(company, tuple(own_domains)), aware(now), known)


__all__ = ["extract"]
