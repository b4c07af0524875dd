"""Who orders: every rung, and everything that must stay a question."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.catalog import Customer
from graph.lookup import Catalog
from graph.match import match
from graph.order import Order, Party
from tests.graph.shop import CUSTOMERS, catalog, order


def who(shop: Catalog | None = None, **said: str) -> Order:
    return match(order(customer=Party(**said)), shop or catalog())


@pytest.mark.parametrize(
    ("said", "rung"),
    [
        ({"account_number": "C001"}, "account_number"),
        ({"account_number": "c-001"}, "account_number"),
        ({"email": "EINKAUF@weber.example"}, "email"),
        ({"vat_id": "DE 123 456 789"}, "vat_id"),
        ({"phone": "040 / 12 34 56"}, "phone"),
        ({"email": "neu@weber.example"}, "domain"),
        ({"name": "WEBER und SOHN"}, "name"),
        ({"name": "Weber & Sohn GmbH", "email": "a@gmail.com"}, "name"),
    ],
)
def test_each_rung_alone_finds_the_customer(said: dict[str, str], rung: str) -> None:
    found = who(**said)
    assert (found.customer_id, found.customer_matched_by) == ("C001", rung)
    (named,) = found.customer_candidates
    assert (named.id, named.label) == ("C001", "Weber & Sohn GmbH")


@pytest.mark.parametrize(
    "said",
    [
        {"account_number": "C002", "email": "einkauf@weber.example"},
        {"account_number": "C001", "email": "somebody@weber-ag.example"},
        {"vat_id": "DE123456789", "email": "info@weber-ag.example"},
        {"email": "einkauf@weber.example", "name": "Weber AG"},
        {"account_number": "C001", "phone": "040 765432"},
    ],
)
def test_contradicting_rungs_leave_no_pick_but_both_candidates(said: dict[str, str]) -> None:
    found = who(**said)
    assert found.customer_id is None
    assert len(found.customer_candidates) >= 2
    assert {"C001"} < {c.id for c in found.customer_candidates if c.score == 100}


def test_a_shared_domain_picks_nobody_and_a_name_tells_them_apart() -> None:
    alone = who(email="new@nordwind.example")
    assert alone.customer_id is None
    assert {c.id for c in alone.customer_candidates} == {"C003", "C004"}
    named = who(email="new@nordwind.example", name="Nordwind Süd GmbH")
    assert (named.customer_id, named.customer_matched_by) == ("C004", "domain")


def test_a_sister_company_that_is_not_on_file_is_not_its_sister() -> None:
    shop = catalog(customers=CUSTOMERS[2:3])
    assert who(shop, email="x@nordwind.example").customer_id == "C003"
    assert who(shop, email="x@nordwind.example", name="Nordwind Nrd GmbH").customer_id == "C003"
    stranger = who(shop, email="x@nordwind.example", name="Nordwind West GmbH")
    assert stranger.customer_id is None
    assert [c.id for c in stranger.customer_candidates] == ["C003"]


def test_another_legal_form_is_another_company() -> None:
    shop = catalog(customers=CUSTOMERS[1:2])
    assert who(shop, name="Weber").customer_id == "C002"
    assert who(shop, name="Weber GmbH").customer_id is None
    both = catalog(customers=(*CUSTOMERS[1:2], Customer("C009", "Weber GmbH")))
    assert who(both, name="Weber GmbH").customer_id == "C009"
    assert who(both, name="Weber").customer_id is None


def test_a_free_mail_domain_never_finds_its_other_user() -> None:
    assert who(email="moewe@gmail.com").customer_id == "C005"
    assert who(email="somebody.else@gmail.com").customer_id is None


def test_a_name_that_is_only_alike_is_a_candidate() -> None:
    found = who(name="Weber & Sohm GmbH", email="kontakt@gmx.de")
    assert found.customer_id is None
    assert found.customer_candidates[0].id == "C001"
    assert found.customer_candidates[0].score < 100


def test_two_records_of_one_company_are_a_question() -> None:
    twin = replace(CUSTOMERS[0], customer_id="C900")
    found = who(catalog(customers=(*CUSTOMERS, twin)), email="einkauf@weber.example")
    assert found.customer_id is None
    assert {c.id for c in found.customer_candidates} >= {"C001", "C900"}


def test_an_account_number_without_its_zeros_counts_only_where_it_is_one() -> None:
    one = catalog(customers=(Customer("0070", "A"),))
    assert who(one, account_number="70").customer_id == "0070"
    two = catalog(customers=(Customer("0070", "A"), Customer("00070", "B")))
    assert who(two, account_number="70").customer_id is None


def test_an_unknown_account_number_leaves_the_sender_in_charge() -> None:
    assert who(account_number="our-vendor-77", email="lager@weber.example").customer_id == "C001"


def test_nothing_said_finds_nobody() -> None:
    found = who()
    assert found.customer_id is None
    assert found.customer_candidates == ()


def test_a_person_wins_and_a_wrong_choice_is_no_pick() -> None:
    said = order(customer=Party(email="einkauf@weber.example"))
    chosen = match(said, catalog(), {"customer_id": "C002"})
    assert (chosen.customer_id, chosen.customer_matched_by) == ("C002", "desk")
    assert match(said, catalog(), {"customer_id": "C999"}).customer_id is None


def test_matching_again_changes_nothing() -> None:
    once = who(email="new@nordwind.example")
    assert match(once, catalog()) == once
