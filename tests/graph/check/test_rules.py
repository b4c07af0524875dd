"""Every rule: what it finds, and what it lets pass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from graph.catalog import Customer, Product, Stock
from graph.check import RULES, check
from graph.lookup import Catalog
from graph.match import match
from graph.order import Evidence, Finding, Kind, Order, Party, ShipTo
from graph.playbook import Playbook
from graph.ports import Earlier
from tests.graph.shop import CUSTOMERS, HISTORY, NOW, PRODUCTS, catalog, line, order, past, playbook

HERE = {"ship_to": ShipTo(account_number="A2")}


def found(
    said: Order,
    shop: Catalog | None = None,
    book: Playbook | None = None,
    earlier: Sequence[Earlier] = (),
    now: datetime = NOW,
) -> tuple[Finding, ...]:
    shop = shop or catalog()
    return check(match(said, shop), shop, book or playbook(), earlier=earlier, now=now)


def types(*args: Any, **more: Any) -> list[str]:
    return [finding.type for finding in found(*args, **more)]


def bolts(quantity: str = "20", **more: Any) -> Order:
    fields = HERE | {key: more.pop(key) for key in list(more) if key in Order.model_fields}
    said = line(supplier_sku="K-100", stated_quantity=Decimal(quantity), **more)
    return order(said, **fields)


def test_a_clean_order_has_no_findings() -> None:
    assert found(bolts(stated_price=Decimal("0.50"), amount=Decimal(10), total=Decimal(10))) == ()


def test_what_the_erp_does_not_know_makes_no_finding() -> None:
    bare = catalog(
        known=frozenset({"customers", "products"}),
        addresses=(),
        customer_items=(),
        prices=(),
        stock=(),
        history=(),
        customers=tuple(replace(c, emails=()) for c in CUSTOMERS),
    )
    said = bolts(stated_price=Decimal(9), customer=Party(account_number="C001"), po_number=None)
    assert found(said, bare) == ()


def test_rules_need_an_aware_time() -> None:
    with pytest.raises(ValueError, match="time zone"):
        check(order(), catalog(), playbook(), earlier=(), now=datetime(2026, 1, 1))  # noqa: DTZ001


def test_doubts_come_first_and_nothing_is_said_twice() -> None:
    doubt = Finding(type="unsupported_value", message="The date is not in the source", line=1)
    findings = found(bolts("0", doubts=(doubt, doubt)))
    assert findings[0] == doubt
    assert [f.type for f in findings] == ["unsupported_value", "invalid_quantity"]


def test_every_rule_has_its_own_name_and_yields_nothing_for_a_clean_order() -> None:
    assert len({rule.__name__ for rule in RULES}) == len(RULES)


# --- mail -------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["change", "cancellation", "repeat"])
def test_mail_about_an_earlier_order(kind: Kind) -> None:
    findings = found(bolts("0", kind=kind, kind_reason="it says so"))
    assert [f.type for f in findings] == ["order_change"]
    assert "it says so" in findings[0].message


@pytest.mark.parametrize(
    "kind",
    ["question", "return", "complaint", "confirmation", "invoice", "offer", "spam", "other"],
)
def test_mail_that_is_no_order_is_not_judged_line_by_line(kind: Kind) -> None:
    assert types(bolts("0", kind=kind)) == ["not_an_order"]


def test_unreadable_mail_is_said_once() -> None:
    assert types(order(kind="unreadable")) == ["unreadable_document"]
    doubt = Finding(type="unreadable_document", message="order.pdf is encrypted")
    assert found(order(kind="unreadable", doubts=(doubt,))) == (doubt,)


# --- customer ---------------------------------------------------------------------


def test_nobody_on_file_is_a_new_customer() -> None:
    findings = found(bolts(customer=Party(email="x@nobody.example", name="Nobody Ltd")))
    assert [f.type for f in findings] == ["new_customer"]
    assert "Nobody Ltd" in findings[0].message


@pytest.mark.parametrize(
    "said",
    [
        Party(email="new@nordwind.example"),
        Party(account_number="C002", email="einkauf@weber.example"),
        Party(name="Weber & Sohm GmbH", email="x@gmail.com"),
    ],
)
def test_several_possible_customers_are_a_question(said: Party) -> None:
    findings = found(bolts(customer=said))
    assert findings[0].type == "ambiguous_customer"
    assert "new_customer" not in [f.type for f in findings]
    assert findings[0].candidates


def test_a_blocked_customer() -> None:
    assert "customer_blocked" in types(bolts(customer=Party(email="x@barrels.example")))


@pytest.mark.parametrize(
    "sender",
    ["weber.einkauf@gmail.com", "einkauf@weber-sohn.example", "a@weber.example.evil.example"],
)
def test_a_claimed_account_number_does_not_make_a_sender_trusted(sender: str) -> None:
    findings = found(bolts(customer=Party(email=sender, account_number="C001")))
    assert [f.type for f in findings] == ["untrusted_sender"]
    assert sender in findings[0].message
    assert types(bolts(customer=Party(name="Weber & Sohn GmbH", email=sender))) == [
        "untrusted_sender"
    ]


def test_an_order_without_sender_is_not_trusted() -> None:
    assert types(bolts(customer=Party(account_number="C001"))) == ["untrusted_sender"]


@pytest.mark.parametrize("sender", ["new@weber.example", "hans@lager.weber.example"])
def test_a_colleague_or_department_is_trusted(sender: str) -> None:
    assert types(bolts(customer=Party(email=sender, account_number="C001"))) == []


# --- product ----------------------------------------------------------------------


def test_an_unknown_number_is_named_with_what_is_near() -> None:
    said = line(
        supplier_sku="K-10O", evidence={"supplier_sku": Evidence(source="body", quote="K-10O")}
    )
    finding = found(order(said, **HERE))[0]
    assert (finding.type, finding.line) == ("unknown_product", 1)
    assert "K-10O" in finding.message
    assert finding.candidates
    assert finding.evidence is not None


def test_words_that_fit_several_products_are_ambiguous() -> None:
    finding = found(order(line(description="Nitrile glove blue"), **HERE))[0]
    assert finding.type == "ambiguous_product"
    assert "G-1-L" in finding.message
    assert "G-1-XL" in finding.message


def test_a_number_against_its_words_is_ambiguous() -> None:
    assert types(order(line(code="D-1", description="Door hinge right"), **HERE)) == [
        "ambiguous_product"
    ]


def test_a_discontinued_product_names_its_successor() -> None:
    finding = found(order(line(supplier_sku="0042"), **HERE))[0]
    assert finding.type == "discontinued_product"
    assert [c.id for c in finding.candidates] == ["43-B"]


# --- quantity ---------------------------------------------------------------------


@pytest.mark.parametrize("quantity", ["0", "-20", "12.5", "9"])
def test_quantities_that_cannot_be(quantity: str) -> None:
    assert types(bolts(quantity)) == ["invalid_quantity"]


def test_half_a_metre_can_be_ordered_and_half_a_box_cannot() -> None:
    pipe = order(line(supplier_sku="T-7", stated_quantity=Decimal("2.5")), **HERE)
    assert types(pipe) == []
    paper = order(line(supplier_sku="P-9", stated_quantity=Decimal("2.5")), **HERE)
    assert types(paper) == ["invalid_quantity"]


def test_a_quantity_below_zero_of_an_unknown_product_is_found_too() -> None:
    assert "invalid_quantity" in types(order(line(code="??", stated_quantity=Decimal(-1)), **HERE))


def test_a_missing_quantity() -> None:
    findings = found(order(line(supplier_sku="K-100", stated_quantity=None), **HERE))
    assert [(f.type, f.line) for f in findings] == [("missing_information", 1)]


def test_a_unit_that_does_not_convert() -> None:
    findings = found(bolts(stated_unit="Palette"))
    assert [f.type for f in findings] == ["unit_mismatch"]
    assert "Palette" in findings[0].message


def usual(*quantities: str, customer_id: str = "C001") -> Catalog:
    history = tuple(past(str(n), q, customer_id=customer_id) for n, q in enumerate(quantities))
    return catalog(history=history, stock=())


@pytest.mark.parametrize(
    ("history", "quantity", "unusual"),
    [
        (("6", "8", "10", "8", "6"), "12", False),
        (("6", "8", "10", "8", "6"), "20", False),
        (("6", "8", "10", "8", "6"), "48", True),
        (("6", "8", "12", "10", "8", "6", "12"), "80", True),
        (("100", "120", "100", "110"), "10", True),
        (("100", "120", "100", "110"), "50", False),
        (("10", "100", "30", "250", "60"), "300", False),
        (("10", "100", "30", "250", "60"), "2500", True),
        (("20", "20", "20", "2000"), "2000", True),
        (("20",), "60", False),
        (("20",), "240", True),
        (("20", "30"), "300", True),
        (("1200",), "100", True),
    ],
)
def test_quantities_against_the_customers_own_pattern(
    history: tuple[str, ...], quantity: str, unusual: bool
) -> None:
    said = bolts(quantity)
    assert ("unusual_quantity" in types(said, usual(*history))) is unusual


def test_an_unusual_quantity_says_what_is_usual() -> None:
    finding = found(bolts("480"), usual("6", "12", "10"))[0]
    assert finding.message == "480 pcs of K-100; this customer ordered 6-12 in 3 orders"
    one = found(bolts("480"), usual("6"))[0]
    assert one.message.endswith("ordered 6 in 1 order")


def test_without_an_own_pattern_that_of_others_counts_upwards() -> None:
    others = usual("20", "30", "40", customer_id="C002")
    assert types(bolts("3000"), others) == ["unusual_quantity"]
    assert types(bolts("100"), others) == []
    assert types(bolts("10"), usual("1000", "2000", "900", customer_id="C002")) == []


def test_without_any_history_nothing_is_unusual() -> None:
    assert types(bolts("99999"), catalog(history=(), stock=())) == []


def test_lines_of_one_product_are_taken_together() -> None:
    said = order(*(line(n, supplier_sku="K-100", stated_quantity=17 + n) for n in range(1, 8)))
    said = said.model_copy(update=HERE)
    assert types(said, usual("20", "22", "20")) == ["unusual_quantity"]


def test_a_returned_order_is_no_pattern() -> None:
    assert types(bolts("20"), usual("20", "-20", "0", "20", "20")) == []


def test_the_playbook_sets_the_factor() -> None:
    strict = playbook(unusual_quantity={"threshold": 1.5})
    assert types(bolts("36"), usual("20", "20", "20"), strict) == ["unusual_quantity"]
    assert types(bolts("36"), usual("20", "20", "20")) == []


# --- price ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("price", "wrong"),
    [("0.50", False), ("0.509", False), ("0.45", True), ("0.60", True), ("0.05", True)],
)
def test_prices_against_the_list(price: str, wrong: bool) -> None:
    assert (types(bolts(stated_price=Decimal(price))) == ["price_mismatch"]) is wrong


def test_a_price_mismatch_says_both_prices() -> None:
    message = found(bolts(stated_price=Decimal("0.40")))[0].message
    assert message == "Line 1 states 0.40 EUR per pcs of K-100; the list says 0.50 EUR (-20.0 %)"


@pytest.mark.parametrize("quantity", ["1000", "1200"])
def test_a_price_of_a_larger_quantity(quantity: str) -> None:
    shop = catalog(stock=(), history=())
    assert types(bolts(quantity, stated_price=Decimal("0.40")), shop) == []
    assert types(bolts("999", stated_price=Decimal("0.40")), shop) == ["price_mismatch"]


def test_a_list_price_rounded_to_cents_is_the_list_price() -> None:
    said = order(line(supplier_sku="T-7", stated_price=Decimal("3.33")), **HERE)
    assert types(said) == []


@pytest.mark.parametrize("threshold", ["0.15", "15"])
def test_a_threshold_is_a_share_or_a_percentage(threshold: str) -> None:
    book = playbook(price_mismatch={"threshold": threshold})
    assert types(bolts(stated_price=Decimal("0.45")), book=book) == []
    assert types(bolts(stated_price=Decimal("0.40")), book=book) == ["price_mismatch"]


@pytest.mark.parametrize(
    "said",
    [
        {"stated_price": Decimal("0.00")},
        {"stated_price": Decimal("0.00"), "amount": Decimal("0.00")},
        {"amount": Decimal(0)},
        {"stated_price": Decimal("-0.50")},
    ],
)
def test_a_price_of_nothing_is_always_found(said: dict[str, Decimal]) -> None:
    assert "price_mismatch" in types(bolts(**said))
    bare = catalog(known=frozenset(), prices=())
    assert "price_mismatch" in types(bolts(**said), bare)


def test_a_zero_price_of_an_unknown_product_is_found() -> None:
    assert "price_mismatch" in types(order(line(code="??", stated_price=Decimal(0)), **HERE))


def test_an_amount_without_price_is_compared_too() -> None:
    assert types(bolts(amount=Decimal(10))) == []
    assert types(bolts(amount=Decimal(8))) == ["price_mismatch"]


def test_a_stated_price_without_list_price_cannot_be_verified() -> None:
    assert types(order(line(supplier_sku="D-1", stated_price=Decimal(9)), **HERE)) == [
        "price_mismatch"
    ]
    assert types(order(line(supplier_sku="D-1"), **HERE)) == []


def test_another_currency_than_the_list() -> None:
    assert types(bolts(stated_price=Decimal("0.50"), currency="CHF")) == ["price_mismatch"]
    assert types(bolts(stated_price=Decimal("0.50"), currency="eur")) == []
    assert types(bolts(currency="CHF")) == []


# --- sums -------------------------------------------------------------------------


def test_an_amount_that_is_not_quantity_times_price() -> None:
    findings = found(bolts(stated_price=Decimal("0.50"), amount=Decimal(100)))
    assert [f.type for f in findings] == ["total_mismatch"]
    assert findings[0].message == "Line 1: 20 x 0.50 is 10.00, the order says 100.00"


def priced(**more: Any) -> Order:
    lines = (
        line(1, supplier_sku="K-100", stated_price=Decimal("0.50"), amount=Decimal("10.00")),
        line(2, supplier_sku="K-101", stated_price=Decimal("0.55"), description="Hex bolt M6x25"),
    )
    return order(*lines, **(HERE | more))


@pytest.mark.parametrize(
    ("total", "others"),
    [
        ("21.00", {}),
        ("24.99", {"gross": "24.99"}),
        ("24.99", {"tax": "3.99"}),
        ("30.90", {"shipping": "9.90"}),
        ("20.00", {"discount": "1.00"}),
        ("20.00", {"discount": "-1.00"}),
        ("28.56", {"tax": "4.56", "shipping": "3.00", "net": "24.00"}),
        ("99.00", {"net": "21.00"}),
    ],
)
def test_totals_that_add_up(total: str, others: dict[str, str]) -> None:
    extras = {key: Decimal(value) for key, value in others.items()}
    assert types(priced(total=Decimal(total), other_totals=extras)) == []


@pytest.mark.parametrize(
    ("total", "others"),
    [
        ("22.00", {}),
        ("24.99", {}),
        ("2.10", {}),
        ("210.00", {}),
        ("0.00", {}),
        ("30.90", {"shipping": "5.00"}),
    ],
)
def test_totals_that_do_not_add_up(total: str, others: dict[str, str]) -> None:
    extras = {key: Decimal(value) for key, value in others.items()}
    findings = found(priced(total=Decimal(total), other_totals=extras))
    assert [f.type for f in findings] == ["total_mismatch"]
    assert "21.00" in findings[0].message


def test_a_total_over_lines_without_prices_cannot_be_judged() -> None:
    assert types(bolts(total=Decimal(77))) == []


def test_the_value_limit_counts_only_where_it_is_set() -> None:
    book = playbook(value_limit={"action": "escalate", "owner": "U0BOSS", "threshold": 9})
    assert types(bolts()) == []
    assert types(bolts(), book=book) == ["value_limit"]
    assert types(bolts("10"), book=book) == []
    low = bolts(stated_price=Decimal("0.50"), total=Decimal("1.00"))
    assert "value_limit" in types(low, book=book)


# --- delivery ---------------------------------------------------------------------


def test_an_address_that_is_not_on_file() -> None:
    said = bolts(ship_to=ShipTo(street="Am Markt 9", postal_code="20097", city="Hamburg"))
    finding = found(said)[0]
    assert finding.type == "address_mismatch"
    assert "Am Markt 9, 20097 Hamburg" in finding.message
    assert finding.candidates


def test_no_address_where_the_customer_has_several() -> None:
    finding = found(bolts(ship_to=ShipTo()))[0]
    assert finding.type == "address_mismatch"
    assert "several" in finding.message


def test_no_address_on_file_at_all() -> None:
    said = bolts(customer=Party(email="a@nordwind.example"))
    assert "address_mismatch" in types(said)


def test_stock_is_compared_with_all_lines_of_a_product() -> None:
    each = (line(n, supplier_sku="K-100", stated_quantity=Decimal(n)) for n in (29, 31))
    said = order(*each, **HERE)
    short = catalog(stock=(Stock("K-100", Decimal(50), date(2026, 6, 20), Decimal(1000)),))
    findings = found(said, short)
    assert [f.type for f in findings] == ["out_of_stock"]
    assert findings[0].message == (
        "60 pcs of K-100 are ordered, 50 available; 1000 more on 2026-06-20"
    )
    assert types(said, catalog(stock=(Stock("K-100", Decimal(60)),))) == []


def test_a_successor_in_stock_is_proposed() -> None:
    lamp = Product("L-1", "Lamp", "pcs", replaced_by="43-B")
    shop = catalog(
        products=(*PRODUCTS, lamp), stock=(Stock("L-1", Decimal(0)), Stock("43-B", Decimal(50)))
    )
    findings = found(order(line(supplier_sku="L-1"), **HERE), shop)
    assert [[c.id for c in f.candidates] for f in findings] == [["43-B"]]


def test_a_discontinued_product_is_trouble_once_with_what_is_left() -> None:
    shop = catalog(stock=(Stock("0042", Decimal(3)),))
    findings = found(order(line(supplier_sku="0042"), **HERE), shop)
    assert [f.type for f in findings] == ["discontinued_product"]
    assert "3 are left" in findings[0].message


def test_a_product_without_stock_record_is_not_judged() -> None:
    assert types(order(line(supplier_sku="D-1"), **HERE)) == []


@pytest.mark.parametrize(
    ("requested", "ordered", "infeasible"),
    [
        (date(2026, 5, 31), None, True),
        (date(2026, 6, 1), None, False),
        (date(2026, 6, 10), date(2026, 6, 12), True),
        (date(2026, 6, 10), date(2026, 6, 1), False),
    ],
)
def test_dates_that_cannot_be_met(requested: date, ordered: date | None, infeasible: bool) -> None:
    said = bolts(requested_date=requested, order_date=ordered)
    assert (types(said) == ["date_infeasible"]) is infeasible


def test_the_day_is_that_of_the_desk() -> None:
    late = datetime(2026, 5, 31, 23, 30, tzinfo=UTC)
    assert types(bolts(requested_date=date(2026, 5, 31)), now=late) == ["date_infeasible"]


def test_a_line_may_have_its_own_impossible_date() -> None:
    said = order(line(3, supplier_sku="K-100", requested_date=date(2025, 1, 1)), **HERE)
    assert [(f.type, f.line) for f in found(said)] == [("date_infeasible", 3)]


def test_a_date_before_the_missing_goods_arrive() -> None:
    short = catalog(stock=(Stock("K-100", Decimal(5), date(2026, 6, 20), Decimal(1000)),))
    early = bolts(requested_date=date(2026, 6, 10))
    assert types(early, short) == ["out_of_stock", "date_infeasible"]
    assert types(bolts(requested_date=date(2026, 6, 25)), short) == ["out_of_stock"]


# --- papers -----------------------------------------------------------------------


def test_an_order_without_lines() -> None:
    assert types(order(**HERE)) == ["missing_information"]


def test_a_missing_number_matters_only_to_those_who_always_give_one() -> None:
    assert types(bolts(po_number=None)) == ["missing_information"]
    sometimes = (*HISTORY, past("99", "20", po_number=None))
    assert types(bolts(po_number=None), catalog(history=sometimes)) == []
    assert types(bolts(po_number=None), catalog(history=HISTORY[:2])) == []


def test_the_same_number_in_the_erp_or_in_hand_is_a_duplicate() -> None:
    finding = found(bolts(po_number="po 3"))[0]
    assert finding.type == "duplicate_order"
    assert finding.message == "ERP order 3 of 2026-01-15 has the same purchase order number po 3"
    waiting = Earlier("order 12", "C001", "4500", date(2026, 5, 30))
    assert types(bolts(), earlier=[waiting]) == ["duplicate_order"]
    assert types(bolts(), earlier=[replace(waiting, po_number="PO-4500")]) == ["duplicate_order"]
    assert types(bolts(), earlier=[replace(waiting, customer_id="C002")]) == []
    assert types(bolts(), earlier=[replace(waiting, po_number="4501")]) == []


@pytest.mark.parametrize(
    ("days", "quantity", "po_number", "duplicate"),
    [
        (2, "20", None, True),
        (7, "20", None, True),
        (8, "20", None, False),
        (2, "21", None, False),
        (2, "20", "4499", False),
    ],
)
def test_the_same_lines_within_a_week_are_a_duplicate_unless_two_numbers_tell_them_apart(
    days: int, quantity: str, po_number: str | None, duplicate: bool
) -> None:
    day = NOW.date() - timedelta(days=days)
    before = Earlier("order 12", "C001", po_number, day, (("K-100", Decimal(quantity)),))
    assert (types(bolts(), earlier=[before]) == ["duplicate_order"]) is duplicate


def test_orders_booked_after_this_one_are_no_reason() -> None:
    later = (past("9", "20", po_number="4500", order_date=date(2026, 7, 1)),)
    assert types(bolts(), catalog(history=later)) == []


def test_stale_data_is_found_only_where_a_limit_is_set() -> None:
    old = catalog(read_at=NOW - timedelta(hours=30))
    assert types(bolts(), old) == []
    book = playbook(stale_data={"action": "note", "threshold": 24})
    assert types(bolts(), old, book) == ["stale_data"]
    assert types(bolts(), catalog(), book) == []


def test_figures_of_one_finding_make_its_key() -> None:
    one, two = found(bolts("9"))[0], found(bolts("8"))[0]
    assert one.type == two.type
    assert one.key != two.key


def test_a_customer_of_unknown_status_is_not_blocked() -> None:
    shop = catalog(customers=(Customer("C001", "W", ("a@w.example",), status=""), *CUSTOMERS[1:]))
    assert "customer_blocked" not in types(bolts(customer=Party(email="a@w.example")), shop)


def test_a_product_without_unit_is_counted_as_stated() -> None:
    shop = catalog(products=(replace(PRODUCTS[5], unit=None),))
    assert (
        types(order(line(supplier_sku="D-1", stated_quantity=Decimal("1.5")), **HERE), shop) == []
    )
