"""What the agent needs from outside, each as a small protocol; and the one error family.

Trouble in an order is a ``Finding``. Trouble with the world is a ``WorldError``, which
knows whether trying again can help.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from graph.catalog import Records
from graph.order import Mail, Order
from graph.playbook import Playbook


class WorldError(Exception):
    """The world outside failed: ``permanent`` tells whether trying again can help."""

    def __init__(self, message: str, *, permanent: bool) -> None:
        super().__init__(message)
        self.permanent = permanent


class ErpError(WorldError):
    """An ERP refused or could not be reached."""


class ModelError(WorldError):
    """The language model refused, timed out or answered with something unusable."""


class MailboxError(WorldError):
    """A mailbox could not be reached or refused the login."""


class SlackError(WorldError):
    """Slack refused a call or could not be reached."""


class ConfigError(WorldError):
    """A setting or the playbook is wrong; the message names it and the remedy."""

    def __init__(self, message: str) -> None:
        super().__init__(message, permanent=True)


@dataclass(frozen=True, slots=True)
class Earlier:
    """An order that came before: booked in the ERP, or still in Deskhand's hands.

    ``lines`` are (sku, quantity in product units) pairs in no particular order.
    """

    reference: str
    """How to name it to a person, such as ``ERP order 9001`` or ``order 12``."""
    customer_id: str
    po_number: str | None
    day: date
    lines: tuple[tuple[str, Decimal], ...] = ()


class Papers(Protocol):
    """Mail as received and as read. A mail is known by its ``mail_id``."""

    def raw(self, mail_id: str) -> bytes: ...

    def keep(self, mail_id: str, mail: Mail) -> None:
        """Remember a mail as read; keeping it twice changes nothing."""

    def read(self, mail_id: str) -> Mail: ...


class Orders(Protocol):
    """The orders Deskhand has in hand."""

    def register(self, order: Order, key: str) -> Sequence[Earlier]:
        """Note that this order is being checked; return its customer's orders noted before.

        Of two equal orders prepared at the same moment exactly one sees the other. Noting
        an order again keeps its place. Rejected and ignored orders do not count; an order
        without customer has none before it.
        """


class Erp(Protocol):
    """The system of record."""

    def load(self, now: datetime) -> Records:
        """Read all master data. Raises ErpError where nothing can be read at all."""

    def create(self, order: Order, key: str, *, approved_by: str | None, now: datetime) -> str:
        """Book the order once and return the ERP's number for it.

        The same ``key`` again changes nothing and returns the same number. Raises
        ErpError.
        """


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model call returned: the orders it read, and what it cost."""

    orders: tuple[Order, ...]
    calls: int
    tokens: int
    prompt: str
    """Name, version and content hash of the prompt."""


class Model(Protocol):
    """The reading model. It has no tools, and its answer is only data."""

    name: str

    def read_order(self, mail: Mail) -> Reply:
        """Extract the orders of a mail. Raises ModelError."""


Clock = Callable[[], datetime]
PlaybookSource = Callable[[], Playbook]
