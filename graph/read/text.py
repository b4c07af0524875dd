"""Plain text bodies -> pieces: quote marks become depth, flowed lines become whole again."""

from __future__ import annotations

import re

from graph.read.roles import Piece

_GAP = re.compile(r"\n{4,}")
"""More blank lines than two say no more than two."""
_QUOTE = re.compile(r" {0,3}>(?:[> ]*>)? ?")


def pieces_of_text(text: str, *, flowed: bool = False, delsp: bool = False) -> list[Piece]:
    """One piece for each line, its spacing kept. ``flowed`` and ``delsp`` as in RFC 3676."""
    pieces = [_piece(line) for line in _GAP.sub("\n\n\n", text).split("\n")]
    return _unflow(pieces, delsp=delsp) if flowed else _without_trailing_space(pieces)


def _piece(line: str) -> Piece:
    quote = _QUOTE.match(line)
    if not quote:
        return Piece(line)
    return Piece(line[quote.end() :], depth=quote[0].count(">"))


def _without_trailing_space(pieces: list[Piece]) -> list[Piece]:
    return [Piece(str(p.content).rstrip(), p.depth) for p in pieces]


def _unflow(pieces: list[Piece], *, delsp: bool) -> list[Piece]:
    """Join a line that ends in a space with the next one of the same depth."""
    lines: list[Piece] = []
    open_line = False
    for piece in pieces:
        content = str(piece.content)
        content = content[1:] if content.startswith(" ") and not piece.depth else content
        if open_line and lines[-1].depth == piece.depth:
            before = str(lines[-1].content)
            content = (before[:-1] if delsp else before) + content
            lines.pop()
        open_line = content.endswith(" ") and content.rstrip() != "--"
        lines.append(Piece(content, piece.depth))
    return _without_trailing_space(lines)
