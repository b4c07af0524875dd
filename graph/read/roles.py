"""Who speaks in a mail: its newest words, what it forwards, what it quotes, who signs.

Works on pieces, lines and tables in reading order, whether they came from plain text
or HTML. Nothing is dropped: every piece ends up in exactly one part.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from graph.order import Block, Document, Table, Text
from graph.read import phrases


@dataclass(frozen=True, slots=True)
class Piece:
    """One line or one table. ``depth`` counts how often it is quoted.

    ``mark`` is what the markup knows: the piece belongs to a signature, or an earlier
    mail begins at it.
    """

    content: str | Table
    depth: int = 0
    mark: Literal["", "signature", "earlier"] = ""

    @property
    def line(self) -> str:
        """The line without surrounding space; empty for a table."""
        return self.content.strip() if isinstance(self.content, str) else ""

    @property
    def start(self) -> str:
        """So much of the line as tells of what kind it is; patterns are slow on long ones."""
        return self.line[:_TELLING]

    @property
    def blank(self) -> bool:
        return isinstance(self.content, str) and not self.content.strip()


Pieces = Sequence[Piece]
_TELLING = 400
_DEEPEST_FORWARD = 10
_FEW_WORDS = 12


@dataclass(frozen=True, slots=True)
class Parts:
    """The pieces of a mail by role."""

    body: Pieces = ()
    forwarded: Pieces = ()
    quoted: Pieces = ()
    signature: Pieces = ()


def split(pieces: Pieces, subject: str, *, alone: bool = True) -> Parts:
    """Take a mail apart. ``alone`` tells that no attachment came with it.

    A mail that says nothing but what it quotes keeps those words as its body, except
    a reply that a whole earlier mail hangs below: that order was placed before.
    """
    new, earlier = _at_earlier_mail(pieces)
    own, quoted = _unquote(new)
    body, signature = _unsign(own)
    if earlier and _is_forward(subject, earlier[0], body):
        forwarded, older = _newest(earlier)
        return Parts(body, forwarded, (*quoted, *older), signature)
    if quoted and phrases.FORWARD_SUBJECT.match(subject):
        return Parts(body, quoted, earlier, signature)
    if alone and not _words(body) and _words(quoted):
        return Parts((*body, *quoted), (), earlier, signature)
    return Parts(body, (), (*quoted, *earlier), signature)


def documents(parts: Parts, form: str) -> tuple[Document, ...]:
    """One document for each part that says anything."""
    return tuple(
        document
        for document in (
            Document(name="mail body", role="body", format=form, blocks=blocks(parts.body)),
            Document(
                name="forwarded mail", role="forwarded", format=form, blocks=blocks(parts.forwarded)
            ),
            Document(name="quoted mail", role="quoted", format=form, blocks=blocks(parts.quoted)),
            Document(
                name="signature", role="signature", format=form, blocks=blocks(parts.signature)
            ),
        )
        if document.blocks
    )


def blocks(pieces: Pieces) -> tuple[Block, ...]:
    """Join lines to Text blocks between the tables; blank lines stay inside only."""
    found: list[Block] = []
    lines: list[str] = []
    for piece in (*pieces, Piece(Table(rows=()))):
        if isinstance(piece.content, str):
            lines.append(piece.content)
            continue
        text = "\n".join(lines).strip("\n").rstrip()
        lines = []
        found += [Text(text=text)] if text else []
        found += [piece.content] if piece.content.rows else []
    return tuple(found)


# --- earlier mails ----------------------------------------------------------------


def _at_earlier_mail(pieces: Pieces) -> tuple[Pieces, Pieces]:
    """Cut where an unquoted earlier mail begins; it keeps its heading."""
    for at, piece in enumerate(pieces):
        if piece.depth == 0 and _begins_earlier_mail(pieces, at):
            return pieces[:at], pieces[at:]
    return pieces, ()


def _begins_earlier_mail(pieces: Pieces, at: int) -> bool:
    piece = pieces[at]
    if piece.mark == "earlier" or piece.blank:
        return piece.mark == "earlier"
    if _is_mark(piece):
        return True
    if _has_mail_header(pieces[at : at + 8]):
        return True
    length = _attribution(pieces, at)
    return bool(length) and _depth_after(pieces, at + length) == 0


def _is_mark(piece: Piece) -> bool:
    return bool(
        phrases.ORIGINAL_MARK.fullmatch(piece.start) or phrases.FORWARD_MARK.fullmatch(piece.start)
    )


def _has_mail_header(lines: Pieces) -> bool:
    """From, Sent and Subject in any order, with a time of day or a mail address."""
    if not phrases.HEADER_LINE.match(lines[0].start):
        return False
    words = [piece.start for piece in lines]
    return all(
        any(map(pattern.search, words))
        for pattern in (
            phrases.HEADER_FROM,
            phrases.HEADER_SENT,
            phrases.HEADER_SUBJECT,
            phrases.TIME_OR_ADDRESS,
        )
    )


def _attribution(pieces: Pieces, at: int) -> int:
    """How many lines an "On ... wrote:" takes that begins here; 0 where none does."""
    if not phrases.ATTRIBUTION_START.match(pieces[at].start):
        return 0
    for length in (1, 2, 3):
        lines = pieces[at : at + length]
        if any(p.blank or p.depth or not p.start for p in lines):
            return 0
        if phrases.ATTRIBUTION.fullmatch(" ".join(p.start for p in lines)):
            return length
    return 0


def _is_forward(subject: str, first: Piece, body: Pieces) -> bool:
    if phrases.FORWARD_MARK.fullmatch(first.start) or phrases.FORWARD_SUBJECT.match(subject):
        return True
    return not phrases.REPLY_SUBJECT.match(subject) and _words(body) <= _FEW_WORDS


def _newest(earlier: Pieces) -> tuple[Pieces, Pieces]:
    """The newest mail that says something within a chain of forwards, and the older rest."""
    forwarded: list[Piece] = []
    for _ in range(_DEEPEST_FORWARD):
        start = _header_length(earlier)
        new, older = _at_earlier_mail(_unindent(earlier[start:]))
        own, quoted = _unquote(new)
        forwarded += [*earlier[:start], *own]
        if quoted or not older or _words(own) > _FEW_WORDS:
            return forwarded, (*quoted, *older)
        earlier = older
    return forwarded, earlier


def _header_length(earlier: Pieces) -> int:
    """Length of the heading of an earlier mail: its mark and its From, Sent, To, Subject."""
    at = max(1, _attribution(earlier, 0))
    end = at
    while at < len(earlier):
        piece = earlier[at]
        if isinstance(piece.content, Table) and _is_header_table(piece.content):
            return at + 1
        if phrases.HEADER_LINE.match(piece.start):
            end = at + 1
        elif not piece.blank or end > 1:
            break
        at += 1
    return end


def _is_header_table(table: Table) -> bool:
    return all(row and phrases.HEADER_LINE.match(row[0]) for row in table.rows)


def _unindent(pieces: Pieces) -> Pieces:
    depth = min((p.depth for p in pieces if not p.blank), default=0)
    return [replace(p, depth=max(0, p.depth - depth)) for p in pieces]


def _unquote(pieces: Pieces) -> tuple[Pieces, Pieces]:
    """Set quoted pieces aside, each with the "On ... wrote:" that leads to it."""
    own: list[Piece] = []
    quoted: list[Piece] = []
    at = 0
    while at < len(pieces):
        attribution = _attribution(pieces, at) or _leads_to_quote(pieces, at)
        length = attribution or 1
        side = quoted if attribution or pieces[at].depth else own
        side += pieces[at : at + length]
        at += length
    return own, quoted


def _leads_to_quote(pieces: Pieces, at: int) -> int:
    """1 for an attribution in whatever language: it names an address or a time, and quotes."""
    line = pieces[at].start
    if pieces[at].depth or not line.endswith(":") or not phrases.TIME_OR_ADDRESS.search(line):
        return 0
    return int(bool(_depth_after(pieces, at + 1)))


def _depth_after(pieces: Pieces, at: int) -> int | None:
    """How deeply the next words are quoted; None where there are none."""
    while at < len(pieces) and pieces[at].blank:
        at += 1
    return pieces[at].depth if at < len(pieces) else None


def _words(pieces: Pieces) -> int:
    """How many words are said; a table counts as many."""
    return sum(
        100 if isinstance(p.content, Table) else len(re.findall(r"\w+", p.content)) for p in pieces
    )


# --- signatures -------------------------------------------------------------------


def _unsign(pieces: Pieces) -> tuple[Pieces, Pieces]:
    """Set the signature aside; order lines below the greeting stay in the body."""
    signed: list[bool] = []
    signing = False
    for at, piece in enumerate(pieces):
        if _starts_signature(piece):
            signing = not is_order_like(piece)
        elif signing and is_order_like(piece):
            signing = False
            _take_back(pieces, signed, at)
        signed.append(signing)
    body = [p for p, aside in zip(pieces, signed, strict=True) if not aside]
    return body, [p for p, aside in zip(pieces, signed, strict=True) if aside]


def _take_back(pieces: Pieces, signed: list[bool], at: int) -> None:
    """An order line takes the words above it in its paragraph along into the body."""
    above = at - 1
    while above >= 0 and not pieces[above].blank and not _starts_signature(pieces[above]):
        signed[above] = False
        above -= 1


def _starts_signature(piece: Piece) -> bool:
    line = piece.start
    return piece.mark == "signature" or bool(
        line
        and (
            line == "--"
            or phrases.CLOSING.match(line)
            or phrases.SENT_FROM.match(line)
            or phrases.DISCLAIMER.match(line)
        )
    )


def is_order_like(piece: Piece) -> bool:
    """Whether a line or table speaks of quantities of something, unlike an address or a phone."""
    if isinstance(piece.content, Table):
        return any(_is_order_row(row) for row in piece.content.rows)
    line = piece.start
    if not line or phrases.CONTACT.search(line):
        return False
    return bool(
        phrases.POSTSCRIPT.match(line)
        or phrases.QUANTITY.search(line)
        or phrases.ASKS_FOR_MORE.match(line)
        or _is_order_row(re.split(r"\s{2,}|\t|[;|]", line))
    )


def _is_order_row(cells: Sequence[str]) -> bool:
    """A quantity beside a code, or several numbers beside words."""
    words = [cell.strip() for cell in cells if cell.strip()]
    numbers = sum(1 for word in words if phrases.NUMBER.fullmatch(word))
    if any(map(phrases.CONTACT.search, words)) or not numbers or len(words) < 2:
        return False
    return len(words) > 2 or any(
        phrases.CODE.match(word) and not phrases.NUMBER.fullmatch(word) for word in words
    )
