"""Who really wrote: the original sender of a forwarded mail."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from graph.extract.dates import find_date
from graph.order import Block, Document, Mail, Table, Text

_HEADER = re.compile(
    r"^[\s*>]*(?P<name>from|von|de|da|van|sent|date|gesendet|datum|envoyé|enviado(?: "
    r"el)?|fecha|inviato|data|verzonden|to|an|à|para|a|aan|cc|kopie|subject|betreff|"
    r"objet|asunto|oggetto|onderwerp|reply-to|antwort an)\s*:[\s*]*(?P<value>.*)$",
    re.I,
)
_FROM = frozenset(["from", "von", "de", "da", "van"])
_SENT = frozenset(
    [
        "sent",
        "date",
        "gesendet",
        "datum",
        "envoyé",
        "enviado",
        "fecha",
        "inviato",
        "data",
        "verzonden",
    ]
)
_SUBJECT = frozenset(["subject", "betreff", "objet", "asunto", "oggetto", "onderwerp"])
_ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_MARK = re.compile(
    r"^[\s>*_-]*(?:begin |anfang der |-+)?[^\n]{0,30}(?:forwarded|weitergeleitete|"
    r"original|ursprüngliche|transféré|inoltrato|reenviado|doorgestuurd)[^\n]{0,30}$",
    re.I,
)
_HEADER_LINES = 14


@dataclass(frozen=True, slots=True)
class Origin:
    """The sender who counts, what was forwarded, and the day it was written."""

    email: str
    name: str
    today: date
    subject: str | None = None
    forwarded: bool = False


def origin(mail: Mail, own_domains: Sequence[str], today: date) -> Origin:
    """The original sender: that of the forwarded mail, unless that was ourselves."""
    found = Origin(mail.sender, mail.sender_name, today)
    for document in mail.of_role("forwarded"):
        heading = _heading(document)
        address = _ADDRESS.search(heading.get("from", ""))
        if not address or _is_own(address[0], own_domains):
            continue
        sent = find_date(heading.get("sent", ""), today, day_first=None)
        name = heading["from"].replace(address[0], "").strip(" <>\"'[]()*").removeprefix("mailto:")
        return replace(
            found,
            email=address[0],
            name=name,
            today=sent.day if sent and not sent.other and sent.day <= today else today,
            subject=heading.get("subject"),
            forwarded=True,
        )
    return found


def _is_own(address: str, own_domains: Sequence[str]) -> bool:
    domain = address.rpartition("@")[2].casefold()
    return any(
        domain == own.casefold() or domain.endswith("." + own.casefold()) for own in own_domains
    )


def _heading(document: Document) -> dict[str, str]:
    heading: dict[str, str] = {}
    for line in _first_lines(document):
        match = _HEADER.match(line)
        if match:
            name = match["name"].casefold().split()[0]
            for field, names in (("from", _FROM), ("sent", _SENT), ("subject", _SUBJECT)):
                if name in names:
                    heading.setdefault(field, match["value"].strip())
    return heading


def _first_lines(document: Document) -> list[str]:
    lines: list[str] = []
    for block in document.blocks[:3]:
        if isinstance(block, Text):
            lines += block.text.split("\n")[:_HEADER_LINES]
        else:
            lines += [" ".join(row) for row in block.rows[:_HEADER_LINES]]
    return lines


def without_heading(document: Document) -> Document:
    """The forwarded words without the header that came with them."""
    blocks: list[Block] = []
    for n, block in enumerate(document.blocks):
        if isinstance(block, Text) and n < 3:
            lines = block.text.split("\n")
            top = [
                line
                for line in lines[:_HEADER_LINES]
                if not (_HEADER.match(line) or _MARK.match(line))
            ]
            blocks.append(
                block.model_copy(update={"text": "\n".join([*top, *lines[_HEADER_LINES:]])})
            )
        elif isinstance(block, Table) and all(
            row and _HEADER.match(" ".join(row)) for row in block.rows
        ):
            continue
        else:
            blocks.append(block)
    return document.model_copy(update={"blocks": tuple(blocks)})
