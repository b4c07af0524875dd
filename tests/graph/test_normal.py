"""Normal forms: what must meet meets, and what must not does not."""

from __future__ import annotations

import pytest

from graph import normal


@pytest.mark.parametrize(
    ("one", "two"),
    [("K-100", "k 100"), ("933.06.016", "93306016"), ("Ä-1", "AE1"), ("Ａ１", "a1")],
)
def test_codes_that_meet(one: str, two: str) -> None:
    assert normal.code(one) == normal.code(two)


def test_leading_zeros_are_set_aside_only_in_bare() -> None:
    assert normal.code("0042") != normal.code("42")
    assert normal.bare("0042") == normal.bare("42")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("4006381333931", "04006381333931"),
        ("4 006381 333931", "04006381333931"),
        ("96385074", "00000096385074"),
        ("4006381333932", ""),
        ("400638133393", ""),
        ("K-100", ""),
    ],
)
def test_gtin_needs_its_check_digit(text: str, key: str) -> None:
    assert normal.gtin(text) == key


@pytest.mark.parametrize(
    "text", ["+49 (0)40 1234-56", "0049 40 123456", "040/123456", "040 12 34 56", "+4940123456"]
)
def test_phone_numbers_meet(text: str) -> None:
    assert normal.phone(text) == "40123456"


def test_a_short_phone_number_identifies_nobody() -> None:
    assert normal.phone("-0") == normal.phone("1234") == ""


@pytest.mark.parametrize(
    "address",
    ["a@gmail.com", "a@GMX.de", "a@yahoo.co.uk", "a@t-online.de", "a@hotmail.fr", "", "nobody"],
)
def test_free_mail_says_nothing_about_a_company(address: str) -> None:
    assert normal.domain(address) == ""


@pytest.mark.parametrize(
    "host", ["weber.example", "abc.co.uk", "mail.abc.de", "gmail.weber.example"]
)
def test_a_company_domain_is_kept(host: str) -> None:
    assert normal.domain(f"<a@{host}>") == host


@pytest.mark.parametrize(
    ("name", "core", "form"),
    [
        ("Weber & Sohn GmbH & Co. KG", "weber sohn", "gmbh co kg"),
        ("WEBER UND SOHN", "weber sohn", ""),
        ("Vries B.V.", "vries", "bv"),
        ("Holm A/S", "holm", "as"),
        ("Dupont S.A.R.L.", "dupont", "sarl"),
        ("Smith and Sons Limited", "smith sons", "ltd"),
        ("Müller e. K.", "mueller", "ek"),
        ("AG Bau", "ag bau", ""),
        ("Co", "co", ""),
    ],
)
def test_legal_forms_stand_apart(name: str, core: str, form: str) -> None:
    assert (normal.company(name), normal.legal_form(name)) == (core, form)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Hauptstr. 5 a", "Hauptstraße 5a"),
        ("Haupt Strasse 5A", "HAUPTSTR 5a"),
        ("12, rue de la Paix", "Rue de la Paix 12"),
        ("High St. 7", "High Street 7"),
        ("Karl-Marx-Str.1", "Karl Marx Straße 1"),
        ("Unit 4, Wharf Road", "Wharf Rd, Unit 4"),
    ],
)
def test_streets_that_meet(one: str, two: str) -> None:
    assert normal.street(one) == normal.street(two)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Am Markt 3", "Am Markt 7"),
        ("Hauptstr. 5", "Hauptstr. 5a"),
        ("Ring 1", "Ring"),
        ("Unit 4, Dock 7", "Unit 7, Dock 4"),
    ],
)
def test_streets_that_must_not_meet(one: str, two: str) -> None:
    assert normal.street(one) != normal.street(two)


@pytest.mark.parametrize(
    ("text", "key"),
    [("D-20095", "20095"), ("CH 8000", "8000"), ("1012 ab", "1012AB"), ("SW1A 1AA", "SW1A1AA")],
)
def test_postal_codes(text: str, key: str) -> None:
    assert normal.postal_code(text) == key


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hex bolt M 6 x 20mm", ["hex", "bolt", "m6", "20", "mm"]),
        ("Kabel 5 m 3x1,5mm²", ["kabel", "5", "m", "3", "1.5", "mm2"]),
        ('Rohr 1/2"', ["rohr", "1/2", "zoll"]),
        ("½ inch valve", ["1/2", "zoll", "valve"]),
        ("Lager 6204-2RS", ["lager", "6204", "2rs"]),
        ("DIN 933", ["din933"]),
        ("1.50 and 1.5", ["1.5", "and", "1.5"]),
    ],
)
def test_numbers_are_told_apart_from_words_and_units(text: str, found: list[str]) -> None:
    assert normal.tokens(text) == found


@pytest.mark.parametrize(
    ("one", "two"),
    [("gloves", "glove"), ("Schrauben", "Schraube"), ("Rohre", "Rohr"), ("valves", "valve")],
)
def test_plurals_meet(one: str, two: str) -> None:
    assert normal.stem(normal.fold(one)) == normal.stem(normal.fold(two))


def test_keywords_leave_out_units_and_small_words() -> None:
    assert normal.keywords("Rohr 15 mm für die Küche") == ["rohr", "15", "kuch"]


@pytest.mark.parametrize(
    ("one", "two"),
    [("Töpfe", "Topf"), ("Mütter", "Mutter"), ("Bänder", "bander"), ("gloves", "glove")],
)
def test_a_stem_has_no_plural_and_no_umlaut(one: str, two: str) -> None:
    stems = [normal.stem(normal.fold(word)) for word in (one, two)]
    assert stems[0] == stems[1]


def test_attributes_are_one_keyword_in_every_language() -> None:
    assert normal.keywords("blaue Handschuhe") == ["blue", "handschuh"]
    assert normal.keywords("verzinkt") == normal.keywords("galvanised") == ["zinc"]


def test_letters_before_a_fraction_stand_apart() -> None:
    assert normal.tokens("GN1/2 tief") == normal.tokens("GN 1/2 tief") == ["gn", "1/2", "tief"]
    assert normal.tokens("M6x20") == ["m6", "20"]
