"""Bytes -> Mail: the public door of this room.

``read`` takes a mail apart; ``attachment`` says how its files are read: directly
(``read_attachment``), or in a limited process of their own (``LimitedReader``).
"""

from __future__ import annotations

from graph.order import Mail
from graph.read.limited import LimitedReader
from graph.read.limits import Limits
from graph.read.mail import Attachment, read_mail
from graph.read.registry import READERS, read_attachment, sniff

__all__ = ["READERS", "Attachment", "LimitedReader", "Limits", "read", "read_attachment", "sniff"]


def read(raw: bytes, attachment: Attachment = read_attachment) -> Mail:
    """Read a mail as received. Never raises for bad content: ``Document.problem`` tells.

    An empty mail has no documents. ``attachment`` may raise WorldError.
    """
    return read_mail(raw, attachment)
