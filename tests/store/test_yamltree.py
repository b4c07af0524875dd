"""YAML as text with lines: what is read, and what is refused before it can do harm."""

import pytest

from store import yamltree


def test_scalars_stay_as_written_and_know_their_lines() -> None:
    tree = yamltree.read("a: no\nb:\n  - 0815\n  - {c: 12:30,\n     d: ~}\n")
    assert tree.problems == []
    assert tree.data == {"a": "no", "b": ["0815", {"c": "12:30", "d": None}]}
    assert tree.get("b", 0) == "0815"
    assert tree.get("b", 9) is tree.get("a", "x") is tree.get("zz") is None
    assert [tree.key_line(p) for p in (("a",), ("b",), ("b", 0), ("b", 1, "d"))] == [1, 2, 3, 5]
    assert tree.key_line(("b", 1, "nothing")) == 4
    assert tree.key_line(("nothing",)) == 1


def test_a_value_on_the_next_line_is_found_there() -> None:
    tree = yamltree.read("stage:\n    wrong\n")
    assert tree.key_line(("stage",)) == 1
    assert tree.value_line(("stage",)) == 2


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: b: c", 1, "mapping values"),
        ("a: 1\nb: [1,\nc: 2", 3, "not valid YAML"),
        ("a:\n\t- b", 2, "a tab"),
        ("a: 1\nb: \x07", 2, "a character that text cannot hold"),
        ('a: "\\UFFFFFFFF"', 1, "stands for no character"),
        ("a: 1\n---\nb: 2", 2, "another document"),
        ("a: &x [1]\nb: *x", 2, "alias *x"),
        ("a: 1\nb: {<<: *x}", 2, "alias *x"),
        ("a: 1\nb: !!python/object:os.system 1", 2, "tag"),
        ("a: !secret x", 1, "the tag !secret"),
        ("a: !!set {x}", 1, "tag"),
        ("a: 1\n? [x]\n: 2", 2, "a key must be one word"),
        ("a: 1\nb: 2\na: 3", 3, "`a` stands here again (first in line 1)"),
        ("a: " + "[" * 5_000, 1, "nested deeper"),
        ("a: " + "x" * yamltree.MAX_CHARACTERS, 1, "longer than"),
    ],
)
def test_trouble_has_its_line_and_reason(text: str, line: int, words: str) -> None:
    (problem,) = yamltree.read(text).problems
    assert problem.line == line
    assert words in problem.message


def test_every_duplicate_key_is_told_and_the_first_counts() -> None:
    tree = yamltree.read("a: {x: 1, x: 2}\nb: 1\nb: 2\n")
    assert [p.line for p in tree.problems] == [1, 3]
    assert tree.data == {"a": {"x": "1"}, "b": "1"}


def test_an_empty_text_is_no_problem_here() -> None:
    assert yamltree.read("# only words\n") == yamltree.Tree()
