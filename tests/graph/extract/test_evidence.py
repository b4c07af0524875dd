"""Every value stands in the source; nothing a mail holds can make the extractor raise."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.extract.evidence import style_of
from graph.extract.table import read_table
from graph.order import Document, Order
from graph.read.csv import read_csv

Read = Callable[..., tuple[Order, ...]]
MakeDocument = Callable[..., Document]

LETTER = """Bestellung Nr. 4500123456 vom 19.05.2026
Kundennummer: 10023
Lieferadresse: Lager Nord, Hafenstr. 5, 20457 Hamburg

Pos  Artikel    Bezeichnung              Menge  ME   Preis    Betrag
10   K-100      Kugelhahn DN20              10  ST   12,50    125,00
                Ihre Art.-Nr.: 99-1
20   K-200      Rohr 20mm                   50  M     1,20     60,00

Summe netto 185,00 EUR
Liefertermin: 05.06.2026"""


def quotes(order: Order) -> dict[str, str]:
    found = {name: e.quote for name, e in order.evidence.items()}
    for line in order.lines:
        found |= {f"lines.{line.position}.{name}": e.quote for name, e in line.evidence.items()}
    for party in ("customer", "ship_to"):
        held: Any = getattr(order, party)
        found |= {f"{party}.{name}": e.quote for name, e in held.evidence.items()}
    return found


@pytest.mark.parametrize(
    "body", [LETTER, "Bitte senden Sie uns 3 x 100 Stk K-100, ca. 5 m K-200 und zwei Boxen Tücher."]
)
def test_every_quote_is_verbatim(read: Read, body: str) -> None:
    (order,) = read(body, "Bestellung 4500123456")
    words = " ".join(f"{body} Bestellung 4500123456 einkauf@kunde.example".split())
    found = quotes(order)
    assert found
    assert {name: q for name, q in found.items() if " ".join(q.split()) not in words} == {}


def test_every_value_has_evidence(read: Read) -> None:
    (order,) = read(LETTER)
    stated = {"po_number", "order_date", "requested_date", "currency", "total"}
    assert stated <= set(order.evidence)
    for line in order.lines:
        values = line.model_dump(exclude_none=True, exclude={"evidence", "position", "candidates"})
        assert set(values) - {"price_per"} <= set(line.evidence)


MARKUP = (
    "10 x K-100 Stk ; , \t\n | : - Menge Artikel Summe 1.000,50 € Bitte liefern Pos KW "
    "23 ( -5 ½ 12/13 ø"
)
WORDS = st.lists(st.sampled_from([*MARKUP.split(" "), "\n", "  "]), max_size=60).map(" ".join)
CELLS = st.lists(st.lists(st.sampled_from(MARKUP.split(" ")), max_size=5), max_size=6)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(body=st.one_of(st.text(max_size=200), WORDS), subject=WORDS, rows=CELLS)
def test_never_raises(
    read: Read, document: MakeDocument, body: str, subject: str, rows: list[list[str]]
) -> None:
    orders = read(body, subject, document(rows, "attachment", "a.xlsx"))
    assert [o.part for o in orders] == list(range(1, len(orders) + 1))


@pytest.mark.parametrize(
    "body", ["a-" * 20_000, "1." * 20_000, ", " * 20_000, "10 x K-100\n" * 1_000, "1" * 20_000]
)
def test_hostile_text_is_read_in_time(read: Read, body: str) -> None:
    started = time.process_time()
    read(body, "Bestellung 4711")
    assert time.process_time() - started < 5


CSV_ORDERS = Path(__file__).parents[3] / ".." / "shared" / "data" / "csv_orders" / "orders.jsonl"


@pytest.mark.skipif(not CSV_ORDERS.exists(), reason="../shared/data/csv_orders is absent")
def test_public_csv_orders_are_read_line_by_line() -> None:
    wrong = []
    for number, line in enumerate(CSV_ORDERS.read_text().splitlines()):
        (table,) = read_csv(json.loads(line)["question"].encode())
        head, *rows = table.rows  # type: ignore[union-attr]
        low = [cell.lower() for cell in head]
        count = next(n for n, cell in enumerate(low) if cell.startswith("q"))
        name = next(n for n, cell in enumerate(low) if cell.startswith(("it", "prod", "name")))
        style = style_of(json.loads(line)["question"], date(2026, 5, 20))
        found = read_table([head, *rows], style).drafts
        said = [
            (d.get("description") or d.get("code"), str(d.get("stated_quantity"))) for d in found
        ]
        if said != [(row[name], row[count]) for row in rows]:
            wrong.append(number)
    assert wrong == []
