"""Descriptions: what contradicts, what is the same, what is alike."""

from __future__ import annotations

import pytest

from graph.match.text import (
    contradict,
    covers,
    foreign,
    is_norm,
    likeness,
    same_attributes,
    says_all_figures,
    traits,
    turned,
    unsaid,
)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Hex bolt M6x20", "Hex bolt M6x25"),
        ("Hex bolt M6x20", "Hex bolt M8x20"),
        ("Lager 6204-2Z", "Lager 6204-2RS"),
        ("Tür links", "Tür rechts"),
        ("Glove blue", "Handschuh rot"),
        ("Glove L", "Glove XL"),
        ("Glove size M", "Glove size S"),
        ("pipe 15 mm", "pipe 15 cm"),
        ("Ventil 1/2 Zoll", "Ventil 3/4 Zoll"),
        ("Nippel Innengewinde", "Nippel Außengewinde"),
        ("Rohr Kupfer", "Rohr Edelstahl"),
        ("Schutzart IP 44", "Schutzart IP65"),
    ],
)
def test_attributes_that_contradict(one: str, two: str) -> None:
    assert contradict(traits(one), traits(two))
    assert contradict(traits(two), traits(one))
    assert not same_attributes(traits(one), traits(two))


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Hex bolt M 6 x 20", "Sechskantschraube M6x20"),
        ("pipe 2 m", "pipe 200 cm"),
        ("pipe 15", "pipe 15 mm"),
        ("rod M10 1 m", "rod M10x1000"),
        ("Becken GN1/2", "Becken GN 1/2"),
        ("Ventil verchromt", "valve chrome"),
        ("Ventil ½ Zoll", 'valve 1/2"'),
        ("Kabel 3x1,5 mm²", "cable 3 x 1.5 mm2"),
        ("blauer Handschuh Gr. L", "blue glove, size L"),
        ("hellblaues Tuch", "light blue cloth"),
        ("Ø 12 rod", "rod 12"),
        ("Screws, box of 100", "Screws 100 Stk"),
        ("Men's glove", "Herrenhandschuh"),
    ],
)
def test_attributes_that_are_the_same(one: str, two: str) -> None:
    assert same_attributes(traits(one), traits(two))
    assert not contradict(traits(one), traits(two))


@pytest.mark.parametrize(
    ("less", "more"),
    [("Hex bolt", "Hex bolt M6x20"), ("Glove", "Glove blue L"), ("Hex bolt M6", "Hex bolt M6x20")],
)
def test_saying_less_is_not_contradicting_but_not_the_same(less: str, more: str) -> None:
    assert not contradict(traits(less), traits(more))
    assert not contradict(traits(more), traits(less))
    assert not same_attributes(traits(less), traits(more))


@pytest.mark.parametrize(
    ("text", "pack"),
    [
        ("Screws, VPE 100", "100"),
        ("Screws box of 50", "50"),
        ("100er Pack Screws", "100"),
        ("Screws 200 Stk", "200"),
        ("Screws 25/Karton", "25"),
    ],
)
def test_packs_stand_apart_from_the_figures(text: str, pack: str) -> None:
    assert traits(text).packs == {pack}
    assert traits(text).figures == ()


def test_fractions_are_no_packs() -> None:
    assert traits('Ventil 1/2"').packs == frozenset()


def test_article_numbers_in_a_description_say_nothing() -> None:
    assert traits("K-100 Hex bolt", ["K 100"]) == traits("Hex bolt")


@pytest.mark.parametrize(
    ("said", "name", "at_least"),
    [
        ("Sechskantschr. verz.", "Sechskantschraube verzinkt", 100),
        ("Handschuhe", "Nitrilhandschuh", 100),
        ("Nitril gloove", "Nitrile glove", 100),
        ("safety glasses", "Safety helmet", 50),
    ],
)
def test_words_that_are_alike(said: str, name: str, at_least: float) -> None:
    assert likeness(traits(said), traits(name)) == at_least


@pytest.mark.parametrize(
    ("said", "name"), [("Pumpe 12 V", "Lampe 12 V"), ("Paper towel", "Safety helmet"), ("", "x")]
)
def test_words_that_are_not_alike(said: str, name: str) -> None:
    assert likeness(traits(said), traits(name)) == 0


def test_a_name_covers_its_own_words_in_compounds() -> None:
    name = traits("Nitrilhandschuh blau 2-lagig")
    assert covers(name, traits("Handschuhe blau"))
    assert not covers(name, traits("Handschuhe blau 3-lagig"))
    assert not covers(name, traits("Latex Handschuhe"))


def test_what_is_not_said() -> None:
    figures, marks = unsaid(traits("screw M6 blue"), traits("Screw DIN 933 M6x20 blue, steel zinc"))
    assert [figure.text for figure in figures] == ["din933", "20"]
    assert marks == {"metal": {"zinc"}}
    assert [is_norm(figure) for figure in figures] == [True, False]


@pytest.mark.parametrize(
    ("said", "name", "more"),
    [
        ("Tazzina espresso Alba", "Espressotasse Alba", 0),
        ("gants nitrile bleus", "Nitrilhandschuhe blau", 0),
        ("Nitrilhandschuhe blau steril", "Nitrilhandschuhe blau", 1),
        ("Steakmesser Linea graviert", "Steakmesser Linea", 1),
    ],
)
def test_more_unknown_words_than_stand_for_words_not_said(said: str, name: str, more: int) -> None:
    assert foreign(traits(said), traits(name)) == more


def test_a_size_in_another_order_is_turned() -> None:
    name = traits("Radiator 600 x 1000 mm")
    assert turned(traits("Radiator 1000x600"), name)
    assert not turned(traits("Radiator 600x1000 mm"), name)
    assert not turned(traits("Radiator 1000, 600"), name)


def test_a_size_is_no_pack() -> None:
    assert traits("Folding carton 400 x 300 x 200 mm").packs == frozenset()
    assert traits("Box 30 cm").packs == frozenset()


def test_all_figures_of_a_name_with_several() -> None:
    name = traits("carton 300 x 200")
    assert says_all_figures(traits("300x200 with lid 5"), name)
    assert not says_all_figures(traits("300"), name)
    assert not says_all_figures(traits("300"), traits("carton 300"))


def test_figures_that_are_no_plain_numbers_are_compared_as_text() -> None:
    assert contradict(traits("Teil 10.5.2 mm"), traits("Teil 10.5.3 mm"))
    assert not contradict(traits("Teil 1.2.3 m"), traits("Teil 1.2.3 m"))
