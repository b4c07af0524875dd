"""What a reader of an HTML mail cannot see: hidden, tiny, faint or moved out of sight."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

_HIDING = re.compile(
    r"display:none|visibility:hidden|font-size:0*[01]?(?:\.\d+)?(?:px|pt|em|%)?(?:;|!|$)"
    r"|opacity:0?(?:\.0+)?(?:;|!|$)|max-height:0(?!\.)|text-indent:-\d{3,}|(?:left|top):-\d{3,}"
)
_STRUCK = re.compile(r"text-decoration(?:-line)?:[^;]*line-through")
_COLOR = re.compile(r"(?:^|;)color:([^;!]+)")
_BACKGROUND = re.compile(r"(?:^|;)background(?:-color)?:([^;!]+)")
_NAMES = {"white": (255, 255, 255), "black": (0, 0, 0), "red": (255, 0, 0), "blue": (0, 0, 255)}
_HEX = re.compile(r"#?([0-9a-f]{6}|[0-9a-f]{3})")
_RGB = re.compile(r"rgba?\((\d+)[, ]+(\d+)[, ]+(\d+)")
_REMARK = re.compile(r"/\*.*?\*/", re.DOTALL)
_SCREENS = re.compile(r"@[^@{;]*+\{(?:[^{}]*+\{[^{}]*+\})*+[^{}]*+\}")
_LONGEST_SHEET = 30_000
_CLASS = re.compile(r"(?:^|,)\s*\w*\.([\w-]+)\s*(?=,|$)")
_FAINT = 16
"""Colours closer to each other than this (of 255, in every channel) cannot be told apart."""

Color = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Paint:
    """The colours in force. ``None`` means not known: nothing is hidden by it."""

    color: Color | None = None
    background: Color | None = (255, 255, 255)

    @property
    def invisible(self) -> bool:
        if self.color is None or self.background is None:
            return False
        return all(abs(a - b) < _FAINT for a, b in zip(self.color, self.background, strict=True))

    def within(self, attributes: Mapping[str, str]) -> Paint:
        """The colours inside an element with these attributes."""
        style = _style(attributes)
        color = _COLOR.search(style)
        background = _BACKGROUND.search(style)
        paint = self
        if color or "color" in attributes:
            paint = replace(paint, color=_color(color[1] if color else attributes["color"]))
        if background or "bgcolor" in attributes or "background" in attributes:
            shade = background[1] if background else attributes.get("bgcolor", "")
            paint = replace(paint, background=_color(shade))
        return paint


def hides(attributes: Mapping[str, str]) -> bool:
    """Whether an element with these attributes is out of sight with all it holds."""
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or bool(_HIDING.search(_style(attributes)))
    )


def hidden_classes(sheet: str) -> frozenset[str]:
    """The classes that a style sheet hides everywhere; rules for some screens do not count."""
    plain = _SCREENS.sub("", _REMARK.sub("", sheet[:_LONGEST_SHEET]))
    rules = (rule.partition("{") for rule in plain.split("}"))
    return frozenset(
        name
        for selectors, _, style in rules
        if hides({"style": style})
        for name in _CLASS.findall(selectors)
    )


def strikes(attributes: Mapping[str, str]) -> bool:
    """Whether the words of an element are struck through, and so no longer said."""
    return bool(_STRUCK.search(attributes.get("style", "").lower().replace(" ", "")))


def _style(attributes: Mapping[str, str]) -> str:
    return attributes.get("style", "").lower().replace(" ", "").replace("\n", "")


def _color(text: str) -> Color | None:
    text = text.strip().lower()
    if text in _NAMES:
        return _NAMES[text]
    if rgb := _RGB.match(text):
        return int(rgb[1]), int(rgb[2]), int(rgb[3])
    if not (found := _HEX.fullmatch(text)):
        return None
    digits = found[1] if len(found[1]) == 6 else "".join(c * 2 for c in found[1])
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
