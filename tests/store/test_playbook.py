"""The playbook file: every problem by line, the template, the document, the reloading."""

import os
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.order import FINDING_TYPES
from graph.playbook import Playbook
from graph.ports import ConfigError
from store import yamltree
from store.playbook import (
    PlaybookFile,
    init_text,
    load,
    placeholders,
    problems,
    show,
    version,
)

GOOD = """\
company: Nordlicht Haustechnik
owner: {name: Petra Lang, slack: U0OWNER}
channels: {desk: C0DESK, digest: C0DIGEST}
desk: [U0ANNA, U0BEN]
order_types:
  - {name: repeat_standard, when: {customer: established, customers: [0815, C2]}, stage: auto}
  - {name: other, stage: draft}
exceptions:
  out_of_stock: {action: escalate, owner: U0STOCK, deputy: U0BEN, remind_after: 2h}
  value_limit: {action: review, threshold: 5000}
go_live: 2026-09-01
baseline: {orders_per_week: 220, minutes_per_order: 11, wrong_orders: 0.03}
timezone: Europe/Berlin
"""


def lines_of(text: str) -> list[tuple[int, str]]:
    return [(problem.line, problem.message) for problem in problems(text)]


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_good_playbook_is_read_to_the_last_value(tmp_path: Path) -> None:
    playbook = load(write(tmp_path / "p.yaml", "\ufeff" + GOOD))
    assert problems(GOOD) == ()
    assert playbook.order_types[0].when.customers == ("0815", "C2")
    assert playbook.rule("out_of_stock").remind_after == timedelta(hours=2)
    assert playbook.threshold("value_limit", "1") == Decimal(5000)
    assert playbook.go_live == date(2026, 9, 1)


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("company: Nordlicht Haustechnik", "company:", 1, "company must be one text"),
        ("company: Nordlicht Haustechnik\n", "", 1, "company is missing"),
        ("desk: C0DESK, ", "", 3, "channels.desk is missing"),
        ("digest: C0D", "digst: C0D", 3, "unknown key `digst`; did you mean `digest`?"),
        ("timezone:", "colour:", 13, "unknown key `colour`; known: company, owner"),
        ("customer: est", "custmer: est", 6, "unknown key `custmer`; did you mean `customer`?"),
        ("deputy:", "deputies:", 9, "unknown key `deputies`; did you mean `deputy`?"),
        ("stage: auto", "stage: fast", 6, "stage is `fast`; allowed: shadow, draft, auto"),
        ("stage: draft", "stage:", 7, "order_types.2.stage is empty; allowed"),
        ("action: review", "action: look", 10, "allowed: review, escalate, reject, note"),
        ("out_of_stock", "out_of_stok", 9, "unknown exception type `out_of_stok`; did you mean"),
        ("owner: U0STOCK, ", "", 9, "action escalate needs an owner"),
        ("U0OWNER", "petra", 2, "owner.slack is no Slack id"),
        ("U0BEN]", "ben]", 4, "desk.2 is no Slack id"),
        ("[U0ANNA, U0BEN]", "U0ANNA", 4, "desk must be a list"),
        ("[U0ANNA, U0BEN]", "[]", 4, "desk needs at least one entry"),
        ("{name: Petra Lang, slack: U0OWNER}", "[U0A, U0B]", 2, "owner must be exactly one person"),
        ("owner: U0STOCK", "owner: [U0A, U0B]", 9, "must be exactly one person"),
        ("2h", "2 hours", 9, "remind_after is `2 hours`: write a duration"),
        ("2h", "9999999999999w", 9, "write a duration"),
        ("5000", "5.000,00 EUR", 10, "unknown key `00 EUR`"),
        ("5000", "lots", 10, "threshold must be a number"),
        ("5000", ".nan", 10, "threshold must be a number"),
        ("5000", "-1", 10, "threshold must not be below 0"),
        ("0.03", "3", 12, "wrong_orders must be a share from 0 to 1"),
        ("2026-09-01", "1.9.2026", 11, "go_live must be a date such as 2026-09-01"),
        ("2026-09-01", "20260901", 11, "go_live must be a date such as 2026-09-01"),
        ("2026-09-01", "2026-02-30", 11, "go_live must be a date such as 2026-09-01"),
        ("Europe/Berlin", "Europe/Berln", 13, "timezone `Europe/Berln` is unknown"),
        ("Europe/Berlin", "Europe", 13, "timezone `Europe` is unknown"),
        ("Europe/Berlin", "../../etc/passwd", 13, "timezone `../../etc/passwd` is unknown"),
        ("name: other", "name: repeat_standard", 7, "is already in line 6"),
        ("desk: [", "company: X\ndesk: [", 4, "`company` stands here again (first in line 1)"),
        ("company: N", "company: *x N", 1, "alias"),
    ],
)
def test_each_problem_is_told_with_its_line_and_remedy(
    old: str, new: str, line: int, words: str
) -> None:
    assert old in GOOD
    found = lines_of(GOOD.replace(old, new, 1))
    assert any(at == line and words in message for at, message in found), found


