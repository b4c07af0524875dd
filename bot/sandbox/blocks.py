"""The rules for blocks, messages and views, made of the elements in ``rules.py``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.sandbox.rules import (
    ACCESSORIES,
    ACTIONS,
    BUTTON,
    CONTEXT_ACTIONS,
    ID,
    IMAGE_ELEMENT,
    INPUTS,
    RICH,
    SLACK_FILE,
    TYPE,
    URL,
    plain,
    text,
)
from bot.sandbox.shapes import (
    Rule,
    anything,
    array,
    boolean,
    by_type,
    number,
    one_of,
    shape,
    string,
)


def block(
    needs: Mapping[str, Rule] | None = None,
    may: Mapping[str, Rule] | None = None,
    *,
    any_of: Sequence[str] = (),
    only_one: Sequence[str] = (),
) -> Rule:
    """A block: it has a type and may have a block_id."""
    return shape(
        {**TYPE, **(needs or {})}, {"block_id": ID, **(may or {})}, any_of=any_of, only_one=only_one
    )


RICH_TEXT = block({"elements": array(by_type(RICH), 1000, lo=0)})
RAW: dict[str, Rule] = {
    "raw_text": shape({**TYPE, "text": string(3000)}),
    "raw_number": shape({**TYPE, "value": number(-1e15, 1e15, whole=False)}, {"text": string(100)}),
}
CELL = by_type({**RAW, "rich_text": RICH_TEXT})
COLUMN = shape(may={"align": one_of("left", "center", "right"), "is_wrapped": boolean})
POINT = shape({"label": string(20), "value": number(-1e15, 1e15, whole=False)})
SERIES = shape({"name": string(20), "data": array(POINT, 20)})
AXES = shape({"categories": array(string(20), 20)}, {"x_label": string(50), "y_label": string(50)})
PLOT = shape({**TYPE, "series": array(SERIES, 6), "axis_config": AXES})
CHARTS: dict[str, Rule] = {
    "pie": shape({**TYPE, "segments": array(POINT, 6)}),
    **dict.fromkeys(("bar", "line", "area"), PLOT),
}
TASK = block(
    {
        "task_id": ID,
        "title": string(256),
        "status": one_of("pending", "in_progress", "complete", "error"),
    },
    {"details": RICH_TEXT, "output": RICH_TEXT, "sources": array(anything, 20)},
)
CARD = block(
    may={
        "hero_image": IMAGE_ELEMENT,
        "icon": IMAGE_ELEMENT,
        "title": text(150),
        "subtitle": text(150),
        "body": text(200),
        "actions": array(by_type({"button": BUTTON}), 3),
    },
    any_of=("hero_image", "title", "actions", "body"),
)

EVERYWHERE: dict[str, Rule] = {
    "section": block(
        may={
            "text": text(3000),
            "fields": array(text(2000), 10),
            "accessory": by_type(ACCESSORIES),
            "expand": boolean,
        },
        any_of=("text", "fields"),
    ),
    "divider": block(),
    "header": block({"text": plain(150)}),
    "image": block(
        {"alt_text": string(2000)},
        {"image_url": URL, "slack_file": SLACK_FILE, "title": plain(2000)},
        only_one=("image_url", "slack_file"),
    ),
    "context": block(
        {
            "elements": array(
                by_type(
                    {"image": IMAGE_ELEMENT, **dict.fromkeys(("plain_text", "mrkdwn"), text(3000))}
                ),
                10,
            )
        }
    ),
    "actions": block({"elements": array(by_type(ACTIONS), 25)}),
    "rich_text": RICH_TEXT,
    "input": block(
        {"label": plain(2000), "element": by_type(INPUTS)},
        {"hint": plain(2000), "optional": boolean, "dispatch_action": boolean},
    ),
}
IN_MESSAGES: dict[str, Rule] = {
    **EVERYWHERE,
    "markdown": block({"text": string(12000)}),
    "context_actions": block({"elements": array(by_type(CONTEXT_ACTIONS), 5)}),
    "file": block({"external_id": ID, "source": one_of("remote")}),
    "table": block(
        {"rows": array(array(CELL, 20), 100)}, {"column_settings": array(COLUMN, 20, lo=0)}
    ),
    "data_table": block(
        {"rows": array(array(CELL, 20), 101, lo=2), "caption": string(500)},
        {"page_size": number(1, 100), "row_header_column_index": number(0, 19)},
    ),
    "data_visualization": block({"title": string(50), "chart": by_type(CHARTS)}),
    "card": CARD,
    "carousel": block({"elements": array(by_type({"card": CARD}), 10)}),
    "task_card": TASK,
    "plan": block({"title": string(256)}, {"tasks": array(by_type({"task_card": TASK}), 50)}),
}
IN_MESSAGES["container"] = block(
    {"child_blocks": array(by_type(dict(IN_MESSAGES)), 10)},
    {
        "title": plain(150),
        "rich_text_title": RICH_TEXT,
        "subtitle": text(150),
        "icon": IMAGE_ELEMENT,
        "width": one_of("narrow", "standard", "wide", "full"),
        **dict.fromkeys(("is_collapsible", "default_collapsed", "has_header_divider"), boolean),
    },
    any_of=("title", "rich_text_title"),
)
IN_MODALS: dict[str, Rule] = {
    **EVERYWHERE,
    "alert": block(
        {"text": text(200)}, {"level": one_of("default", "info", "warning", "error", "success")}
    ),
}

MESSAGE_BLOCKS = array(by_type(IN_MESSAGES), 50, lo=0)
METADATA = shape({"event_type": string(255), "event_payload": anything}, {"entities": anything})
VIEW_FIELDS: dict[str, Rule] = {
    "callback_id": string(255, lo=0),
    "private_metadata": string(3000, lo=0),
    "external_id": string(255, lo=0),
}
VIEW = by_type(
    {
        "modal": shape(
            {**TYPE, "title": plain(24), "blocks": array(by_type(IN_MODALS), 100)},
            {
                **VIEW_FIELDS,
                "submit": plain(24),
                "close": plain(24),
                "clear_on_close": boolean,
                "notify_on_close": boolean,
                "submit_disabled": boolean,
            },
        ),
        "home": shape({**TYPE, "blocks": array(by_type(EVERYWHERE), 100)}, VIEW_FIELDS),
    }
)
