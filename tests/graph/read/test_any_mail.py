"""No bytes make ``read`` raise: real and broken mails, and invented ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.order import Mail
from graph.read import read, read_attachment
from graph.read.html import pieces_of_html
from graph.read.roles import split
from graph.read.text import pieces_of_text

CORPUS = Path(__file__).parents[3] / ".." / "shared" / "data" / "mail"
QUICK = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.skipif(not CORPUS.is_dir(), reason=f"needs the public mails of {CORPUS}")
def test_every_mail_of_the_corpus_is_read() -> None:
    files = [path for path in sorted(CORPUS.rglob("*")) if path.is_file()]
    assert len(files) > 600
    for path in files:
        mail = read(path.read_bytes())
        assert Mail.model_validate_json(mail.model_dump_json()) == mail, path


HEADERS = st.sampled_from(
    [
        b"From",
        b"To",
        b"Subject",
        b"Date",
        b"Message-ID",
        b"Content-Type",
        b"Content-Disposition",
        b"Content-Transfer-Encoding",
        b"Auto-Submitted",
        b"References",
    ]
)
VALUES = st.sampled_from(
    [
        b"multipart/mixed; boundary=b",
        b"multipart/alternative; boundary=b",
        b"message/rfc822",
        b"text/html; charset=utf-7",
        b"text/plain; charset=\xff",
        b"text/plain; format=flowed; charset*=x''%ff",
        b"application/pdf; name*0*=utf-8''%",
        b'attachment; filename="=?x?q?=ff?="',
        b"base64",
        b"x-uuencode",
        b"=?utf-8?b?////?=",
        b"=?utf-8?q?=?=",
        b"Mon, 99 Foo 99999 99:99:99 +9999",
        b"<a@b",
        b"((((",
    ]
) | st.binary(max_size=40)
LINES = st.sampled_from(
    [
        b"",
        b"--b",
        b"--b--",
        b"> quoted",
        b"-- ",
        b"On 1 May 2026 Eve <e@x.example> wrote:",
        b"-----Original Message-----",
        b"From: Eve",
        b"Sent: 10:00",
        b"Subject: x",
        b"<table><tr><td>1<td>2<tr><td>3",
        b"<blockquote><div hidden>",
        b"%PDF-1.4",
        b"PK\x03\x04",
        b"begin 644 x",
    ]
) | st.binary(max_size=60)


@st.composite
def mails(draw: st.DrawFn) -> bytes:
    parts = draw(
        st.lists(
            st.tuples(
                st.lists(st.tuples(HEADERS, VALUES), max_size=5), st.lists(LINES, max_size=8)
            ),
            max_size=4,
        )
    )
    raw = b""
    for headers, lines in parts:
        raw += b"".join(name + b": " + value + b"\n" for name, value in headers)
        raw += b"\n" + b"\n".join(lines) + b"\n--b\n"
    return raw


@given(mails())
@QUICK
def test_invented_mails_are_read(raw: bytes) -> None:
    mail = read(raw)
    assert Mail.model_validate_json(mail.model_dump_json()) == mail


@given(st.binary(max_size=400))
@QUICK
def test_any_bytes_are_read(raw: bytes) -> None:
    read(raw).model_dump_json()


@given(
    st.sampled_from([b"%PDF-1.5\n", b"PK\x03\x04", b"<html>", b"a;b\n", b"\xd0\xcf\x11\xe0", b""]),
    st.binary(max_size=300),
)
@QUICK
def test_any_attachment_is_read_or_explained(head: bytes, rest: bytes) -> None:
    document = read_attachment("file", "", head + rest)
    assert bool(document.blocks) != bool(document.problem)


@given(st.lists(LINES, max_size=20))
@QUICK
def test_taking_a_text_apart_loses_no_line(lines: list[bytes]) -> None:
    pieces = pieces_of_text(b"\n".join(lines).decode("latin-1"))
    parts = split(pieces, "Re: x")
    kept = [*parts.body, *parts.forwarded, *parts.quoted, *parts.signature]
    assert sorted(p.line for p in kept) == sorted(p.line for p in pieces)


@given(st.lists(LINES, max_size=20))
@QUICK
def test_any_markup_is_read(lines: list[bytes]) -> None:
    pieces_of_html(b"".join(lines).decode("latin-1"))
