"""Refuses what Slack would refuse: the tables of rules, and the rules that span blocks."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from bot.sandbox.blocks import MESSAGE_BLOCKS, METADATA, VIEW
from bot.sandbox.shapes import wrong

Json = dict[str, Any]

VIEW_BYTES = 250_000
PER_MESSAGE = {"table": 1, "data_visualization": 2}
MARKDOWN_TOTAL = 12_000
TABLE_TOTAL = 20_000


def check_blocks(blocks: Any) -> list[str]:
    """What Slack would say against these blocks of a message; nothing if they are right."""
    return [*MESSAGE_BLOCKS(blocks, "/blocks")] or [*_across(blocks, "/blocks")]


def check_view(view: Any) -> list[str]:
    """What Slack would say against this modal or Home tab; nothing if it is right."""
    return [*VIEW(view, "/view")] or [*_across(view["blocks"], "/view/blocks"), *_view(view)]


def check_metadata(metadata: Any) -> list[str]:
    """What Slack would say against the metadata of a message."""
    return [*METADATA(metadata, "/metadata")]


def too_large(view: Any) -> bool:
    """Whether a view is larger than Slack takes."""
    return len(json.dumps(view).encode()) > VIEW_BYTES


def elements_of(block: Json) -> list[tuple[Json, str]]:
    """The interactive elements of a block with their pointers inside it."""
    found = [(e, f"/elements/{i}") for i, e in enumerate(block.get("elements", []))]
    found += [(e, f"/actions/{i}") for i, e in enumerate(block.get("actions", []))]
    found += [(block[key], f"/{key}") for key in ("accessory", "element") if key in block]
    return [(e, place) for e, place in found if isinstance(e, dict)]


def walk(blocks: list[Json], path: str = "") -> Iterator[tuple[Json, str]]:
    """Every block with its pointer, those inside containers and carousels too."""
    for index, block in enumerate(blocks):
        here = f"{path}/{index}"
        yield block, here
        yield from walk(block.get("child_blocks", []), f"{here}/child_blocks")
        if block["type"] == "carousel":
            yield from walk(block["elements"], f"{here}/elements")


def _across(blocks: list[Json], path: str) -> Iterator[str]:
    every = list(walk(blocks, path))
    yield from _repeated(
        "block_id", [(b["block_id"], f"{at}/block_id") for b, at in every if "block_id" in b]
    )
    for block, at in every:
        yield from _one_block(block, at)
    kinds = Counter(block["type"] for block, _ in every)
    for kind, most in PER_MESSAGE.items():
        if kinds[kind] > most:
            yield wrong(f"no more than {most} {kind} allowed", path)
    if sum(len(b["text"]) for b, _ in every if b["type"] == "markdown") > MARKDOWN_TOTAL:
        yield wrong(f"markdown must be less than {MARKDOWN_TOTAL + 1} characters in all", path)


def _repeated(name: str, ids: list[tuple[str, str]]) -> Iterator[str]:
    counts = Counter(value for value, _ in ids)
    for value, at in {value: at for value, at in ids if counts[value] > 1}.items():
        yield wrong(f'`{name}` "{value}" already exists', at)


def _one_block(block: Json, at: str) -> Iterator[str]:
    found = elements_of(block)
    yield from _repeated(
        "action_id", [(e["action_id"], f"{at}{p}/action_id") for e, p in found if "action_id" in e]
    )
    if sum(e.get("style") == "primary" for e, _ in found if e.get("type") == "button") > 1:
        yield wrong("only one primary button allowed", f"{at}/elements")
    for element, place in found:
        yield from _initial(element, at + place)
    if block["type"] in ("table", "data_table"):
        yield from _table(block, f"{at}/rows")
    if block["type"] == "data_visualization":
        yield from _chart(block["chart"], f"{at}/chart")


def _initial(element: Json, at: str) -> Iterator[str]:
    """An initial option is one of the options, character by character."""
    groups = element.get("option_groups", [])
    options = element.get("options", []) + [o for g in groups for o in g["options"]]
    chosen = element.get("initial_options", [])
    if "initial_option" in element and element["type"] != "external_select":
        chosen = [element["initial_option"]]
    if any(option not in options for option in chosen):
        yield wrong("initial option is not among the options", at)


def _table(block: Json, at: str) -> Iterator[str]:
    rows: list[list[Json]] = block["rows"]
    if len({len(row) for row in rows}) > 1:
        yield wrong("every row must have the same number of cells", at)
    if block["type"] == "data_table" and any(c["type"] == "rich_text" for c in rows[0]):
        yield wrong("header cells must not be rich_text", f"{at}/0")
    if sum(len(str(cell.get("text", ""))) for row in rows for cell in row) > TABLE_TOTAL:
        yield wrong(f"cells must be less than {TABLE_TOTAL + 1} characters in all", at)


def _chart(chart: Json, at: str) -> Iterator[str]:
    if chart["type"] == "pie":
        return
    categories = sorted(chart["axis_config"]["categories"])
    yield from _repeated("name", [(s["name"], f"{at}/series") for s in chart["series"]])
    for index, series in enumerate(chart["series"]):
        if sorted(point["label"] for point in series["data"]) != categories:
            yield wrong("labels must match the categories", f"{at}/series/{index}/data")


def _view(view: Json) -> Iterator[str]:
    inputs = any(block["type"] == "input" for block in view["blocks"])
    if view["type"] == "modal" and inputs and "submit" not in view:
        yield wrong("missing required field: submit", "/view")
    every = [e for block in view["blocks"] for e, _ in elements_of(block)]
    if sum(e.get("focus_on_load") is True for e in every) > 1:
        yield wrong("only one element may have focus_on_load", "/view/blocks")
