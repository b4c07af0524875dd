"""Where the goods go."""

from __future__ import annotations

from typing import Any

import pytest

from graph.catalog import Address
from graph.lookup import Catalog
from graph.match import match
from graph.order import Party, ShipTo
from tests.graph.shop import ADDRESSES, catalog, order


def where(
    shop: Catalog | None = None, sender: str = "einkauf@weber.example", **said: Any
) -> ShipTo:
    stated = order(customer=Party(email=sender), ship_to=ShipTo(**said))
    return match(stated, shop or catalog()).ship_to


@pytest.mark.parametrize(
    ("said", "address_id", "rung"),
    [
        ({"account_number": "A3"}, "A3", "address_id"),
        ({"text": "A3"}, "A3", "address_id"),
        ({"street": "Hauptstr. 5 A", "postal_code": "D-20095"}, "A1", "street"),
        ({"street": "am markt 3", "postal_code": "20097", "city": "HH"}, "A2", "street"),
        ({"street": "Am Markt 7", "city": "HAMBURG"}, "A3", "street"),
        ({"name": "Weber Filiale 21", "city": "Hamburg"}, "A3", "name"),
        ({"name": "weber filiale 12"}, "A2", "name"),
        ({"text": "Weber\nAm Markt 7\n20097 Hamburg"}, "A3", "street"),
        ({"name": "Filiale 21", "postal_code": "20097"}, "A3", "name"),
        (
            {"text": "Am Markt 3 20097 Hamburg", "street": "Weber", "name": "Am Markt"},
            "A2",
            "street",
        ),
        ({"text": "bitte an Weber Filiale 12 liefern"}, "A2", "name"),
        ({"text": "Am Markt 7, 20 097 Hamburg, bis 25. Juni"}, "A3", "street"),
        ({"street": "Am Markt 3"}, "A2", "mention"),
        ({"text": "our branch 21"}, "A3", "mention"),
        ({"text": "à la succursale 12, s'il vous plaît"}, None, None),
    ],
)
def test_each_rung_finds_the_address(
    said: dict[str, str], address_id: str | None, rung: str | None
) -> None:
    found = where(**said)
    assert (found.address_id, found.matched_by) == (address_id, rung)


@pytest.mark.parametrize(
    "said",
    [
        {"street": "Am Markt 9", "postal_code": "20097", "city": "Hamburg"},
        {"street": "Am Markt", "postal_code": "20097"},
        {"street": "Am Markt 3", "postal_code": "20099"},
        {"street": "Am Markt 4"},
        {"text": "Filiale 12, Nebenweg 190, 9991 Kahlenschlag"},
        {"text": "Filiale 12, Tor 9"},
        {"text": "33"},
        {"text": "Elbufer Logistik, Hauptstr. 5a"},
        {"text": "please deliver to site"},
        {"city": "Hamburg"},
        {"postal_code": "20097", "city": "Hamburg"},
        {"name": "Weber Filiale 22", "city": "Hamburg"},
        {"name": "Weber Filiale 12", "street": "Nebenweg 1", "postal_code": "20097"},
        {"name": "Weber Filiale 12", "street": "Am Markt 7", "postal_code": "20097"},
        {"account_number": "A2", "street": "Am Markt 7", "postal_code": "20097"},
        {"street": "Am Markt 3", "postal_code": "20097", "country": "AT"},
        {"text": "Halle A3, Tor 2"},
        {"text": "Baustelle Elbufer"},
        {"text": "Am Markt 3-5, 20097 Hamburg"},
        {"text": "Am Markt 3b, 20097 Hamburg"},
        {"text": "Am Markt 3, Berlin"},
        {"text": "Am Markt 3, 20097 Hamburg oder Am Markt 7, 20097 Hamburg"},
        {"text": "Am Markt 3, 20097 Hamburg", "street": "Am Markt 7", "postal_code": "20097"},
        {"name": "Filiale", "city": "Hamburg"},
        {"name": "Filiale 21", "city": "Berlin"},
        {"name": "Filiale 21", "street": "Neuweg"},
        {"street": "Ring 1", "postal_code": "50667", "city": "Köln"},
    ],
)
def test_what_is_only_near_is_a_candidate(said: dict[str, str]) -> None:
    found = where(**said)
    assert found.address_id is None
    assert found.candidates
    assert {c.id for c in found.candidates} <= {"A1", "A2", "A3"}


def test_the_nearest_candidate_comes_first() -> None:
    found = where(street="Am Markt 8", postal_code="20097", city="Hamburg", name="Filiale 21")
    assert found.candidates[0].id == "A3"


