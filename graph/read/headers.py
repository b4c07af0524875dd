"""Header fields -> clean values. No field, however broken, raises."""

from __future__ import annotations

import binascii
import re
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from itertools import groupby

from graph.read import phrases
from graph.read.charset import clean, decode, decode_exactly

TOO_LARGE = "X-Deskhand-Too-Large"
"""The mailbox writes it on a stand-in for a mail it did not fetch; its value is the size."""

_WORD = re.compile(r"=\?([^?*\s]+)(?:\*[^?]*)?\?([bq])\?([^?]*)\?=", re.IGNORECASE)
_RUN = re.compile(r"=\?[^?\s]+\?[bq]\?[^?]*\?=(?:\s*=\?[^?\s]+\?[bq]\?[^?]*\?=)*", re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s<>()\[\]\"',;:]{1,100}@[^\s<>()\[\]\"',;:]{1,255}")
_ANGLE = re.compile(r"<\s*([^\s<>]{1,100}@[^\s<>]{1,255})\s*>")
_ASIDE = re.compile(r'"(?:[^"\\]|\\.)*"|\([^()]*\)')
_ID = re.compile(r"<[^<>\s]+>")
_BULK = {"bulk", "junk", "list", "auto_reply", "auto-reply"}
_DAEMON = re.compile(r"(?:mailer-daemon|postmaster)@")


def field(message: Message, name: str) -> str:
    """The first field of that name, decoded, on one line; empty where there is none."""
    return " ".join(decode_words(raw_field(message, name)).split())


def raw_field(message: Message, name: str) -> str:
    """The first field of that name as text, its encoded words left as they are."""
    for key, value in message.raw_items():
        if key.lower() == name.lower():
            return decode_exactly(str(value).encode("utf-8", "surrogateescape"))
    return ""


def decode_words(text: str) -> str:
    """Decode RFC 2047 words; neighbours of one charset are joined first."""
    return clean(_RUN.sub(_decode_run, text))


def _decode_run(run: re.Match[str]) -> str:
    words = groupby(_WORD.findall(run[0]), key=lambda word: word[0].lower())
    return "".join(
        decode(b"".join(_word_bytes(kind, words) for _, kind, words in group), charset)
        for charset, group in words
    )


def _word_bytes(kind: str, words: str) -> bytes:
    content = words.encode("utf-8", "replace")
    if kind in "qQ":
        return binascii.a2b_qp(content, header=True)
    try:
        return binascii.a2b_base64(content + b"===")
    except binascii.Error:
        return content


def addresses(message: Message, *names: str) -> tuple[str, ...]:
    """All mail addresses of the fields, in lower case, each once."""
    found: dict[str, None] = {}
    for name in names:
        text = raw_field(message, name)
        bare = _ASIDE.sub(" ", text)
        for address in _ADDRESS.findall(bare) or _ADDRESS.findall(decode_words(text)):
            found[clean(address).lower()] = None
    return tuple(found)


def sender(message: Message) -> tuple[str, str]:
    """Address (lower case) and display name of who sent the message."""
    for name in ("From", "Sender", "Return-Path"):
        text = raw_field(message, name)
        angle = _ANGLE.search(_ASIDE.sub(" ", text)) or _ANGLE.search(decode_words(text))
        bare = addresses(message, name)
        if angle or bare:
            address = clean(angle[1]).lower() if angle else bare[0]
            return address, _display_name(text)
    return "", _display_name(raw_field(message, "From"))


def _display_name(text: str) -> str:
    plain = text if "<" in text else decode_words(text)
    before = plain.partition("<")[0] if "<" in plain else _ADDRESS.sub("", plain)
    return " ".join(decode_words(before).split()).strip("\"'(), ")


def sent_at(message: Message) -> datetime | None:
    """The date of the message; UTC where the field names no zone, None where it is unusable."""
    try:
        moment = parsedate_to_datetime(field(message, "Date"))
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        aware.astimezone(UTC)
    except (TypeError, ValueError, OverflowError, IndexError):
        return None
    return aware


def message_ids(message: Message, name: str) -> tuple[str, ...]:
    """The message ids a field lists, with their angle brackets."""
    return tuple(_ID.findall(field(message, name)))


def is_automatic(message: Message) -> bool:
    """Whether an out-of-office assistant, a mail server or a list sent this.

    ``Auto-Submitted: auto-generated`` alone does not count: ERP systems send real
    purchase orders with it.
    """
    subject = phrases.AUTOMATIC_SUBJECT.match(field(message, "Subject"))
    submitted = field(message, "Auto-Submitted").lower()
    suppressed = field(message, "X-Auto-Response-Suppress") or submitted.startswith("auto-")
    return bool(
        submitted.startswith(("auto-replied", "auto-notified"))
        or (subject and suppressed)
        or field(message, "Precedence").lower() in _BULK
        or any(field(message, name) for name in ("List-Id", "List-Unsubscribe"))
        or any(field(message, name) for name in ("X-Autoreply", "X-Autorespond"))
        or message.get_content_type() == "multipart/report"
        or _DAEMON.match(sender(message)[0])
        or field(message, "Return-Path") == "<>"
    )
