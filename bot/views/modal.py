"""The windows that ask for more: edit, escalate, reject. ``answers`` reads them back.

Block ids are stable (``line_1_quantity``), so that Slack keeps what was typed when a
window is drawn again. Every field has the action id ``value``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice

from pydantic import Field

from bot.views.blocks import Block, button, compact_json, context, plain, section
from bot.views.facts import by_weight, is_order, reasons
from bot.views.parts import line_row
from bot.views.words import clean, escape, label
from graph.authority import open_findings
from graph.order import Candidate, Line, Standing, Value
from graph.playbook import Playbook

VALUE = "value"
REASON, PERSON, REMOVE = "reason", "person", "remove"
PER_PAGE = 15
OPTIONS = 100
LONGEST = 100
"""Characters of a field of one line."""
METADATA_LIMIT = 3000
PAGE_OF_CHANGES = 2000
"""More than the changes of one page can take in the private metadata."""


class Sheet(Value):
    """What a window remembers: which order, as the person saw it, and changes of other pages."""

    order: str
    version: int
    page: int = 0
    changes: Mapping[str, str] = Field(default_factory=dict)

    @classmethod
    def read(cls, private_metadata: str) -> Sheet:
        """Read it back; pydantic.ValidationError (a ValueError) where it is not ours."""
        return cls.model_validate_json(private_metadata)


def sheet(standing: Standing, page: int = 0, changes: Mapping[str, str] | None = None) -> Sheet:
    """What a window opened on this order remembers."""
    return Sheet(
        order=standing.order_id, version=standing.version, page=page, changes=changes or {}
    )


# --- edit ----------------------------------------------------------------------------


def editable(standing: Standing) -> list[Line]:
    """The lines that a window can name: one for each position, in order."""
    first: dict[int, Line] = {}
    for line in standing.order.lines:
        first.setdefault(line.position, line)
    return [first[position] for position in sorted(first)]


def last_page(standing: Standing) -> int:
    """The number of the last page, counted from 0."""
    return max(0, (len(editable(standing)) - 1) // PER_PAGE)


def edit_modal(
    standing: Standing,
    addresses: Sequence[tuple[str, str]] = (),
    *,
    page: int = 0,
    changes: Mapping[str, str] | None = None,
    note: str = "",
) -> Block:
    """The window to correct an order: its lines fifteen to a page, on the first page its head.

    ``addresses`` are (address id, label) of the customer's ship-tos. ``changes`` are
    corrections made so far, shown instead of the order's values; ``note`` is mrkdwn put on
    top.
    """
    page = min(max(page, 0), last_page(standing))
    memory = sheet(standing, page, changes)
    shown = editable(standing)[page * PER_PAGE : (page + 1) * PER_PAGE]
    blocks = [section(note)] if note else []
    if page == 0:
        blocks += _head(standing, addresses, memory.changes)
    for line in shown:
        blocks += _line(line, standing.order.currency, memory.changes)
    blocks += _paging(standing, memory)
    return _modal("edit", "Edit order", "Save", blocks, memory)


def _head(
    standing: Standing, addresses: Sequence[tuple[str, str]], changes: Mapping[str, str]
) -> list[Block]:
    order = standing.order
    places = [Candidate(id=id_, label=words) for id_, words in addresses]
    customer = changes.get("customer_id", order.customer_id or "")
    ship_to = changes.get("ship_to.address_id", order.ship_to.address_id or "")
    date = order.requested_date.isoformat() if order.requested_date else ""
    return [
        *pick("customer_id", "Customer", "Customer number", order.customer_candidates, customer),
        *pick(
            "ship_to",
            "Ship-to",
            "Ship-to address number",
            places or order.ship_to.candidates,
            ship_to,
        ),
        text_input("po_number", "PO number", changes.get("po_number", order.po_number or "")),
        _input(
            "requested_date",
            "Requested date",
            {"type": "datepicker", **_if("initial_date", changes.get("requested_date", date))},
        ),
    ]


def _line(line: Line, currency: str | None, changes: Mapping[str, str]) -> list[Block]:
    """The fields of one line under the line as it stands."""
    name, key = f"line_{line.position}", f"lines.{line.position}"
    heading = f"Line {line.position} · "
    ticked = f"{key}.remove" in changes
    remove = {"text": plain("Remove this line"), "value": REMOVE}
    return [
        context(line_row(line, currency, flagged=False)),
        _quantity(line, changes.get(f"{key}.quantity", quantity_text(line))),
        *pick(
            f"{name}_sku",
            f"{heading}Product",
            f"{heading}SKU",
            line.candidates,
            changes.get(f"{key}.sku", line.sku or ""),
        ),
        _input(
            f"{name}_{REMOVE}",
            f"{heading}Remove",
            {"type": "checkboxes", "options": [remove]}
            | ({"initial_options": [remove]} if ticked else {}),
        ),
    ]


def _quantity(line: Line, current: str) -> Block:
    """A quantity is typed in the product's own unit, which a line without product has not."""
    unit = f" ({label(line.unit, 15)})" if line.sku and line.unit else ""
    block, name = f"line_{line.position}_quantity", f"Line {line.position} · Quantity{unit}"
    hint = (
        "With another SKU, in that product's own unit"
        if line.sku
        else "In the product's own unit; left empty, it is worked out from what was written"
    )
    return {**text_input(block, name, current), "hint": plain(hint)}


