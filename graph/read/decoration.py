"""Parts of a mail that carry no order: logos, tracking dots, signatures, business cards."""

from __future__ import annotations

_SMALL_IMAGE = 20_000
_INLINE_IMAGE = 100_000
_TYPES = {
    "application/ms-tnef",
    "application/pgp-keys",
    "application/pgp-signature",
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
    "text/calendar",
    "text/rfc822-headers",
    "text/vcard",
    "text/x-vcard",
}
_NAMES = (".ics", ".vcf", ".p7s", ".sig", "winmail.dat")
_TNEF_ATTACHMENT = b"\x02\x0f\x80\x06\x00"
"""How an attached file begins inside winmail.dat; without one it holds only formatting."""


def is_decoration(name: str, declared: str, content: bytes, *, inline: bool) -> bool:
    """Whether a part may be left out silently. Photos and scans of orders are larger."""
    if is_image(name, declared):
        return len(content) < (_INLINE_IMAGE if inline else _SMALL_IMAGE)
    if declared in _TYPES or name.lower().endswith(_NAMES):
        return _TNEF_ATTACHMENT not in content
    return False


def is_image(name: str, declared: str) -> bool:
    """Whether a part says it is a picture."""
    extension = name.rpartition(".")[2].lower()
    return declared.startswith("image/") or extension in {"png", "jpg", "jpeg", "gif", "bmp"}
