"""Units of measure: every word customers use, and the one word Deskhand uses for it."""

from __future__ import annotations

import re

_COUNTED = {
    "pcs": "pcs pc pce pces piece pieces ea each st stk stck stück stueck stücke stücken stuck "
    "unit units un nos c62 h87 pièce pièces stuks pieza piezas pza pzas unidad unidades "
    "ud uds pezzo pezzi pz unité unités exemplar exemplare item items",
    "box": "box boxes bx kiste kisten schachtel schachteln boxen boîte boîtes boite boites doos "
    "caja cajas scatola scatole kistje",
    "carton": "carton cartons ctn ctns karton kartons kart krt kt ct car umkarton umkartons "
    "cartone cartoni "
    "case cases cs kar caisse caisses",
    "pack": "ream reams ries ramette ramettes resma risma pack packs pk pkg pkgs pkt pkts "
    "packet packets package packages packung "
    "packungen pckg pak "
    "paket pakete paquet paquets pakken pakket pakketten paquete paquetes confezione "
    "confezioni conf vpe "
    "ve vp verpackungseinheit verpackungseinheiten gebinde geb päckchen packen",
    "dozen": "dozen dozens doz dz dzn dutzend dtz douzaine douzaines dozijn docena docenas "
    "dozzina dozzine",
    "pair": "pair pairs pr prs paar paare paire paires par pares paio paia",
    "set": "set sets kit kits satz sätze saetze garnitur garnituren jeu jeux juego juegos",
    "roll": "rlx rlls roll rolls rl rol ro rolle rollen rouleau rouleaux rollo rollos rotolo "
    "rotoli rollen",
    "coil": "coil coils ring ringe spule spulen reel reels trommel trommeln bobine",
    "pallet": "pallet pallets plt pal palette paletten europalette europaletten palettes "
    "pallets palé "
    "palets bancale bancali skid skids",
    "bag": "bag bags bg beutel sack säcke saecke sac sacs zak zakken bolsa bolsas sacco "
    "sacchi tüte tüten",
    "bottle": "bottle bottles btl fl flasche flaschen bouteille bouteilles fles flessen "
    "botella botellas "
    "bottiglia bottiglie",
    "can": "can cans dose dosen tin tins blik blikken lata latas lattina canister canisters "
    "jerrycan jerrycans kanister bidon bidons jerrican",
    "bucket": "bucket buckets pail pails eimer seau seaux emmer emmers cubo",
    "canister": "canister canisters jerrycan jerrycans kanister kan kn bidon bidons",
    "drum": "drum drums barrel barrels fass fässer faß fût fûts vat bidón",
    "tube": "tube tubes tuben kartusche kartuschen cartridge cartridges",
    "sheet": "sheet sheets blatt bogen tafel tafeln platte platten feuille feuilles",
    "bundle": "bundle bundles bund bunde bündel bdl ",
    "bar": "stange stangen stg bar bars rod rods",
    "gross": "gross gros",
    "hundred": "hundert hundred cen cent",
    "thousand": "tsd tausend thousand mil mille",
}
_MEASURED = {
    "m": "m mtr meter metres metre meters lfm lfdm lm mètre mètres metro metros metri",
    "cm": "cm",
    "mm": "mm",
    "m2": "m2 m² qm sqm mtk",
    "m3": "m3 m³ cbm mtq",
    "ft": "ft feet foot",
    "kg": "kg kgs kgm kilo kilos kilogram kilograms kilogramm",
    "g": "g gr gram grams gramm grm",
    "t": "t to tonne tonnen tonnes tons ton tne",
    "lb": "lb lbs pound pounds",
    "l": "l ltr lt liter litre liters litres litro litros litri",
    "ml": "ml",
    "gal": "gal gallon gallons",
    "hour": "h hr hrs hour hours std stunde stunden hur",
}
UNIT_WORDS: dict[str, str] = {
    word: canonical
    for table in (_COUNTED, _MEASURED)
    for canonical, words in table.items()
    for word in words.split()
}
"""Unit word (casefolded, without a final dot) -> canonical unit. Match uses this table too."""
COUNTED_UNITS = frozenset(_COUNTED)
"""Units that count things; the others measure and may just describe a product."""


def canonical_unit(word: str) -> str | None:
    """The canonical unit for a word such as ``Stk.``, or None where it is no unit."""
    return UNIT_WORDS.get(word.strip().strip(".,:;()").casefold())


_MISLEADING = frozenset(
    [
        "to",
        "vat",
        "bar",
        "bars",
        "cent",
        "cen",
        "mil",
        "mille",
        "item",
        "items",
        "car",
        "conf",
        "can",
        "ton",
        "due",
        "ct",
        "no",
        "un",
        "us",
        "h",
    ]
)
"""Good units in a column of units, but something else in a sentence (``16 bar``, ``5 to 10``)."""


def _pattern(units: dict[str, str], *, longer_than: int) -> str:
    words = {w for text in units.values() for w in text.split() if len(w) > longer_than}
    words -= _MISLEADING
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


COUNTED = rf"(?:{_pattern(_COUNTED, longer_than=1)})(?![\w²³])\.?"
"""A counting unit in running text."""
MEASURED = rf"(?:{_pattern(_MEASURED, longer_than=0)})(?![\w²³])\.?"
"""A measuring unit in running text."""
ANY_UNIT = rf"(?:{COUNTED}|{MEASURED})"
"""Either of them."""
