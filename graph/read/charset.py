"""Bytes -> text: the declared charset is tried and distrusted, and no byte raises."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OFTEN_WRONG = {"ascii", "iso8859-1", "cp1252"}
_NOT_A_CHARSET = {"unicode_escape", "raw_unicode_escape", "idna", "punycode", "undefined"}
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff\ufffe\uffff\ud800-\udfff]"
)
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_WIDE_SPACE = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")


def decode(content: bytes, declared: str | None = None) -> str:
    """Decode text in its declared charset, or in the one its bytes speak for, and clean it."""
    return clean(decode_exactly(content, declared))


def decode_exactly(content: bytes, declared: str | None = None) -> str:
    """Decode like ``decode``, but leave line ends and unseen characters as they are."""
    for charset in _candidates(content, declared):
        try:
            return content.decode(charset)
        except (LookupError, ValueError):
            continue
    return content.decode("cp1252", "replace")


def clean(text: str) -> str:
    """Unify line ends and spaces, and drop what nobody can see (NUL, zero-width, surrogates)."""
    text = _LINE_END.sub("\n", text)
    return _WIDE_SPACE.sub(" ", _UNSEEN.sub("", text))


def _candidates(content: bytes, declared: str | None) -> list[str]:
    for bom, charset in _BOMS:
        if content.startswith(bom):
            return [charset]
    name = _known(declared)
    if name and name not in _OFTEN_WRONG:
        return [name, "utf-8"]
    return [*_utf16_by_nulls(content), "utf-8", "cp1252"]


def _known(declared: str | None) -> str | None:
    """The codec's own name; None where there is no such charset."""
    try:
        name = codecs.lookup(declared or "").name
    except (LookupError, ValueError):
        return None
    return None if name in _NOT_A_CHARSET else name


def _utf16_by_nulls(content: bytes) -> list[str]:
    """UTF-16 without its mark shows as a NUL in every other byte."""
    head = content[:400]
    half = len(head) // 2
    if half < 2 or head.count(0) < half * 0.7:
        return []
    return ["utf-16-be" if head[::2].count(0) > head[1::2].count(0) else "utf-16-le"]
