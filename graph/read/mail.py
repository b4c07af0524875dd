"""RFC 822 bytes -> Mail.

Parses with the lenient ``compat32`` policy: with the strict one the header parser raises
on broken fields, and is slower.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import collapse_rfc2231_value

from graph.order import Document, Mail, Text
from graph.read import headers, phrases, roles
from graph.read.charset import decode
from graph.read.decoration import is_decoration, is_image
from graph.read.html import html_text, pieces_of_html
from graph.read.limits import MAX_CHARACTERS, UnreadableError
from graph.read.registry import unreadable
from graph.read.roles import Piece
from graph.read.text import pieces_of_text

Attachment = Callable[[str, str, bytes], Document]
MALFORMED = (ValueError, LookupError, TypeError, AttributeError, MessageError)
"""What the email package raises on malformed parts, depending on what is wrong with them."""
_DEEPEST = 12
_MOST_ATTACHMENTS = 100
_TRACKING_DOT = 200
"""Bytes up to which a picture shows nothing."""


@dataclass(slots=True)
class Content:
    """What one part of a message holds."""

    pieces: list[Piece] = field(default_factory=list)
    form: str = ""
    attachments: list[Document] = field(default_factory=list)
    forwarded: list[Document] = field(default_factory=list)
    pictures: list[Document] = field(default_factory=list)
    """Pictures taken for decoration; they count where the mail says nothing else."""

    def add(self, other: Content) -> None:
        """Append another part's content."""
        self.pieces += [*([Piece("")] if self.pieces and other.pieces else []), *other.pieces]
        self.form = self.form or other.form
        self.add_files(other)

    def add_files(self, other: Content) -> None:
        """Append another part's attachments, but not its words."""
        self.attachments += other.attachments
        self.forwarded += other.forwarded
        self.pictures += other.pictures

    @property
    def says_anything(self) -> bool:
        return any(not piece.blank for piece in self.pieces)


def read_mail(raw: bytes, attachment: Attachment) -> Mail:
    """Read a mail; ``attachment(name, declared type, bytes)`` reads each file it carries."""
    try:
        message = message_from_bytes(raw, policy=policy.compat32)
        documents = _documents(message, _Walk(attachment))
    except RecursionError:
        message = BytesHeaderParser(policy=policy.compat32).parsebytes(raw)
        documents = (_too_deep(),)
    address, name = headers.sender(message)
    ids = headers.message_ids(message, "Message-ID")
    return Mail(
        message_id=ids[0] if ids else headers.field(message, "Message-ID") or None,
        sender=address,
        sender_name=name,
        reply_to=next(iter(headers.addresses(message, "Reply-To")), None),
        recipients=headers.addresses(message, "To", "Cc"),
        subject=headers.field(message, "Subject"),
        date=headers.sent_at(message),
        in_reply_to=next(iter(headers.message_ids(message, "In-Reply-To")), None),
        references=headers.message_ids(message, "References"),
        automatic=headers.is_automatic(message),
        documents=documents,
    )


def _too_deep() -> Document:
    return unreadable(
        "mail body", "unknown", "is nested too deeply to be read; open the mail in a mail program"
    )


def _too_large(size: str) -> Document:
    return unreadable(
        "mail body", "unknown", f"was not fetched, it has {size} bytes; open it in the mailbox"
    )


def _documents(message: Message, walk: _Walk) -> tuple[Document, ...]:
    if size := headers.field(message, headers.TOO_LARGE):
        return (_too_large(size),)
    content = walk.content(message)
    files = [*content.forwarded, *content.attachments]
    if not files and not content.says_anything:
        files = content.pictures
    subject = headers.field(message, "Subject")
    parts = roles.split(content.pieces, subject, alone=not files)
    return (*roles.documents(parts, content.form or "text"), *files)


