"""Whole mails: headers, parts, alternatives, attachments."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest

from graph.order import Document, Mail, Table, Text
from graph.read import read
from tests.graph.read import papers

PDF = papers.two_column_list().content
PNG = b"\x89PNG\r\n\x1a\n" + bytes(1000)
DOT = b"GIF89a" + bytes(40)


def message(text: str | None = "Please send 10 x K-100.", **headers: str) -> EmailMessage:
    mail = EmailMessage()
    fields = {"From": "Eve Example <Eve@Customer.Example>", "Subject": "Order 4711"} | headers
    for name, value in fields.items():
        mail[name.replace("_", "-")] = value
    if text is not None:
        mail.set_content(text)
    return mail


def body(mail: Mail) -> str:
    return "\n".join(document.text for document in mail.of_role("body"))


def names(mail: Mail) -> list[str]:
    return [document.name for document in mail.documents]


# --- headers ----------------------------------------------------------------------


def test_headers_are_decoded() -> None:
    mail = read(
        b"From: =?utf-8?q?J=C3=BCrgen_M=C3=BCller?= <J.Mueller@Kunde.Example>\r\n"
        b"Reply-To: <Einkauf@Kunde.Example>\r\n"
        b'To: "Desk, Order" <desk@x.example>, b@x.example\r\nCc: C <c@x.example>\r\n'
        b"Subject: =?iso-8859-1?b?QmVzdGVsbHVuZyD8YmVy?=\r\n =?utf-8?q?_10_St=C3=BCck?=\r\n"
        b"Message-ID: <1@kunde.example>\r\nIn-Reply-To: <0@x.example>\r\n"
        b"References: <a@x.example>\r\n <0@x.example>\r\n"
        b"Date: Mon, 4 May 2026 10:00:00 +0200\r\n\r\nhello"
    )
    assert (mail.sender, mail.sender_name) == ("j.mueller@kunde.example", "Jürgen Müller")
    assert mail.reply_to == "einkauf@kunde.example"
    assert mail.recipients == ("desk@x.example", "b@x.example", "c@x.example")
    assert mail.subject == "Bestellung über 10 Stück"
    assert mail.message_id == "<1@kunde.example>"
    assert mail.in_reply_to == "<0@x.example>"
    assert mail.references == ("<a@x.example>", "<0@x.example>")
    assert mail.date == datetime(2026, 5, 4, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("field", "sender", "name"),
    [
        (b"eve@x.example", "eve@x.example", ""),
        (b"<EVE@X.example>", "eve@x.example", ""),
        (b"Example, Eve <eve@x.example>", "eve@x.example", "Example, Eve"),
        (b'"boss@bank.example" <eve@x.example>', "eve@x.example", "boss@bank.example"),
        (b"eve@x.example (Eve Example)", "eve@x.example", "Eve Example"),
        (b"a@x.example, b@x.example", "a@x.example", ""),
        (b"J\xfcrgen <j@x.example>", "j@x.example", "Jürgen"),
        ("Jürgen <j@x.example>".encode(), "j@x.example", "Jürgen"),
        (b"=?utf-8?q?Eve_=3Ceve=40x=2Eexample=3E?=", "eve@x.example", "Eve"),
        (b"nobody", "", "nobody"),
        (b"", "", ""),
    ],
)
def test_senders_are_read_leniently(field: bytes, sender: str, name: str) -> None:
    mail = read(b"From: " + field + b"\r\n\r\nhello")
    assert (mail.sender, mail.sender_name) == (sender, name)


@pytest.mark.parametrize(
    ("field", "moment"),
    [
        ("Mon, 4 May 2026 10:00:00", datetime(2026, 5, 4, 10, 0, tzinfo=UTC)),
        ("Mon, 4 May 2026 10:00:00 -0000", datetime(2026, 5, 4, 10, 0, tzinfo=UTC)),
        ("4 May 2026 10:00 CEST", None),
        ("yesterday", None),
        ("Mon, 40 May 2026 10:00:00 +0200", None),
        ("Mon, 1 Jan 0001 00:00:00 +1400", None),
        ("Mon, 4 May 2026 10:00:00 +9999999999", None),
        ("", None),
    ],
)
def test_dates_are_aware_or_none(field: str, moment: datetime | None) -> None:
    found = read(f"Date: {field}\r\n\r\nhello".encode()).date
    if moment:
        assert found == moment
    assert found is None or found.tzinfo


def test_headers_hold_no_line_ends_and_no_nul() -> None:
    mail = read(b"Subject: Order\x00 4711\r\n\tsecond =?utf-8?q?line=0D=0ABcc:_x?=\r\n\r\nhello")
    assert mail.subject == "Order 4711 second line Bcc: x"


@pytest.mark.parametrize(
    ("field", "automatic"),
    [
        ("Auto-Submitted: auto-replied", True),
        ("Auto-Submitted: no", False),
        ("Auto-Submitted: auto-generated", False),
        ("Auto-Submitted: auto-generated\r\nSubject: Automatische Antwort: Bestellung", True),
        ("X-Auto-Response-Suppress: All", False),
        ("X-Auto-Response-Suppress: All\r\nSubject: Out of Office: order", True),
        ("Precedence: bulk", True),
        ("List-Unsubscribe: <mailto:x@x.example>", True),
        ("List-Id: <x.example>", True),
        ("From: MAILER-DAEMON@x.example", True),
        ("Return-Path: <>", True),
        ("Content-Type: multipart/report; boundary=x", True),
        ("Subject: Order", False),
    ],
)
def test_machines_are_told_from_people(field: str, automatic: bool) -> None:
    assert read(f"{field}\r\n\r\nhello".encode()).automatic is automatic


# --- bodies -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("declared", "real"),
    [
        ("utf-8", "utf-8"),
        ("iso-8859-1", "utf-8"),
        ("us-ascii", "utf-8"),
        ("us-ascii", "cp1252"),
        ("utf-8", "cp1252"),
        ("no-such-charset", "cp1252"),
        ("iso-8859-15", "iso-8859-15"),
        ("utf-16", "utf-16"),
        ("iso-2022-jp", "utf-8"),
    ],
)
def test_the_charset_is_believed_only_where_it_fits(declared: str, real: str) -> None:
    head = f"Content-Type: text/plain; charset={declared}\r\n\r\n".encode()
    assert body(read(head + "10 Stück für Köln".encode(real))) == "10 Stück für Köln"


def test_broken_encodings_keep_what_can_be_read() -> None:
    mail = read(b"Content-Transfer-Encoding: base64\r\n\r\n!!! not base64")
    assert mail.documents is not None
    mail = read(b"Content-Transfer-Encoding: quoted-printable\r\n\r\n10 x K=2D100 =ZZ")
    assert body(mail).startswith("10 x K-100")


def test_plain_text_wins_over_html_without_a_table() -> None:
    mail = message("10 x K-100")
    mail.add_alternative("<p>10 x K-100 in <b>HTML</b></p>", subtype="html")
    assert body(read(mail.as_bytes())) == "10 x K-100"


def test_html_with_a_table_wins() -> None:
    mail = message("K-100 10 K-200 5")
    mail.add_alternative(
        "<table><tr><td>K-100</td><td>10</td></tr><tr><td>K-200</td><td>5</td></tr></table>",
        subtype="html",
    )
    (document,) = read(mail.as_bytes()).documents
    assert document.format == "html"
    assert document.blocks == (Table(rows=(("K-100", "10"), ("K-200", "5"))),)


def test_html_wins_where_the_plain_text_ran_its_lines_together() -> None:
    mail = message("Hello,100 pcs K-240 grit P24040 pcs K-52 mask")
    mail.add_alternative(
        "<p>Hello,</p><ul><li>100 pcs K-240 grit P240</li><li>40 pcs K-52 mask</li></ul><p>Eve</p>",
        subtype="html",
    )
    assert "grit P240\n- 40 pcs" in body(read(mail.as_bytes()))


@pytest.mark.parametrize(
    "stub", ["", " \n", "Please view this message in HTML.", "Dies ist eine HTML-Nachricht."]
)
def test_html_stands_in_for_a_stub(stub: str) -> None:
    mail = message(stub)
    mail.add_alternative("<p>10 x K-100</p>", subtype="html")
    assert body(read(mail.as_bytes())) == "10 x K-100"


def test_flowed_text_is_joined() -> None:
    raw = b"Content-Type: text/plain; format=flowed\r\n\r\nsend ten \r\nvalves\r\n"
    assert body(read(raw)) == "send ten valves"


def test_body_signature_and_attachment_are_documents_in_this_order() -> None:
    mail = message("See attachment.\n\nBest regards\nEve")
    mail.add_attachment(PDF, maintype="application", subtype="pdf", filename="Bestellung ä.pdf")
    found = read(mail.as_bytes())
    assert names(found) == ["mail body", "signature", "Bestellung ä.pdf"]
    assert [d.role for d in found.documents] == ["body", "signature", "attachment"]
    assert found.documents[2].where(found.documents[2].blocks[-1]) == "Bestellung ä.pdf, page 1"


# --- attachments ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ('attachment; filename="po.csv"', "po.csv"),
        ('attachment; filename="=?utf-8?q?Bestell=C3=BCng.csv?="', "Bestellüng.csv"),
        ("attachment; filename*=utf-8''Bestell%C3%BCng.csv", "Bestellüng.csv"),
        ("attachment; filename*0=Bestel; filename*1=lung.csv", "Bestellung.csv"),
        ('attachment; filename="../../etc/po.csv"', "po.csv"),
        ('attachment; filename="C:\\\\orders\\\\po.csv"', "po.csv"),
        ("attachment", "attachment 1"),
        ('inline; filename="po.csv"', "po.csv"),
    ],
)
def test_file_names_are_decoded(disposition: str, name: str) -> None:
    raw = f"Content-Type: text/csv\r\nContent-Disposition: {disposition}\r\n\r\na;b\r\n1;2\r\n"
    (document,) = read(raw.encode()).documents
    assert (document.name, document.role, document.format) == (name, "attachment", "csv")


def test_the_reader_of_attachments_can_be_given() -> None:
    asked: list[tuple[str, str, bytes]] = []

    def attachment(name: str, declared: str, content: bytes) -> Document:
        asked.append((name, declared, content))
        return Document(name=name, role="attachment", format="x")

    mail = message()
    mail.add_attachment(b"abc", maintype="application", subtype="zip", filename="a.zip")
    assert read(mail.as_bytes(), attachment).documents[-1].format == "x"
    assert asked == [("a.zip", "application/zip", b"abc")]


@pytest.mark.parametrize(
    ("content", "kind", "name"),
    [
        (PNG, "image/png", "logo.png"),
        (b"BEGIN:VCALENDAR", "text/calendar", "invite.ics"),
        (b"BEGIN:VCARD", "text/vcard", "eve.vcf"),
        (b"0\x82", "application/pkcs7-signature", "smime.p7s"),
        (b"\x78\x9f\x3e\x22 only formatting", "application/ms-tnef", "winmail.dat"),
    ],
)
def test_decoration_is_left_out(content: bytes, kind: str, name: str) -> None:
    mail = message()
    maintype, subtype = kind.split("/")
    mail.add_attachment(content, maintype=maintype, subtype=subtype, filename=name)
    assert names(read(mail.as_bytes())) == ["mail body"]


def test_files_inside_winmail_dat_are_a_problem() -> None:
    mail = message()
    content = b"\x78\x9f\x3e\x22 ... \x02\x0f\x80\x06\x00 ..."
    mail.add_attachment(content, maintype="application", subtype="ms-tnef", filename="winmail.dat")
    assert "with files inside" in (read(mail.as_bytes()).documents[-1].problem or "")


def test_a_large_picture_is_a_problem() -> None:
    mail = message()
    mail.add_attachment(PNG * 50, maintype="image", subtype="png", filename="order.png")
    assert "is a picture" in (read(mail.as_bytes()).documents[-1].problem or "")


def test_a_picture_counts_where_nothing_else_is_said() -> None:
    mail = message(" ")
    mail.add_attachment(PNG * 10, maintype="image", subtype="png", filename="order.png")
    mail.add_attachment(DOT, maintype="image", subtype="gif", filename="dot.gif")
    assert names(read(mail.as_bytes())) == ["order.png"]
    mail = message("10 x K-100")
    mail.add_attachment(PNG * 10, maintype="image", subtype="png", filename="order.png")
    assert names(read(mail.as_bytes())) == ["mail body"]


def test_an_attached_mail_is_forwarded_with_its_files() -> None:
    inner = message("10 x K-100\n\nRegards\nEve", Date="Mon, 4 May 2026 10:00:00 +0000")
    inner.add_attachment(PDF, maintype="application", subtype="pdf", filename="po.pdf")
    outer = message("see below", From="colleague@desk.example")
    outer.add_attachment(inner)
    found = read(outer.as_bytes())
    assert [(d.name, d.role) for d in found.documents] == [
        ("mail body", "body"),
        ("forwarded mail", "forwarded"),
        ("po.pdf", "attachment"),
    ]
    words = found.documents[1].text
    assert words.startswith("From: Eve Example <Eve@Customer.Example>\nDate: Mon, 04 May 2026")
    assert words.endswith("\n10 x K-100\n\nRegards\nEve")


def test_an_eml_file_is_an_attached_mail() -> None:
    outer = message("see below")
    outer.add_attachment(
        message("10 x K-100").as_bytes(),
        maintype="application",
        subtype="octet-stream",
        filename="order.eml",
    )
    assert "10 x K-100" in read(outer.as_bytes()).of_role("forwarded")[0].text


def test_what_a_bounce_returns_is_quoted() -> None:
    raw = (
        b"From: MAILER-DAEMON@x.example\r\nContent-Type: multipart/report; boundary=b\r\n\r\n"
        b"--b\r\n\r\nundeliverable\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        b"Status: 5.0.0\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n"
        b"Subject: Order\r\n\r\n10 x K-100\r\n--b--\r\n"
    )
    found = read(raw)
    assert found.automatic
    assert [d.role for d in found.documents] == ["body", "quoted"]


def test_more_attachments_than_anyone_sends_are_not_opened() -> None:
    mail = message()
    for number in range(102):
        mail.add_attachment(b"a;b", maintype="text", subtype="csv", filename=f"{number}.csv")
    problems = [d.problem for d in read(mail.as_bytes()).documents if d.problem]
    assert len(problems) == 2
    assert "more than 100 attachments" in problems[0]


# --- broken mail ------------------------------------------------------------------


def nested(depth: int) -> bytes:
    heads = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
        for n in range(depth)
    )
    return heads + b"\r\n10 x K-100\r\n"


@pytest.mark.parametrize("depth", [5, 50, 2000])
def test_nesting_without_end_is_a_problem_and_no_crash(depth: int) -> None:
    mail = read(b"Subject: Order\r\n" + nested(depth))
    assert mail.subject == "Order"
    if depth > 12:
        assert "nested too deeply" in (mail.documents[0].problem or "")
    else:
        assert body(mail) == "10 x K-100"


def test_half_a_mail_keeps_its_words() -> None:
    mail = message("10 x K-100")
    mail.add_attachment(PDF, maintype="application", subtype="pdf", filename="po.pdf")
    raw = mail.as_bytes()
    found = read(raw[: len(raw) // 2])
    assert body(found) == "10 x K-100"
    assert found.documents[-1].name == "po.pdf"


@pytest.mark.parametrize("raw", [b"", b"\n", b"\x00" * 100, b"\xff\xfe", b"From nobody\n\nhi"])
def test_next_to_nothing_is_a_mail_too(raw: bytes) -> None:
    read(raw).model_dump_json()


def test_a_mail_in_plain_text_takes_less_than_three_milliseconds() -> None:
    lines = "\n".join(f"{n}  K-{n:04}  Ball valve size {n}   10 pcs   4.50" for n in range(40))
    raw = message(
        f"{lines}\n\nBest regards\nEve Example\nTel. 040 0000", To="d@x.example"
    ).as_bytes()
    read(raw)
    fastest = min(timed(raw) for _ in range(10))
    assert fastest < 0.003


@pytest.mark.parametrize(
    "raw",
    [
        b"\n" * 900_000,
        b"\n\n" + b"<a@" * 300_000,
        b"From: " + b"a" * 500_000 + b"\n\nx",
        b"From: " + b"=?a?q?" * 50_000 + b"\n\nx",
        b"\n\n" + b"On 1 May 2026 10:00 <a@x.example>:\n\n" * 20_000,
        b"Content-Type: text/html\n\n<style>" + b"@/*.a" * 100_000 + b"</style>",
        b"Content-Type: text/html\n\n" + b"<td><b>1" * 20_000,
    ],
)
def test_no_text_takes_long(raw: bytes) -> None:
    assert timed(raw) < 15


def timed(raw: bytes) -> float:
    start = time.process_time()
    read(raw)
    return time.process_time() - start


def test_text_blocks_of_the_body_keep_their_spacing() -> None:
    text = "Pos  Artikel\n  1  K-100"
    assert read(message(text).as_bytes()).documents[0].blocks == (Text(text=text),)