def quantity_text(line: Line) -> str:
    """A line's quantity as it stands in its field: no thousands marks, a decimal point."""
    if line.sku is None or line.quantity is None:
        return ""
    return f"{line.quantity.normalize():f}"


def _paging(standing: Standing, memory: Sheet) -> list[Block]:
    """How to reach the other lines. Changes travel along while there is room for them."""
    last, total = last_page(standing), len(editable(standing))
    if not last:
        return []
    if len(memory.model_dump_json()) > METADATA_LIMIT - PAGE_OF_CHANGES:
        return [context("Save these corrections before you go on to the other lines.")]
    rows = []
    for page in (memory.page - 1, memory.page + 1):
        if 0 <= page <= last:
            first, end = page * PER_PAGE + 1, min(total, (page + 1) * PER_PAGE)
            verb = "Back" if page < memory.page else "Next page"
            words = f"Lines {first}-{end} of {total}"
            rows.append(section(words, button(verb, "page", str(page))))
    return rows


# --- escalate and reject -------------------------------------------------------------------


def escalate_modal(standing: Standing, playbook: Playbook) -> Block:
    """Who should decide, and what they should know. Suggests the implementation owner."""
    blocks = [
        _about(standing),
        _input(
            PERSON,
            "Who should decide",
            {"type": "users_select", "initial_user": playbook.owner.slack},
            optional=False,
        ),
        _reason("What should they know"),
    ]
    return _modal("escalate", "Escalate", "Escalate", blocks, sheet(standing))


def reject_modal(standing: Standing) -> Block:
    """Why the order is not booked."""
    asks = "Why is it rejected" if is_order(standing) else "Why, and what did you do with it"
    blocks = [_about(standing), _reason(asks)]
    return _modal("reject", "Reject", "Reject", blocks, sheet(standing))


def _about(standing: Standing) -> Block:
    name = f"*{'Order' if is_order(standing) else 'Mail'} {escape(standing.order_id, 40)}*"
    asked = reasons(by_weight(open_findings(standing)))
    return section(f"{name}: {asked}" if asked else f"{name} “{escape(standing.subject, 120)}”")


def _reason(asks: str) -> Block:
    element = {"type": "plain_text_input", "multiline": True, "max_length": 1000}
    return _input(REASON, asks, element, optional=False)


# --- windows without fields --------------------------------------------------------------------


def loading_modal() -> Block:
    """Shown at once, while the order is fetched."""
    return _view("One moment", [section("Fetching the order as it stands now.")])


def message_modal(text: str) -> Block:
    """A window that only says something. ``text`` is mrkdwn."""
    return _view("Deskhand", [section(text)])


# --- fields ------------------------------------------------------------


def pick(
    block: str, name: str, other: str, candidates: Sequence[Candidate], current: str
) -> list[Block]:
    """A choice among candidates with a field for anything else; the field alone without any."""
    options = [option(candidate) for candidate in offered(candidates)]
    chosen = [each for each in options if each["value"] == current]
    written = text_input(block, other, "" if chosen else current)
    if not options:
        return [written]
    written["hint"] = plain("Only where none of the above is right")
    select = {"type": "static_select", "options": options, **_if("initial_option", *chosen)}
    return [_input(f"{block}_choice", name, select), written]


def offered(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates a menu can hold: the first hundred, each once, with a short id."""
    short = {c.id: c for c in reversed(candidates) if 0 < len(c.id) <= 150}
    known = (c for c in dict.fromkeys(c.id for c in candidates) if c in short)
    return [short[id_] for id_ in islice(known, OPTIONS)]


def option(candidate: Candidate) -> Block:
    """One entry of a menu, by number and name."""
    words = label(f"{candidate.id} {candidate.label}")
    return {"text": plain(words or "(no name)"), "value": candidate.id}


def text_input(block: str, name: str, current: str) -> Block:
    """A field of one line. What is longer than it allows is left for the person to type."""
    fits = clean(current) if len(current) <= LONGEST else ""
    element = {"type": "plain_text_input", "max_length": LONGEST, **_if("initial_value", fits)}
    return _input(block, name, element)


def _if(key: str, *values: object) -> dict[str, object]:
    """The key with the first value, or nothing where there is none; Slack refuses empty ones."""
    return {key: values[0]} if values and values[0] else {}


def _input(block: str, name: str, element: Block, *, optional: bool = True) -> Block:
    return {
        "type": "input",
        "block_id": block,
        "label": plain(name),
        "element": {**element, "action_id": VALUE},
        "optional": optional,
    }


def _view(name: str, blocks: list[Block]) -> Block:
    return {"type": "modal", "title": plain(name), "close": plain("Cancel"), "blocks": blocks}


def _modal(action: str, name: str, submit: str, blocks: list[Block], memory: Sheet) -> Block:
    return {
        **_view(name, blocks),
        "callback_id": f"deskhand_{action}",
        "submit": plain(submit),
        "private_metadata": compact_json(memory.model_dump(mode="json")),
    }
