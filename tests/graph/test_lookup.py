"""The catalog's look-ups."""

from __future__ import annotations

import time
from datetime import date
from decimal import Decimal

import pytest

from graph.catalog import Customer, PastLine, Price, Product
from tests.graph.shop import PRODUCTS, catalog


def test_codes_are_found_as_they_stand_before_any_spelling() -> None:
    shop = catalog(products=(Product("A-1-11", "one"), Product("A-11-1", "two")))
    assert [p.name for p in shop.products_by_code("A-11-1")] == ["two"]
    assert [p.name for p in shop.products_by_code("a111")] == ["one", "two"]


def test_leading_zeros_are_dropped_only_where_one_product_answers() -> None:
    assert [p.sku for p in catalog().products_by_code("42")] == ["0042"]
    assert [p.sku for p in catalog().products_by_code("000042")] == ["0042"]
    both = catalog(products=(Product("042", "a"), Product("0042", "b")))
    assert len(both.products_by_code("42")) == 2
    assert [p.name for p in both.products_by_code("042")] == ["a"]


def test_customer_items_belong_to_one_customer() -> None:
    assert [p.sku for p in catalog().products_by_customer_item("C001", "47-11")] == ["K-100"]
    assert [p.sku for p in catalog().products_by_customer_item("C001", "815")] == ["G-1-L"]
    assert catalog().products_by_customer_item("C002", "4711") == ()


def test_gtin_with_a_wrong_check_digit_finds_nothing() -> None:
    assert [p.sku for p in catalog().products_by_gtin("4006381333931")] == ["K-100"]
    assert catalog().products_by_gtin("4006381333930") == ()
    assert catalog().products_by_gtin("") == ()


def test_nothing_finds_nothing() -> None:
    shop = catalog()
    for nothing in ("", "-", "   "):
        assert shop.products_by_code(nothing) == ()
        assert shop.customers_by_account(nothing) == ()
        assert shop.customers_by_email(nothing) == ()
        assert shop.customers_by_phone(nothing) == ()
        assert shop.customers_by_vat(nothing) == ()
        assert shop.customers_by_name(nothing) == ()
        assert shop.products_named(nothing) == ()
        assert shop.products_containing(nothing) == []


def test_a_free_mail_domain_belongs_to_nobody() -> None:
    assert catalog().customers_by_domain("somebody@gmail.com") == ()
    assert [c.customer_id for c in catalog().customers_by_domain("x@weber.example")] == ["C001"]
    assert len(catalog().customers_by_domain("x@nordwind.example")) == 2


@pytest.mark.parametrize(
    ("quantity", "price"), [("1", "0.50"), ("999", "0.50"), ("1000", "0.40"), ("0.5", "0.50")]
)
def test_the_price_follows_the_quantity(quantity: str, price: str) -> None:
    found = catalog().price_of("C001", "K-100", Decimal(quantity))
    assert found is not None
    assert found.price == Decimal(price)


def test_a_price_below_the_smallest_tier_is_not_known() -> None:
    shop = catalog(prices=(Price("STD", "K-100", Decimal(100), Decimal("0.2")),))
    assert shop.price_of("C001", "K-100", Decimal(99)) is None


def test_without_a_price_list_only_the_only_one_counts() -> None:
    assert catalog().price_of("C006", "K-100", Decimal(1)) is None
    only = catalog(prices=(Price("STD", "K-100", Decimal(1), Decimal("0.5")),))
    assert only.price_of("C006", "K-100", Decimal(1)) is not None
    assert only.price_of(None, "K-100", Decimal(1)) is not None


def test_words_find_every_product_that_holds_them() -> None:
    found = catalog().products_containing("hex bolts zinc 25")
    assert [p.sku for p in found] == ["K-101", "K-102"]


def test_misspelt_words_find_their_neighbours() -> None:
    nearest = catalog().similar_products("Nitril gloove blue L")[0][0]
    assert nearest.sku == "G-1-L"
    assert catalog().similar_customers("Wehber Sohn")[0][0].customer_id == "C001"
    assert catalog().similar_codes("K-1OO")[0][0].sku.startswith("K-10")


def test_history_by_customer_and_product() -> None:
    shop = catalog()
    assert len(shop.history_of("C001")) == len(shop.history_of("C001", "K-100")) == 5
    assert shop.history_of("C001", "K-101") == ()
    assert shop.has_ordered("C001")
    assert not shop.has_ordered("C002")
    assert shop.has_bought("C001", "K-100")
    assert not shop.has_bought(None, "K-100")
    assert len(shop.sales_of("K-100")) == 5


