"""Any words on a page come out once, in tables or texts, and nothing raises."""

from __future__ import annotations

import re
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.order import Table
from graph.read.layout import Rule, Word, read_page

NAMES = ["Pos", "Qty", "Menge", "Article", "1", "10", "1,20", "EUR", "K-100", "Total:", "x", "€"]


@st.composite
def words(draw: st.DrawFn) -> Word:
    text = draw(st.sampled_from(NAMES))
    x = draw(st.sampled_from([50, 90, 200, 203, 300, 380])) + draw(st.integers(0, 6))
    y = draw(st.integers(0, 30)) * 6
    height = draw(st.sampled_from([8, 10, 14]))
    return Word(text, x, y, x + 5 * len(text), y + height)


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    x, y = draw(st.integers(40, 400)), draw(st.integers(0, 200))
    if draw(st.booleans()):
        return Rule(x, y, x, y + 60)
    return Rule(40, y, 420, y)


@given(st.lists(words(), max_size=40), st.lists(rules(), max_size=6))
@settings(max_examples=200, deadline=None)
def test_no_word_is_lost(page: list[Word], lines: list[Rule]) -> None:
    blocks, columns = read_page(page, lines, 1, None)
    more, _ = read_page(page, lines, 2, columns)
    assert said(blocks) == Counter(word.text for word in page)
    assert not Counter(word.text for word in page) - said(more)


def said(blocks: list) -> Counter[str]:
    texts = [
        "\n".join(" ".join(row) for row in block.rows) if isinstance(block, Table) else block.text
        for block in blocks
    ]
    return Counter(re.findall(r"\S+", "\n".join(texts)))
