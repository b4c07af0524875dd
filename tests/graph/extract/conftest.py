"""Mails in short form for the extractor's tests: what a customer wrote, and what it means."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import pytest

from graph.extract import extract
from graph.order import Document, Mail, Order, Table, Text

NOW = datetime(2026, 5, 20, 9, 0, tzinfo=UTC)  # a Wednesday
US = "Nordlicht Haustechnik GmbH"
OWN_DOMAINS = ("nordlicht.example",)


def document(
    content: str | Sequence[Sequence[str]], role: str = "body", name: str = "mail body"
) -> Document:
    """A document of one text, or of one table."""
    if isinstance(content, str):
        block: Text | Table = Text(text=content.strip("\n"))
    else:
        block = Table(rows=tuple(tuple(row) for row in content))
    form = {"body": "text", "attachment": "xlsx"}.get(role, "text")
    return Document(name=name, role=role, format=form, blocks=(block,))  # type: ignore[arg-type]


def mail_of(
    body: str | Document | None, subject: str = "", *documents: Document, **fields: object
) -> Mail:
    """A mail with this body and these further documents."""
    first = [document(body)] if isinstance(body, str) else [body] if body else []
    values: dict[str, object] = {
        "message_id": "<m1@kunde.example>",
        "sender": "einkauf@kunde.example",
        "sender_name": "Eva Einkauf",
        "recipients": ("orders@nordlicht.example",),
        "subject": subject,
        "date": NOW,
        "documents": (*first, *documents),
    }
    return Mail.model_validate(values | fields)


Read = Callable[..., tuple[Order, ...]]


def read(
    body: str | Document | None, subject: str = "", *documents: Document, **fields: object
) -> tuple[Order, ...]:
    """Extract such a mail."""
    mail = mail_of(body, subject, *documents, **fields)
    return extract(mail, company=US, own_domains=OWN_DOMAINS, now=NOW)


@pytest.fixture(name="read")
def _read() -> Read:
    return read


@pytest.fixture(name="document")
def _document() -> Callable[..., Document]:
    return document
