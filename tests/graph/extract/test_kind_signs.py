"""Kinds of mails that are easily mistaken for one another."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from graph.order import Order

Read = Callable[..., tuple[Order, ...]]
LINES = "\n\n10 Stk K-100 Kupplung\n5 Stk K-200 Flansch\n"


@pytest.mark.parametrize(
    ("subject", "body", "kind"),
    [
        ("Neue Bestellung B-2203", f"Portal{LINES}\nImpressum | Datenschutz | Abmelden", "order"),
        ("Order KP-12", f"Hello,{LINES}\nUnsubscribe from these mails", "order"),
        ("Bestellung", f"Bitte liefern:{LINES}\nAuftragsbestätigung erbeten.", "order"),
        ("clutches", "Hi, could you send us 20 of K-100 and 10 of K-200 please? Ann", "order"),
        ("Great deals", "Our weekly news.\n\nClick to unsubscribe.", "spam"),
        ("Unser Newsletter", "Neues aus dem Sommer. Hier abmelden.", "spam"),
        (
            "Best price pan 2.10 USD MOQ 500",
            "Dear purchasing manager,\n\nWe offer:\n\nPan 1/1  500 pcs  2.10 USD\n"
            "Pan 1/2  1000 pcs  1.15 USD\n\nPlease place your order today.",
            "offer",
        ),
    ],
)
def test_kind(read: Read, subject: str, body: str, kind: str) -> None:
    (order,) = read(body, subject)
    assert order.kind == kind


def test_an_offer_of_somebody_who_sells_is_certain(read: Read) -> None:
    body = "Dear purchasing manager,\n\nwe offer:\n\nPan 1/1  500 pcs  2.10 USD\n\nPlease reply."
    (order,) = read(body, "Best price, MOQ 500")
    assert (order.kind, order.certain_kind) == ("offer", True)
