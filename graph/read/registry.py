"""Which reader reads which format: bytes are sniffed, names and declared types distrusted.

To add a format: write ``read_<format>`` in a file of its own, tell ``sniff`` how its
bytes begin, and enter it in ``READERS``.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping

from graph.order import Block, Document, Text
from graph.read.charset import decode
from graph.read.csv import looks_like_csv, read_csv
from graph.read.html import read_html
from graph.read.limits import MAX_BYTES, MAX_CHARACTERS, UnreadableError
from graph.read.pdf import read_pdf
from graph.read.xlsx import read_xlsx

Reader = Callable[[bytes], tuple[Block, ...]]


def read_text(content: bytes) -> tuple[Block, ...]:
    """Read an attached text file, its spacing kept."""
    text = decode(content).strip("\n")
    if len(text) > MAX_CHARACTERS:
        raise UnreadableError("is too long to be an order; ask the sender for the order alone")
    return (Text(text=text),) if text.strip() else ()


READERS: Mapping[str, Reader] = {
    "csv": read_csv,
    "html": read_html,
    "ods": read_xlsx,
    "pdf": read_pdf,
    "text": read_text,
    "xls": read_xlsx,
    "xlsx": read_xlsx,
}

_AS_PDF = "ask the sender for PDF, XLSX or CSV"
_UNREAD: Mapping[str, str] = {
    "docx": f"is a Word document, which Deskhand does not read; {_AS_PDF}",
    "image": "is a picture, which Deskhand does not read; type the order in or " + _AS_PDF,
    "msg": "is an Outlook message file, which Deskhand does not read; forward the mail itself",
    "ole": f"is an old Office file, which Deskhand does not read; {_AS_PDF}",
    "rtf": f"is a rich text document, which Deskhand does not read; {_AS_PDF}",
    "tnef": "is an Outlook package (winmail.dat) with files inside; "
    "ask the sender to send the mail as HTML or plain text",
    "xml": f"is an XML file, which Deskhand does not read; {_AS_PDF}",
    "encrypted": "is encrypted, and Deskhand has no key; ask the sender for it unencrypted",
    "edi": f"is an EDI message, which Deskhand does not read; {_AS_PDF}",
    "zip": "is an archive, which Deskhand does not open; ask the sender for the files themselves",
    "unknown": f"is in a format that Deskhand does not know; {_AS_PDF}",
}

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"BM", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"{\\rtf", "rtf"),
    (b"\x78\x9f\x3e\x22", "tnef"),
    (b"Rar!", "zip"),
    (b"7z\xbc\xaf", "zip"),
    (b"\x1f\x8b", "zip"),
    (b"UNA", "edi"),
    (b"UNB+", "edi"),
    (b"ISA*", "edi"),
)
_ENCRYPTED = b"-----BEGIN PGP MESSAGE-----"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IN_ZIP = (
    ("xl/workbook", "xlsx"),
    ("word/document", "docx"),
    ("content.xml", "ods"),
)
_IN_OLE = (
    ("EncryptedPackage", "encrypted"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("__substg1.0_", "msg"),
)
_SEALED = {"application/pkcs7-mime", "application/x-pkcs7-mime"}
_HTML = re.compile(rb"\s*(?:<!doctype html|<(?:html|head|body|table|meta)\b)", re.IGNORECASE)
_BY_NAME: Mapping[str, str] = {
    "csv": "csv", "tsv": "csv", "txt": "text", "text": "text", "log": "text", "md": "text",
    "htm": "html", "html": "html", "svg": "image", "heic": "image", "webp": "image",
}  # fmt: skip


def read_attachment(name: str, declared: str, content: bytes) -> Document:
    """Read one attachment. Never raises for bad content: ``problem`` then says what helps."""
    form = sniff(name, declared, content)
    try:
        return Document(name=name, role="attachment", format=form, blocks=_read(form, content))
    except UnreadableError as reason:
        return unreadable(name, form, str(reason))


def unreadable(name: str, form: str, reason: str) -> Document:
    """A document that could not be read; ``reason`` continues a sentence after its name."""
    return Document(name=name, role="attachment", format=form, problem=f"{name} {reason}.")


def _read(form: str, content: bytes) -> tuple[Block, ...]:
    if len(content) > MAX_BYTES:
        raise UnreadableError(
            f"is larger than {MAX_BYTES // 1_000_000} MB; ask for the order alone"
        )
    if not content.strip(b"\x00 \t\r\n"):
        raise UnreadableError("is empty; ask the sender to send it again")
    if form not in READERS:
        raise UnreadableError(_UNREAD[form])
    blocks = READERS[form](content)
    if not blocks:
        raise UnreadableError("holds no words; ask the sender to send it again")
    return blocks


def sniff(name: str, declared: str, content: bytes) -> str:
    """The format of a file by its bytes; name and declared type decide only between texts."""
    extension = name.rpartition(".")[2].lower()
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(b"PK\x03\x04"):
        return _in_zip(content, extension)
    if content.startswith(_OLE):
        return _in_ole(content)
    for magic, form in _MAGIC:
        if content.startswith(magic):
            return form
    return _sniff_text(extension, declared.lower(), content)


def _in_zip(content: bytes, extension: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return extension if extension in {"xlsx", "ods", "docx"} else "zip"
    for member, form in _IN_ZIP:
        if any(name.startswith(member) for name in names):
            return form
    return "zip"


def _in_ole(content: bytes) -> str:
    """Old Office files name their streams in UTF-16."""
    for stream, form in _IN_OLE:
        if stream.encode("utf-16-le") in content:
            return form
    return "ole"


def _sniff_text(extension: str, declared: str, content: bytes) -> str:
    named = _BY_NAME.get(extension)
    if declared.startswith("image/") or named == "image":
        return "image"
    if _HTML.match(content.removeprefix(b"\xef\xbb\xbf")[:500]):
        return "html"
    if content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<?xml"):
        return "html" if b"<html" in content[:2000].lower() else "xml"
    if declared in _SEALED or extension == "p7m" or _ENCRYPTED in content[:1000]:
        return "encrypted"
    if not _is_text(content):
        return "unknown"
    if named == "csv" or declared in {"text/csv", "text/tab-separated-values"}:
        return "csv"
    if named == "html" or declared == "text/html":
        return "html"
    if content.lstrip().startswith(b"<"):
        return "xml"
    return "csv" if looks_like_csv(content) else "text"


def _is_text(content: bytes) -> bool:
    """Text has next to no control characters once decoded."""
    sample = content[:4000]
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")) or sample.count(0) > len(sample) * 0.3:
        sample = decode(sample).encode("utf-8", "replace")
    control = sum(1 for byte in sample if byte < 32 and byte not in b"\t\n\r\x0b\x0c\x1b")
    return control <= len(sample) * 0.02
