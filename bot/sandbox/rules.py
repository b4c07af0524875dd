"""The rules for Block Kit, as tables: what each object holds and how long it may be.

The figures are Slack's documented limits; where sources disagree, the lower one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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

ID = string(255)
USER = string(30, like=r"^[UW][A-Z0-9]+$")
DATE = string(10, like=r"^\d{4}-\d{2}-\d{2}$")
TIME = string(5, like=r"^\d{2}:\d{2}$")
URL = string(3000, like=r"^(https?|mailto|slack):")
TYPE = {"type": anything}


def plain(hi: int) -> Rule:
    """Text without markup."""
    fields = {"text": string(hi)}
    return by_type({"plain_text": shape({**TYPE, **fields}, {"emoji": boolean})})


def text(hi: int) -> Rule:
    """Text with or without markup."""
    fields = {**TYPE, "text": string(hi)}
    return by_type(
        {
            "plain_text": shape(fields, {"emoji": boolean}),
            "mrkdwn": shape(fields, {"verbatim": boolean}),
        }
    )


SLACK_FILE = shape(may={"id": ID, "url": URL}, only_one=("id", "url"))
CONFIRM = shape(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)
OPTION = shape({"text": text(75), "value": string(150)}, {"description": text(75)})
MENU_OPTION = shape({"text": plain(75), "value": string(150)}, {"description": plain(75)})
OVERFLOW_OPTION = shape(
    {"text": plain(75), "value": string(150)}, {"description": plain(75), "url": URL}
)
GROUP = shape({"label": plain(75), "options": array(MENU_OPTION, 100)})
DISPATCH = shape(
    {"trigger_actions_on": array(one_of("on_enter_pressed", "on_character_entered"), 2)}
)
FEEDBACK = shape({"text": plain(75), "value": string(2000)}, {"accessibility_label": string(75)})

# --- elements -------------------------------------------------------------------------


def element(
    needs: Mapping[str, Rule] | None = None,
    may: Mapping[str, Rule] | None = None,
    *,
    only_one: Sequence[str] = (),
) -> Rule:
    """Something a person can use: it may have an action_id."""
    return shape({**TYPE, **(needs or {})}, {"action_id": ID, **(may or {})}, only_one=only_one)


CONFIRMED: dict[str, Rule] = {"confirm": CONFIRM}
FIELD: dict[str, Rule] = {"placeholder": plain(150), "focus_on_load": boolean}
PICKER: dict[str, Rule] = {**FIELD, **CONFIRMED}
MULTI: dict[str, Rule] = {**PICKER, "max_selected_items": number(1, 100)}
TYPED: dict[str, Rule] = {
    **FIELD,
    "initial_value": string(3000),
    "dispatch_action_config": DISPATCH,
}
MENU: dict[str, Rule] = {"options": array(MENU_OPTION, 100), "option_groups": array(GROUP, 100)}
MENUS = ("options", "option_groups")
CHOICES: dict[str, Rule] = {"options": array(OPTION, 10)}
QUERY: dict[str, Rule] = {"min_query_length": number(0, 100)}

IMAGE_ELEMENT = shape(
    {**TYPE, "alt_text": string(2000)},
    {"image_url": URL, "slack_file": SLACK_FILE},
    only_one=("image_url", "slack_file"),
)
BUTTON = element(
    {"text": plain(75)},
    {
        **CONFIRMED,
        "url": URL,
        "value": string(2000),
        "style": one_of("primary", "danger"),
        "accessibility_label": string(75),
        "visible_to_user_ids": array(USER, 10),
    },
)
OVERFLOW = element({"options": array(OVERFLOW_OPTION, 5)}, CONFIRMED)
PICKERS: dict[str, Rule] = {
    "static_select": element(
        None, {**MENU, **PICKER, "initial_option": MENU_OPTION}, only_one=MENUS
    ),
    "multi_static_select": element(
        None, {**MENU, **MULTI, "initial_options": array(MENU_OPTION, 100)}, only_one=MENUS
    ),
    "external_select": element(None, {**PICKER, **QUERY, "initial_option": MENU_OPTION}),
    "users_select": element(None, {**PICKER, "initial_user": USER}),
    "multi_users_select": element(None, {**MULTI, "initial_users": array(USER, 100)}),
    "channels_select": element(None, {**PICKER, "initial_channel": ID}),
    "conversations_select": element(None, {**PICKER, "initial_conversation": ID}),
    "datepicker": element(None, {**PICKER, "initial_date": DATE}),
    "timepicker": element(None, {**PICKER, "initial_time": TIME, "timezone": string(60)}),
    "checkboxes": element(
        CHOICES, {**CONFIRMED, "focus_on_load": boolean, "initial_options": array(OPTION, 10)}
    ),
    "radio_buttons": element(
        CHOICES, {**CONFIRMED, "focus_on_load": boolean, "initial_option": OPTION}
    ),
}
INPUTS: dict[str, Rule] = {
    **PICKERS,
    "plain_text_input": element(
        None,
        {
            **TYPED,
            "multiline": boolean,
            "min_length": number(0, 3000),
            "max_length": number(1, 3000),
        },
    ),
    "number_input": element(
        {"is_decimal_allowed": boolean},
        {**TYPED, "min_value": string(40), "max_value": string(40)},
    ),
    "email_text_input": element(None, TYPED),
    "url_text_input": element(None, TYPED),
}
ACTIONS: dict[str, Rule] = {**PICKERS, "button": BUTTON, "overflow": OVERFLOW}
ACCESSORIES: dict[str, Rule] = {**ACTIONS, "image": IMAGE_ELEMENT}
CONTEXT_ACTIONS: dict[str, Rule] = {
    "feedback_buttons": element({"positive_button": FEEDBACK, "negative_button": FEEDBACK}),
    "icon_button": element(
        {"icon": one_of("trash"), "text": plain(75)},
        {**CONFIRMED, "value": string(2000), "visible_to_user_ids": array(USER, 10)},
    ),
}

# --- rich text ------------------------------------------------------------------------

STYLE = {
    "style": shape(may=dict.fromkeys(("bold", "italic", "strike", "code", "underline"), boolean))
}
SPANS: dict[str, Rule] = {
    "text": shape({**TYPE, "text": string(12000)}, STYLE),
    "link": shape({**TYPE, "url": URL}, {**STYLE, "text": string(3000), "unsafe": boolean}),
    "user": shape({**TYPE, "user_id": ID}, STYLE),
    "channel": shape({**TYPE, "channel_id": ID}, STYLE),
    "emoji": shape({**TYPE, "name": string(100)}, {"unicode": string(40), "style": anything}),
    "date": shape(
        {**TYPE, "timestamp": number(0, 9e9), "format": string(200)},
        {**STYLE, "url": URL, "fallback": string(200)},
    ),
    "broadcast": shape({**TYPE, "range": one_of("here", "channel", "everyone")}, STYLE),
}
SPAN_LIST = {"elements": array(by_type(SPANS), 1000, lo=0)}
BORDER = {"border": number(0, 1)}
RICH_SECTION = shape({**TYPE, **SPAN_LIST})
RICH: dict[str, Rule] = {
    "rich_text_section": RICH_SECTION,
    "rich_text_preformatted": shape({**TYPE, **SPAN_LIST}, {**BORDER, "language": string(40)}),
    "rich_text_quote": shape({**TYPE, **SPAN_LIST}, BORDER),
    "rich_text_list": shape(
        {
            **TYPE,
            "style": one_of("bullet", "ordered"),
            "elements": array(by_type({"rich_text_section": RICH_SECTION}), 1000),
        },
        {**BORDER, "indent": number(0, 8), "offset": number(0, 100000)},
    ),
}