def test_what_stands_after_a_type_without_conditions_is_never_reached() -> None:
    moved = GOOD.replace(
        "order_types:\n", "order_types:\n  - {name: all, when: {customer: }, stage: draft}\n"
    )
    assert lines_of(moved) == [
        (line, f"order_types.{n} is never reached, because order_types.1 in line 6 has no"
         " conditions: move it before that one")
        for n, line in ((2, 7), (3, 8))
    ]  # fmt: skip


def test_all_problems_come_at_once_in_the_order_of_lines() -> None:
    text = """\
owner: {name: Petra}
channels: {desk: C0DESK}
desk: [x]
order_types:
  - {name: a, stage: foo, when: {max_lines: 0, max_value: x}}
  - {name: a}
exceptions:
  stale_data: {action: escalate, remind_after: soon}
  stale_data: {action: escalate}
timezone: Nowhere
"""
    found = lines_of(text)
    assert [line for line, _ in found] == sorted(line for line, _ in found)
    assert {line for line, _ in found} == {1, 3, 5, 6, 8, 9, 10}
    assert len([1 for line, _ in found if line == 5]) == 3
    assert len([1 for line, _ in found if line == 8]) == 2


def test_a_list_whose_entries_are_all_wrong_is_not_called_empty() -> None:
    ((line, message),) = lines_of(GOOD.replace("[U0ANNA, U0BEN]", "[ben]"))
    assert (line, message.split(":")[0]) == (4, "desk.1 is no Slack id")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "`deskhand playbook init`"),
        ("# nothing\n", "`deskhand playbook init`"),
        ("- a\n", "the playbook must hold `key: value` entries"),
        ("hello", "the playbook must hold `key: value` entries"),
        ("a: [", "not valid YAML"),
    ],
)
def test_a_text_that_is_no_playbook_is_one_problem(text: str, words: str) -> None:
    ((_, message),) = lines_of(text)
    assert words in message


def test_a_key_that_stands_in_many_places_is_looked_up_in_its_own() -> None:
    text = GOOD.replace("owner: U0STOCK", "ownr: U0STOCK")
    assert (9, "unknown key `ownr`; did you mean `owner`?") in lines_of(text)
    text = GOOD.replace("slack: U0OWNER", "slck: U0OWNER")
    assert (2, "unknown key `slck`; did you mean `slack`?") in lines_of(text)


YAMLISH = st.text(
    st.sampled_from(list("abU0 \n\t:-[]{},#&*!|>'\"%@`?~<=.\\xu1é\ud800\x00\ufeff")), max_size=60
)


@given(YAMLISH)
@settings(max_examples=300, deadline=None)
def test_no_text_makes_the_check_fall_over(text: str) -> None:
    found = problems(text)
    assert found
    assert all(1 <= p.line <= len(text.splitlines()) + 1 and p.message for p in found)
    assert placeholders(text) == ()


@given(st.integers(0, len(GOOD)), st.integers(0, 30), YAMLISH)
@settings(max_examples=150, deadline=None)
def test_no_damage_to_a_good_playbook_makes_the_check_fall_over(
    start: int, length: int, damage: str
) -> None:
    damaged = GOOD[:start] + damage + GOOD[start + length :]
    assert all(p.line >= 1 for p in problems(damaged))


# --- the template -----------------------------------------------------------------


def parsed(text: str, tmp_path: Path) -> Playbook:
    return load(write(tmp_path / "made.yaml", text))


def test_the_template_is_complete_and_passes(tmp_path: Path) -> None:
    assert problems(init_text()) == ()
    playbook = parsed(init_text(), tmp_path)
    assert set(playbook.exceptions) == set(FINDING_TYPES)
    assert len(playbook.order_types) == 3
    assert all(t.stage != "auto" for t in playbook.order_types)
    assert all(rule.remind_after for rule in playbook.exceptions.values())


def test_the_template_explains_every_rule_and_shows_what_must_be_replaced() -> None:
    lines = init_text().splitlines()
    for kind in FINDING_TYPES:
        (at,) = [n for n, line in enumerate(lines) if line.startswith(f"  {kind}:")]
        assert lines[at - 1].startswith("  # ")
    found = placeholders(init_text())
    assert {"company", "owner.name", "owner.slack", "desk.1", "own_domains.1"} <= {
        p.message.split()[0] for p in found
    }
    assert all("CHANGEME" in lines[p.line - 1].upper() for p in found)
    assert placeholders(GOOD) == ()