def test_without_a_word_the_only_delivery_address_is_taken() -> None:
    found = where(sender="moewe@gmail.com")
    assert (found.address_id, found.matched_by) == ("A6", "default")


def test_without_a_delivery_address_the_billing_address_is_taken() -> None:
    assert where(sender="info@weber-ag.example").address_id == "A4"


def test_without_a_word_several_delivery_addresses_are_a_question() -> None:
    found = where()
    assert found.address_id is None
    assert {c.id for c in found.candidates} == {"A2", "A3"}


def test_the_customers_own_name_says_nothing_about_the_place() -> None:
    assert where(name="Weber & Sohn").address_id is None
    assert where(sender="moewe@gmail.com", name="Café Möwe").address_id == "A6"
    assert where(sender="moewe@gmail.com", account_number="C005").address_id == "A6"


def test_one_place_on_file_twice_is_the_delivery_address() -> None:
    twin = Address(
        "A9", "C001", "delivery", "Weber & Sohn GmbH", "Hauptstr. 5a", "20095", "Hamburg"
    )
    found = where(catalog(addresses=(*ADDRESSES, twin)), street="Hauptstr. 5a", postal_code="20095")
    assert found.address_id == "A9"


def test_two_delivery_addresses_at_one_street_need_the_name() -> None:
    hall = Address("A9", "C001", "delivery", "Weber Halle", "Am Markt 3", "20097", "Hamburg")
    shop = catalog(addresses=(*ADDRESSES, hall))
    said = {"street": "Am Markt 3", "postal_code": "20097"}
    assert where(shop, **said).address_id is None
    assert where(shop, **said, name="Weber Halle").address_id == "A9"


def test_an_unknown_customer_has_no_address() -> None:
    assert (
        where(sender="x@nobody.example", street="Am Markt 3", postal_code="20097").address_id
        is None
    )


def test_a_person_wins_among_the_customers_own_addresses() -> None:
    chosen = match(order(), catalog(), {"ship_to.address_id": "A3"}).ship_to
    assert (chosen.address_id, chosen.matched_by) == ("A3", "desk")
    assert match(order(), catalog(), {"ship_to.address_id": "A4"}).ship_to.address_id is None


SITES = (
    Address("B", "C001", "billing", "Weber & Sohn", "Bahnhofstraße 33", "04103", "Leipzig", "DE"),
    Address("D1", "C001", "delivery", "Weber, Lager Nord", "Nordlager 1", "04159", "Leipzig"),
    Address("D2", "C001", "delivery", "Weber Klärwerk", "Am Klärwerk 5", "04229", "Leipzig"),
    Address("D3", "C001", "delivery", "Weber, Werkstatt", "Hof 20", "04315", "Halle"),
    Address("D4", "C001", "delivery", "Weber Depot", "Quarry Road", "Y99 T2T2", "Hull", "GB"),
    Address("D5", "C001", "delivery", "Haus C", "Weg 3", "411 99", "Göteborg", "SE"),
)


@pytest.mark.parametrize(
    ("text", "address_id"),
    [
        ("our workshop", "D3"),
        ("à l'atelier", "D3"),
        ("Lager Nord", "D1"),
        ("north warehouse", "D1"),
        ("ship to Hull", "D4"),
        ("site Hull", "D4"),
        ("the Depot at Quarry Road, Hull", "D4"),
        ("Weber & Sohn, Quarry Road, Hull Y99T2T2, GB", "D4"),
        ("41199 Göteborg", "D5"),
        ("04229", "D2"),
        ("Haus C", "D5"),
        ("Bahnhofstr. 33, Leipzig", "B"),
        ("Lager Süd", None),
        ("our warehouse", None),
        ("Am Klärwerk 7", None),
        ("Haus A", None),
        ("Weg 4, 411 99 Göteborg", None),
        ("Leipzig", None),
        ("Hull oder Halle", None),
        ("Musterkunde, Hull", None),
        ("Lager Nord, Tor 3", None),
        ("wie immer", None),
    ],
)
def test_a_place_mentioned_in_passing(text: str, address_id: str | None) -> None:
    assert where(catalog(addresses=SITES), text=text).address_id == address_id


@pytest.mark.parametrize("words", ["wie immer", "the usual address", "Lieferung an uns", ""])
def test_words_that_name_no_place_leave_the_only_delivery_address(words: str) -> None:
    found = where(sender="moewe@gmail.com", text=words)
    assert (found.address_id, found.matched_by) == ("A6", "default")
    assert where(text=words).address_id is None


def test_a_building_site_is_not_the_usual_address() -> None:
    assert where(sender="moewe@gmail.com", text="to site please").address_id is None