def test_unknown_is_not_none() -> None:
    assert catalog().knows("stock")
    assert not catalog(known=frozenset()).knows("stock")
    assert catalog().knows_senders
    assert not catalog(customers=(Customer("C1", "A"),)).knows_senders


def test_twenty_thousand_products_are_indexed_quickly_and_searched_without_walking() -> None:
    products = tuple(
        Product(f"K-{i:05d}", f"Bolt M{i % 20} x {i % 300} type {i}", "pcs") for i in range(20_000)
    )
    customers = tuple(
        Customer(f"C{i:05d}", f"Firm {i}", (f"o@c{i}.example",)) for i in range(5_000)
    )
    day = date(2026, 1, 1)
    history = tuple(
        PastLine(str(i), f"C{i % 5000:05d}", day, None, None, f"K-{i % 20000:05d}", Decimal(1))
        for i in range(20_000)
    )
    shop = catalog(products=products, customers=customers, history=history)
    start = time.process_time()
    shop.products_by_code("k00007")
    shop.similar_products("bolt type 7")
    shop.similar_codes("K-00007")
    shop.customers_by_email("o@c7.example")
    shop.similar_customers("Firm 7")
    shop.has_bought("C00007", "K-00007")
    assert time.process_time() - start < 2
    start = time.process_time()
    for i in range(100):
        shop.products_containing(f"bolt type {i}")
        shop.products_by_code(f"K{i:05d}")
    assert time.process_time() - start < 0.5


def test_products_are_returned_as_the_erp_has_them() -> None:
    assert catalog().product("K-100") == PRODUCTS[0]
    assert catalog().product("k-100") is None


# --- codes in running text --------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "customer_id", "known"),
    [
        ("K-100", None, True),
        (" k 100 ", "C002", True),
        ("4006381333931", None, True),
        ("4006381333930", None, False),
        ("47-11", None, True),
        ("47-11", "C001", True),
        ("47-11", "C002", False),
        ("K-999", None, False),
        ("", None, False),
        ("-", None, False),
    ],
)
def test_a_code_is_known_in_any_spelling(code: str, customer_id: str | None, known: bool) -> None:
    assert catalog().knows_code(code, customer_id) is known


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("20 x K 100 and D-1", ("K 100", "D-1")),
        ("„K-100“ (T-7), ab W-5.", ("K-100", "T-7", "W-5")),
        ("K-100/K-101", ("K-100", "K-101")),
        ("K - 100", ("K - 100",)),
        ("G 1 L oder G-1-XL", ("G 1 L", "G-1-XL")),
        ("Art. 47-11", ("47-11",)),
        ("EAN 4006381333931", ("4006381333931",)),
        ("EAN 4 006381 333931", ("4 006381 333931",)),
        ("4 711 Stück", ()),
        ("K, 100", ()),
        ("nothing here", ()),
        ("", ()),
    ],
)
def test_codes_in_a_text(words: str, codes: tuple[str, ...]) -> None:
    assert catalog().codes_in(words) == codes


def test_the_codes_of_a_customer_are_theirs() -> None:
    assert catalog().codes_in("47-11 K-100", "C001") == ("47-11", "K-100")
    assert catalog().codes_in("47-11 K-100", "C002") == ("K-100",)


def test_a_number_of_letters_only_is_known_as_it_is_written() -> None:
    shop = catalog(products=(Product("KIT", "Repair kit"), Product("AB-CD", "Other")))
    assert shop.codes_in("one KIT please, no kit") == ("KIT",)
    assert shop.codes_in("ab cd") == ()


def test_the_longest_code_wins() -> None:
    shop = catalog(products=(Product("6204", "a"), Product("6204-2RS", "b")))
    assert shop.codes_in("6204 2RS, 6204") == ("6204 2RS", "6204")


def test_codes_in_a_line_are_found_fast() -> None:
    shop = catalog(products=tuple(Product(f"P-{n}", f"Part {n}") for n in range(5_000)))
    words = "Pos 10   20 Stk  Deep groove ball bearing P-4711 20x47x14 mm   4,50 EUR  90,00 EUR"
    assert shop.codes_in(words) == ("P-4711",)
    begun = time.perf_counter()
    for _ in range(200):
        shop.codes_in(words)
    assert time.perf_counter() - begun < 0.1


def test_products_share_the_words_that_any_name_holds() -> None:
    shop = catalog()
    assert [p.sku for p in shop.products_sharing("Cannello copper pipe")] == ["T-7"]
    assert shop.products_sharing("Cannello") == []
    assert shop.known_words("Cannello copper pipe 15") == ["copper", "pipe", "15"]
