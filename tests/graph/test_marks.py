"""Attributes across languages."""

from __future__ import annotations

import pytest

from graph.marks import MARK_OF, spelt


@pytest.mark.parametrize(
    ("word", "mark"),
    [
        ("blaues", ("colour", "blue")),
        ("verchromt", ("colour", "chrome")),
        ("links", ("side", "left")),
        ("verzinkte", ("metal", "zinc")),
        ("xl", ("size", "XL")),
    ],
)
def test_a_word_says_an_attribute(word: str, mark: tuple[str, str]) -> None:
    assert MARK_OF[word] == mark


def test_attributes_are_spelt_in_one_way_but_sizes_stay() -> None:
    assert (spelt("verzinkt"), spelt("rouge"), spelt("m"), spelt("bolt")) == (
        "zinc",
        "red",
        "m",
        "bolt",
    )