def test_what_the_template_offers_in_comments_is_right_too() -> None:
    text = init_text().replace("# go_live", "go_live").replace("# baseline", "baseline")
    assert problems(text) == ()


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=40))
@settings(max_examples=60, deadline=None)
def test_any_company_can_be_named_in_the_template(company: str) -> None:
    tree = yamltree.read(init_text(company))
    assert tree.problems == []
    assert tree.data["company"] == company


# --- showing ----------------------------------------------------------------------


def test_the_document_tells_everything_that_is_decided(tmp_path: Path) -> None:
    document = show(parsed(GOOD, tmp_path))
    for words in (
        "# Playbook of Nordlicht Haustechnik",
        "Petra Lang (U0OWNER)",
        "U0ANNA, U0BEN",
        "desk C0DESK, digest C0DIGEST",
        "2026-09-01",
        "orders per week 220",
        "| 1 | repeat_standard | customer established; customers 0815, C2 | auto |",
        "| 2 | other | everything else | draft |",
        "| out of stock | escalate | U0STOCK | U0BEN |  | 2h |  |",
        "| value limit | review |  |  | 5000 |  |  |",
        "| stale data | review (nobody decided) |",
    ):
        assert words in document
    assert document.count("\n| ") == 2 + 2 + 2 + len(FINDING_TYPES)


@pytest.mark.parametrize("span", ["30m", "2h", "36h", "3d", "2w", "0m"])
def test_durations_are_shown_as_they_are_written(span: str, tmp_path: Path) -> None:
    assert f"| {span} |" in show(parsed(GOOD.replace("2h", span), tmp_path))


def test_a_bar_in_a_name_does_not_break_the_table(tmp_path: Path) -> None:
    assert "| a/b |" in show(parsed(GOOD.replace("name: other", "name: a|b"), tmp_path))


# --- loading and reloading --------------------------------------------------------


def test_a_wrong_file_is_refused_with_all_its_lines(tmp_path: Path) -> None:
    path = write(tmp_path / "p.yaml", GOOD.replace("auto", "fast").replace("5000", "x"))
    with pytest.raises(ConfigError) as error:
        load(path)
    assert str(path) in str(error.value)
    assert "line 6: order_types.1.stage is `fast`" in str(error.value)
    assert "line 10: exceptions.value_limit.threshold" in str(error.value)


def test_a_file_that_cannot_be_read_is_named_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"missing\.yaml cannot be read .*playbook init"):
        load(tmp_path / "missing.yaml")
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("company: Bäder".encode("latin-1"))
    with pytest.raises(ConfigError, match="save it as UTF-8"):
        load(latin)


def test_a_version_names_exactly_one_text() -> None:
    assert version(GOOD) == version(GOOD)
    assert version(GOOD) != version(GOOD + "\n")
    assert len(version("")) == 12


def test_the_file_is_read_again_only_where_it_changed(tmp_path: Path) -> None:
    path = write(tmp_path / "p.yaml", GOOD)
    source = PlaybookFile(path)
    first = source()
    assert source() is first
    assert source.version == version(GOOD)
    changed = GOOD.replace("Nordlicht", "Südlicht")
    write(path, changed)
    assert source().company == "Südlicht Haustechnik"
    assert source.version == version(changed)


def test_a_file_replaced_with_the_same_size_and_time_is_noticed(tmp_path: Path) -> None:
    path = write(tmp_path / "p.yaml", GOOD)
    source = PlaybookFile(path)
    source()
    before = path.stat()
    other = write(tmp_path / "q.yaml", GOOD.replace("5000", "6000"))
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.replace(path)
    assert source().threshold("value_limit", "1") == Decimal(6000)


def test_the_last_good_playbook_stays_in_force_while_the_file_is_wrong(tmp_path: Path) -> None:
    path = write(tmp_path / "p.yaml", GOOD)
    source = PlaybookFile(path)
    good = source()
    write(path, GOOD.replace("auto", "fast"))
    assert source() is good
    assert source.trouble
    assert "line 6" in source.trouble
    assert source.version == version(GOOD)
    path.unlink()
    assert source() is good
    assert "cannot be read" in (source.trouble or "")
    write(path, GOOD.replace("auto", "shadow"))
    assert source().order_types[0].stage == "shadow"
    assert source.trouble is None


def test_without_any_good_playbook_each_call_refuses_until_there_is_one(tmp_path: Path) -> None:
    source = PlaybookFile(tmp_path / "p.yaml")
    for _ in range(2):
        with pytest.raises(ConfigError):
            source()
    write(tmp_path / "p.yaml", GOOD)
    assert source().company == "Nordlicht Haustechnik"
