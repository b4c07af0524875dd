"""Attributes of products in words: colour, side, size, metal and so on, across languages."""

from __future__ import annotations

_WORDS = {
    "colour": {
        "blue": "blue blau bleu blauw azul blu",
        "red": "red rot rouge rood rojo rosso",
        "green": "green gruen vert groen verde",
        "yellow": "yellow gelb jaune geel amarillo giallo",
        "black": "black schwarz noir zwart negro nero",
        "white": "white weiss blanc wit blanco bianco",
        "grey": "grey gray grau gris grijs grigio",
        "brown": "brown braun brun bruin marron marrone",
        "orange": "orange oranje arancione",
        "purple": "purple violet violett lila",
        "pink": "pink rosa",
        "beige": "beige",
        "silver": "silver silber argent",
        "gold": "gold golden",
        "chrome": "chrome chrom verchromt chromed cromato cromado",
        "clear": "transparent clear klar farblos colourless colorless",
    },
    "shade": {"light": "light hell clair licht", "dark": "dark dunkel fonce donker"},
    "side": {
        "left": "left links linke linker linkes gauche izquierdo sinistro",
        "right": "right rechts rechte rechter rechtes droite derecho destro",
    },
    "end": {
        "top": "top oben obere oberer upper",
        "bottom": "bottom unten untere unterer lower",
        "front": "front vorn vorne vordere vorderer",
        "rear": "rear hinten hintere hinterer",
    },
    "gender": {
        "male": "male aussengewinde ag",
        "female": "female innengewinde ig",
    },
    "heat": {"hot": "hot warm heiss chaud", "cold": "cold kalt froid"},
    "metal": {
        "brass": "brass messing laiton ottone",
        "copper": "copper kupfer cuivre rame koper",
        "stainless": "stainless edelstahl inox v2a v4a rvs inoxydable inossidabile",
        "zinc": "zinc zinced galvanised galvanized galv verzinkt verz zingue zincato cincado",
        "aluminium": "aluminium aluminum alu",
        "plastic": "plastic kunststoff plastique",
    },
    "without": {"without": "without ohne sans zonder"},
    "size": {
        "XXS": "xxs 2xs",
        "XS": "xs",
        "S": "s small",
        "M": "m medium",
        "L": "l large",
        "XL": "xl",
        "XXL": "xxl 2xl",
        "XXXL": "xxxl 3xl",
        "XXXXL": "xxxxl 4xl",
    },
}
_INFLECTIONS = ("", "e", "er", "es", "en", "em", "s")
_INFLECTED = ("colour", "metal")
MARK_OF = {
    word + ending: (kind, value)
    for kind, values in _WORDS.items()
    for value, words in values.items()
    for word in words.split()
    for ending in (_INFLECTIONS if kind in _INFLECTED else ("",))
}
"""What a folded word says: ``blaues`` is ``("colour", "blue")``."""
COLOURS = tuple(word for words in _WORDS["colour"].values() for word in words.split())


def spelt(word: str) -> str:
    """The one spelling of a word that is an attribute: ``verzinkt`` is ``zinc``; else itself."""
    kind, value = MARK_OF.get(word, ("size", ""))
    return word if kind == "size" else value