@dataclass(slots=True)
class _Walk:
    """One way through the parts of a message."""

    attachment: Attachment
    files: int = 0

    def content(self, part: Message, level: int = 0) -> Content:
        """Everything a part holds, in reading order."""
        if level > _DEEPEST:
            return Content(attachments=[_too_deep()])
        kind = part.get_content_type()
        if kind == "message/rfc822" and part.is_multipart():
            return self._forwarded(_children(part)[0], level)
        if kind == "multipart/alternative" and part.is_multipart():
            return _best([self.content(child, level + 1) for child in _children(part)])
        if kind.startswith("multipart/") and part.is_multipart():
            return self._all(part, level)
        if kind.startswith("message/"):
            return Content()
        return self._leaf(part, kind, level)

    def _all(self, part: Message, level: int) -> Content:
        whole = Content()
        for child in _children(part):
            whole.add(self.content(child, level + 1))
        if part.get_content_type() == "multipart/report":
            # A bounce returns what was sent; nobody orders with it.
            whole.forwarded = [d.model_copy(update={"role": "quoted"}) for d in whole.forwarded]
        return whole

    def _forwarded(self, message: Message, level: int) -> Content:
        """A mail attached to the mail: its words are forwarded, its files are attachments."""
        content = self.content(message, level + 1)
        subject = headers.field(message, "Subject")
        parts = roles.split(content.pieces, subject, alone=not content.attachments)
        said = (*parts.body, *parts.forwarded, *parts.signature)
        words = Document(
            name="forwarded mail",
            role="forwarded",
            format=content.form or "text",
            blocks=(Text(text=_heading(message)), *roles.blocks(said)),
        )
        older = roles.documents(replace(parts, body=(), forwarded=(), signature=()), words.format)
        content.forwarded = [words, *older, *content.forwarded]
        content.pieces = []
        return content

    def _leaf(self, part: Message, kind: str, level: int) -> Content:
        name = _file_name(part)
        content = _payload(part)
        if name.lower().endswith(".eml"):
            return self._forwarded(message_from_bytes(content, policy=policy.compat32), level)
        if not name and kind in {"text/plain", "text/html"} and not _is_attached(part):
            return _body(part, kind, content)
        return self._file(part, name, kind, content)

    def _file(self, part: Message, name: str, kind: str, content: bytes) -> Content:
        self.files += 1
        inline = bool(part.get("Content-ID")) or not _is_attached(part)
        decoration = is_decoration(name, kind, content, inline=inline)
        if decoration and not (is_image(name, kind) and len(content) > _TRACKING_DOT):
            return Content()
        name = name or f"attachment {self.files}"
        if self.files > _MOST_ATTACHMENTS:
            reason = f"was not opened: the mail has more than {_MOST_ATTACHMENTS} attachments"
            return Content(attachments=[unreadable(name, "unknown", reason)])
        document = self.attachment(name, kind, content)
        return Content(pictures=[document]) if decoration else Content(attachments=[document])


def _children(part: Message) -> list[Message]:
    return [child for child in part.get_payload() if isinstance(child, Message)]


def _best(options: Sequence[Content]) -> Content:
    """Of alternatives the one with more structure: plain text unless HTML has tables or lines."""
    said = [option for option in options if option.says_anything]
    plain = next((o for o in said if o.form == "text" and not _is_stub(o)), None)
    html = next((o for o in said if o.form == "html"), None)
    chosen = html if html and (not plain or _shows_more(html, plain)) else plain
    best = Content(chosen.pieces, chosen.form) if chosen else Content()
    for option in options:
        best.add_files(option)
    return best


def _shows_more(html: Content, plain: Content) -> bool:
    """Whether HTML has a table of items, or lines that the plain text ran together."""
    return _has_order_table(html) or _own_lines(html) > 1.5 * _own_lines(plain) + 1


def _own_lines(content: Content) -> int:
    return sum(1 for piece in content.pieces if not piece.blank and not piece.depth)


def _is_stub(content: Content) -> bool:
    words = "\n".join(piece.line for piece in content.pieces)
    return len(words) < 300 and bool(phrases.STUB.search(words))


def _has_order_table(content: Content) -> bool:
    return any(
        not isinstance(p.content, str) and not p.depth and not p.mark and roles.is_order_like(p)
        for p in content.pieces
    )


def _body(part: Message, kind: str, content: bytes) -> Content:
    charset = _parameter(part, "charset", "content-type")
    try:
        if kind == "text/html":
            return Content(pieces_of_html(html_text(content, charset)), "html")
        text = decode(content, charset)
        if len(text) > MAX_CHARACTERS:
            raise UnreadableError("is too long to be an order; open the mail in a mail program")
    except UnreadableError as reason:
        return Content(attachments=[unreadable("mail body", kind.partition("/")[2], str(reason))])
    flowed = _parameter(part, "format", "content-type").lower() == "flowed"
    delsp = _parameter(part, "delsp", "content-type").lower() == "yes"
    return Content(pieces_of_text(text, flowed=flowed, delsp=delsp), "text")


def _heading(message: Message) -> str:
    """Who sent a forwarded mail, when, to whom and about what; one field a line."""
    fields = ((name, headers.field(message, name)) for name in ("From", "Date", "To", "Subject"))
    return "\n".join(f"{name}: {value}" for name, value in fields if value)


def _payload(part: Message) -> bytes:
    try:
        content = part.get_payload(decode=True)
    except MALFORMED:
        return b""
    return content if isinstance(content, bytes) else b""


def _is_attached(part: Message) -> bool:
    try:
        return part.get_content_disposition() == "attachment"
    except MALFORMED:
        return False


def _file_name(part: Message) -> str:
    """The decoded name of a file, without folders; empty where it has none."""
    name = _parameter(part, "filename", "content-disposition")
    name = name or _parameter(part, "name", "content-type")
    return " ".join(name.replace("\\", "/").rpartition("/")[2].split())


def _parameter(part: Message, name: str, header: str) -> str:
    try:
        value = part.get_param(name, "", header)
        return headers.decode_words(collapse_rfc2231_value(value))
    except MALFORMED:
        return ""
