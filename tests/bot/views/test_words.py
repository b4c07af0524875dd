"""Other people's words can neither ping, link nor format; figures and dates read one way."""

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.views import words
from graph.order import FINDING_TYPES, Kind
from tests.bot.views.samples import NASTY
from tests.bot.views.samples import words as wild_words

SLACK_FORMATS = re.compile(r"(?<![0-9A-Za-z])([*_~])(?=\S)[^\n]*?(?<=\S)\1(?![0-9A-Za-z])")


@given(wild_words, st.integers(10, 400))
def test_escaped_text_is_inert_and_fits(text: str, limit: int) -> None:
    said = words.escape(text, limit)
    assert not set(said) & set("<>`\n")
    assert not re.sub("&(amp|lt|gt);", "", said).count("&")
    assert not SLACK_FORMATS.search(said)
    assert not re.search(r":[\w+'-]+:|://|@(channel|here|everyone)\b", said)
    assert len(said.encode("utf-16-le")) // 2 <= limit
    hidden = [c for c in said if unicodedata.category(c) in ("Cc", "Cf", "Cs")]
    assert hidden in ([], ["\u2068", "\u2069"])


@given(wild_words, st.integers(10, 150))
def test_labels_fit_and_hold_nothing_invisible(text: str, limit: int) -> None:
    said = words.label(text, limit)
    assert not set(said) & set("<>\n")
    assert len(said.encode("utf-16-le")) // 2 <= limit


@pytest.mark.parametrize("attack", [*NASTY, "\ud800<"])
def test_no_attack_survives(attack: str) -> None:
    assert "<" not in words.escape(f"x {attack} y")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Müller & Söhne <GmbH>", "Müller &amp; Söhne &lt;GmbH&gt;"),
        ("K_100-A*20", "K_100-A*20"),
        ("*bold* _it_", "∗bold∗ ˍitˍ"),
        ("a\n\n b\tc\x00\u200b", "a b c"),
        ("at 9:00", "at 9:00"),
        (":tada: http://x", "∶tada: http∶//x"),
        ("", ""),
    ],
)
def test_escape_keeps_what_is_harmless(text: str, said: str) -> None:
    assert words.escape(text) == said


def test_escape_never_cuts_an_entity() -> None:
    assert words.escape("&" * 10, 12) == "&amp;&amp;…"


def test_text_from_right_to_left_cannot_reorder_its_neighbours() -> None:
    assert words.escape("שלום") == "\u2068שלום\u2069"
    assert words.label("שלום", 4) == "\u2068ש…\u2069"


def test_label_shows_angles_without_being_markup() -> None:
    assert words.label("<!channel> & co") == "‹!channel› & co"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("36", "36"),
        ("0.50", "0.5"),
        ("1E+1", "10"),
        ("1234.5", "1234.5"),
        ("12500", "12\u202f500"),
        ("-1234567.25", "-1\u202f234\u202f567.25"),
        ("0", "0"),
        ("1E+40", "1.000E+40"),
        ("1E-40", "1.000E-40"),
    ],
)
def test_numbers(value: str, said: str) -> None:
    assert words.number(Decimal(value)) == said


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_every_number_is_short(value: Decimal) -> None:
    assert len(words.number(value)) < 40


@pytest.mark.parametrize(
    ("value", "currency", "said"),
    [
        ("4.5", "EUR", "4.50 EUR"),
        ("0.0345", "EUR", "0.0345 EUR"),
        ("12500", None, "12\u202f500.00"),
        ("1E+40", "EUR", "1.000E+40 EUR"),
        ("1", "<!here>", "1.00 &lt;!here…"),
    ],
)
def test_money(value: str, currency: str | None, said: str) -> None:
    assert words.money(Decimal(value), currency) == said


def test_dates_read_the_same_everywhere() -> None:
    assert words.day(date(2026, 5, 4)) == "Mon 4 May 2026"


def test_moments_are_shown_in_the_readers_zone_with_utc_as_fallback() -> None:
    moment = datetime(2026, 5, 20, 14, 0, tzinfo=timezone(timedelta(hours=2)))
    assert words.when(moment) == (
        "<!date^1779278400^{time} on {date_short}|12:00 UTC on Wed 20 May 2026>"
    )


@pytest.mark.parametrize(
    ("minutes", "said"), [(-5, "0 min"), (59, "59 min"), (61, "1 h"), (2880, "2 days")]
)
def test_age(minutes: int, said: str) -> None:
    now = datetime(2026, 5, 20, tzinfo=UTC)
    assert words.age(now - timedelta(minutes=minutes), now) == said


def test_only_a_persons_slack_id_becomes_a_mention() -> None:
    assert words.mention("U0ANNA") == "<@U0ANNA>"
    assert words.mention("S0GROUP") == "S0GROUP"
    assert words.mention("<!channel>") == "&lt;!channel&gt;"


def test_lists_and_counts() -> None:
    assert words.listed(["a"]) == "a"
    assert words.listed(["a", "b", "c"]) == "a, b and c"
    assert words.count(1, "line") == "1 line"
    assert words.count(2, "line") == "2 lines"


def test_every_type_and_kind_has_words() -> None:
    assert set(words.HEADINGS) == set(FINDING_TYPES)
    assert len(set(words.HEADINGS.values())) == len(FINDING_TYPES)
    assert set(words.KINDS) == set(Kind.__args__)  # type: ignore[attr-defined]
