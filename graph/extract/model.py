"""The model's reading beside the offline one: nobody is believed alone.

The model is asked 1. about one order, 2. that may be an order, 3. unless CSV or XLSX was
read without a doubt: tables of cells never cost a token. Of its answer, 1. a value that
does not stand in the mail is dropped, with a doubt, 2. a value that agrees changes nothing,
3. a value that differs is a doubt and the offline value stays, 4. a value that only the
model found is taken, with a doubt. A doubt is a question to a person (unless the playbook
makes a note of ``unsupported_value``): the model can stop an order, but bring none through.

A model that cannot answer costs no question: the offline reading stands as it does without
a model, and ``Order.extractor`` says so, such as ``table (model unavailable)``.
"""

from __future__ import annotations

import logging

from graph.extract.compare import (
    CUSTOMER,
    ORDERING,
    compare,
    compare_header,
    compare_kind,
    compare_lines,
    compare_place,
    doubt,
)
from graph.extract.support import Source, supported
from graph.order import Evidence, Finding, Line, Mail, Order
from graph.ports import Model, ModelError, Reply

log = logging.getLogger(__name__)

_CELLS = frozenset({"csv", "xlsx", "xls", "ods"})
_SHOWN = frozenset({"body", "forwarded", "attachment"})


def cross_check(mail: Mail, orders: tuple[Order, ...], model: Model) -> tuple[Order, ...]:
    """Let the model read the mail too; return the offline orders with the doubts that gives.

    Never raises ModelError.
    """
    if len(orders) != 1 or not _worth_asking(mail, orders[0]):
        return orders
    order, shown = orders[0], _shown(mail, orders[0])
    try:
        reply = model.read_order(shown)
    except ModelError as trouble:
        log.warning("The mail is read offline only: %s", trouble)
        alone = f"{order.extractor} (model unavailable)"
        return (order.model_copy(update={"extractor": alone}),)
    read = _weigh(order, reply, Source(shown))
    costs = {"model_calls": reply.calls, "tokens": reply.tokens, "prompt": reply.prompt}
    return (read.model_copy(update=costs),)


def _worth_asking(mail: Mail, order: Order) -> bool:
    if order.certain_kind and order.kind not in ORDERING:
        return False
    if not mail.subject and not any(document.text.strip() for document in mail.documents):
        return False
    cells = {document.name for document in mail.documents if document.format in _CELLS}
    read = _cited(order)
    return bool(order.doubts) or not read or not read <= cells


def _shown(mail: Mail, order: Order) -> Mail:
    """What the model reads: the newest words, the files, and what the offline reader used."""
    read = _cited(order)
    documents = (d for d in mail.documents if d.role in _SHOWN or d.name in read)
    return mail.model_copy(update={"documents": tuple(documents)})


def _cited(order: Order) -> set[str]:
    """The documents that the lines were read from."""
    return {_document(place) for line in order.lines for place in line.evidence.values()}


def _document(place: Evidence) -> str:
    return place.source.partition(", page ")[0]


def _weigh(order: Order, reply: Reply, source: Source) -> Order:
    if len(reply.orders) != 1:
        several = f"One order was read, by the model {len(reply.orders)}"
        return order.model_copy(update={"doubts": (*order.doubts, doubt(several))})
    said, invented = supported(reply.orders[0], source)
    alone = _only_model_has_lines(order, said)
    lines, about_lines = _taken(said) if alone else compare_lines(order, said)
    header, about_header = compare_header(order, said)
    customer, about_customer = compare(order.customer, said.customer, CUSTOMER)
    ship_to, about_place = compare_place(order.ship_to, said.ship_to)
    doubts = (*compare_kind(order, said), *about_lines, *about_header, *about_customer)
    return header.model_copy(
        update={
            "kind": said.kind if alone and order.kind not in ORDERING else order.kind,
            "customer": customer,
            "ship_to": ship_to,
            "lines": lines,
            "extractor": "model" if alone else order.extractor,
            "doubts": (*order.doubts, *doubts, *about_place, *_invented(invented)),
        }
    )


def _only_model_has_lines(order: Order, said: Order) -> bool:
    """The lines of a repeat are those of an earlier order, whatever the model makes of it."""
    ordering = said.kind in ORDERING and order.kind != "repeat"
    return ordering and bool(said.lines) and not order.lines


def _taken(said: Order) -> tuple[tuple[Line, ...], list[Finding]]:
    count = f"{len(said.lines)} line(s) were read by the model alone"
    return said.lines, [doubt(f"{count}: compare them with the mail")]


def _invented(values: list[str]) -> list[Finding]:
    what = "The model read values that the mail does not contain"
    return [doubt(f"{what}; they were left out: {', '.join(values)}")] if values else []
