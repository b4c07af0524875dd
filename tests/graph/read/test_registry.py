"""Formats are told by their bytes; what cannot be read says what it is and what helps."""

import io
import zipfile

import pytest

from graph.read import READERS, read_attachment, sniff


def archive(*names: str) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return sink.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64)


@pytest.mark.parametrize(
    ("name", "declared", "content", "form"),
    [
        ("po.doc", "application/msword", b"%PDF-1.7 ...", "pdf"),
        ("po.pdf", "application/octet-stream", b"\n\n%PDF-1.4", "pdf"),
        ("po", "", archive("xl/workbook.xml"), "xlsx"),
        ("po.zip", "", archive("word/document.xml"), "docx"),
        ("po.ods", "", archive("mimetype", "content.xml"), "ods"),
        ("po.xlsx", "", archive("other.txt"), "zip"),
        ("po.xlsx", "", b"PK\x03\x04broken", "xlsx"),
        ("po.zip", "", b"PK\x03\x04broken", "zip"),
        ("po.xls", "", OLE + "Workbook".encode("utf-16-le"), "xls"),
        ("po.xlsx", "", OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        ("po.msg", "", OLE + "__substg1.0_".encode("utf-16-le"), "msg"),
        ("po.doc", "", OLE, "ole"),
        ("po.xls", "application/vnd.ms-excel", b"<html><table><tr><td>1</td></tr>", "html"),
        ("po.pdf", "application/pdf", b"\x89PNG\r\n", "image"),
        ("po.svg", "image/svg+xml", b"<svg/>", "image"),
        ("po.csv", "application/vnd.ms-excel", b"a;b\n1;2\n", "csv"),
        ("po", "text/csv", b"a;b\n1;2\n", "csv"),
        ("po.txt", "text/plain", b"10 x K-100, brass\n5 x K-200, steel\n", "text"),
        ("po.txt", "text/plain", b"K-100;10\nK-200;5\n", "csv"),
        ("po.txt", "text/plain", "Dübel".encode("utf-16"), "text"),
        ("order.xml", "text/xml", b"<?xml version='1.0'?><Order/>", "xml"),
        ("order", "", b"<Order/>", "xml"),
        ("order.edi", "", b"UNA:+.? 'UNB+UNOC:3", "edi"),
        ("smime.p7m", "application/pkcs7-mime", b"\x30\x82\x01", "encrypted"),
        ("winmail.dat", "application/ms-tnef", b"\x78\x9f\x3e\x22...", "tnef"),
        ("po.rtf", "", b"{\\rtf1 hello}", "rtf"),
        ("po.bin", "", bytes(range(256)), "unknown"),
    ],
)
def test_bytes_decide(name: str, declared: str, content: bytes, form: str) -> None:
    assert sniff(name, declared, content) == form


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (archive("word/document.xml"), "is a Word document"),
        (archive("a.pdf"), "is an archive"),
        (b"\x89PNG\r\n....", "is a picture"),
        (b"<?xml version='1.0'?><Order/>", "is an XML file"),
        (OLE, "is an old Office file"),
        (bytes(range(1, 256)), "is in a format that Deskhand does not know"),
        (b"", "is empty"),
        (b" \r\n\x00", "is empty"),
    ],
)
def test_what_cannot_be_read_says_what_it_is(content: bytes, words: str) -> None:
    document = read_attachment("file", "application/octet-stream", content)
    assert document.blocks == ()
    assert document.problem is not None
    assert document.problem.startswith(f"file {words}")
    assert document.problem.endswith(".")


def test_every_format_that_sniffing_finds_is_read_or_explained() -> None:
    for content in (b"%PDF-", archive("xl/workbook.xml"), b"<html>", b"a;b\n1;2\n", b"words", OLE):
        document = read_attachment("x", "", content)
        assert document.blocks or document.problem


def test_a_text_file_keeps_its_spacing() -> None:
    content = b"\nPos  Artikel\n  1  K-100\n"
    (block,) = read_attachment("po.txt", "text/plain", content).blocks
    assert block.text == "Pos  Artikel\n  1  K-100"


def test_an_html_file_called_xls_is_read() -> None:
    content = b"<table><tr><td>K-100</td><td>10</td></tr><tr><td>K-200</td><td>5</td></tr></table>"
    (table,) = read_attachment("export.xls", "application/vnd.ms-excel", content).blocks
    assert table.rows == (("K-100", "10"), ("K-200", "5"))


def test_too_large_a_file_is_not_opened() -> None:
    document = read_attachment("big.txt", "text/plain", b"x" * 40_000_001)
    assert document.problem == "big.txt is larger than 40 MB; ask for the order alone."


def test_each_reader_has_its_format() -> None:
    assert sorted(READERS) == ["csv", "html", "ods", "pdf", "text", "xls", "xlsx"]
