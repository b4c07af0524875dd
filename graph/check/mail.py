"""Is it an order at all?"""

from __future__ import annotations

from collections.abc import Iterator

from graph.check.case import Case
from graph.order import Finding, Kind

_ABOUT_AN_ORDER: tuple[Kind, ...] = ("change", "cancellation", "repeat")
_SAID = {
    "change": "The mail changes an earlier order",
    "cancellation": "The mail cancels an earlier order",
    "repeat": "The mail asks for an earlier order again",
}


def kind_of_mail(case: Case) -> Iterator[Finding]:
    """Mail that is no order, concerns an earlier one, or cannot be read."""
    kind, reason = case.order.kind, case.order.kind_reason
    because = f": {reason}" if reason else ""
    if kind == "unreadable":
        if not any(doubt.type == "unreadable_document" for doubt in case.order.doubts):
            yield Finding(
                type="unreadable_document", message=f"Nothing in the mail could be read{because}"
            )
    elif kind in _ABOUT_AN_ORDER:
        yield Finding(type="order_change", message=f"{_SAID[kind]}{because}")
    elif kind != "order":
        sure = "is" if case.order.certain_kind else "may be"
        yield Finding(type="not_an_order", message=f"The mail {sure} no order but: {kind}{because}")
