// Interactive elements. `surface` says what a click does and keeps what was filled in:
//   act(key, value)   someone used the element `block_id/action_id`
//   values            what fields hold, by the same key
//   suggest(key, q)   options the app looks up
//   names, people, channels

import { confirmed, h, icon } from "./dom.js";
import { plain } from "./text.js";

const keyOf = (block, element) => `${block.block_id}/${element.action_id}`;

export function element(item, block, surface, field = false) {
  const made = MAKERS[item.type];
  if (!made) return h("span", { className: "unknown" }, `[${item.type}]`);
  const key = keyOf(block, item);
  const live = !field || block.dispatch_action;
  const change = async (value, dispatch = live) => {
    surface.values.set(key, value);
    if (dispatch && (await confirmed(item.confirm))) await surface.act(key, value);
  };
  const held = surface.values.has(key) ? surface.values.get(key) : initial(item);
  const shared = { "data-testid": `${field ? "field" : "action"}-${item.action_id}`, "data-key": key };
  return made({ item, block, surface, key, change, held, shared });
}

function initial(item) {
  if (item.initial_option) return item.initial_option.value;
  if (item.initial_options) return item.initial_options.map((option) => option.value);
  for (const name of ["value", "user", "users", "date", "time", "channel", "conversation"]) {
    if (item[`initial_${name}`] !== undefined) return item[`initial_${name}`];
  }
  return undefined;
}

// --- buttons and menus ---------------------------------------------------------

function button({ item, key, surface, shared }) {
  const node = h("button", {
    type: "button",
    className: item.style || "plain",
    ...shared,
    "data-value": item.value,
    "aria-label": item.accessibility_label,
    onclick: async () => {
      if (!(await confirmed(item.confirm))) return;
      if (item.url) window.open(item.url, "_blank", "noopener");
      await busy(node, () => surface.act(key, undefined));
    },
  }, plain(item.text.text));
  return node;
}

async function busy(node, work) {
  node.disabled = true;
  node.setAttribute("aria-busy", "true");
  await work();
  node.disabled = false;
  node.removeAttribute("aria-busy");
}

function overflow({ item, key, surface, shared }) {
  const entries = h("div", { className: "entries", role: "menu", hidden: true }, item.options.map((option) =>
    h("button", {
      type: "button", role: "menuitem", "data-testid": `option-${option.value}`,
      onclick: async () => {
        entries.hidden = true;
        if (!(await confirmed(item.confirm))) return;
        if (option.url) window.open(option.url, "_blank", "noopener");
        await surface.act(key, option.value);
      },
    }, plain(option.text.text))));
  const opener = h("button", {
    type: "button", className: "plain square", ...shared, "aria-label": "More actions", "aria-haspopup": "menu",
    onclick: () => {
      entries.hidden = !entries.hidden;
      if (!entries.hidden) entries.firstElementChild.focus();
    },
  }, icon("more"));
  const node = h("span", { className: "overflow" }, opener, entries);
  node.addEventListener("focusout", (event) => {
    if (!node.contains(event.relatedTarget)) entries.hidden = true;
  });
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || entries.hidden) return;
    event.stopPropagation();
    entries.hidden = true;
    opener.focus();
  });
  return node;
}

function choices(options, held) {
  return options.map((option) =>
    h("option", { value: option.value, selected: option.value === held }, plain(option.text.text)));
}

function menu(given, options) {
  const { item, held, change, shared } = given;
  const node = h("select", { ...shared, onchange: () => change(node.value || null) },
    h("option", { value: "" }, item.placeholder?.text || "Choose…"), options(held));
  return node;
}

const staticSelect = (given) => menu(given, (held) => given.item.option_groups
  ? given.item.option_groups.map((group) => h("optgroup", { label: group.label.text }, choices(group.options, held)))
  : choices(given.item.options, held));

const named = (pairs) => pairs.map(([value, text]) => ({ value, text: { text } }));
const people = (surface) => named(surface.people.map((person) => [person.id, person.name]));
const channels = (surface) => named(surface.channels.filter((c) => !c.is_im).map((c) => [c.id, `#${c.name}`]));

function several(options) {
  return (given) => {
    const { held = [], change, shared } = given;
    const node = h("select", {
      ...shared, multiple: true,
      onchange: () => change([...node.selectedOptions].map((option) => option.value)),
    }, options(given).map((option) =>
      h("option", { value: option.value, selected: held.includes(option.value) }, option.text.text)));
    return node;
  };
}

const allOptions = ({ item }) => item.options || item.option_groups.flatMap((group) => group.options);

// --- boxes ---------------------------------------------------------------------

function boxes(type) {
  return ({ item, held, change, shared, key }) => {
    const chosen = [held].flat();
    const node = h("div", { className: "boxes", role: type === "radio" ? "radiogroup" : "group", ...shared });
    const read = () => [...node.querySelectorAll("input:checked")].map((box) => box.value);
    node.append(...item.options.map((option) => h("label", {},
      h("input", {
        type, name: key, value: option.value, checked: chosen.includes(option.value),
        "data-testid": `option-${option.value}`,
        onchange: () => change(type === "radio" ? read()[0] : read()),
      }),
      h("span", {}, plain(option.text.text),
        option.description ? h("small", {}, plain(option.description.text)) : null))));
    return node;
  };
}

// --- text ------------------------------------------------------------------------

function typed(type, more = {}) {
  return ({ item, held, change, shared }) => {
    const many = type === "textarea";
    const node = h(many ? "textarea" : "input", {
      ...shared, ...(many ? { rows: "4" } : { type }), ...more,
      placeholder: item.placeholder?.text, autofocus: item.focus_on_load,
      maxlength: item.max_length && String(item.max_length),
      min: item.min_value, max: item.max_value, step: item.is_decimal_allowed ? "any" : undefined,
      oninput: () => change(node.value, false),
      onchange: () => change(node.value),
    });
    node.value = held ?? "";
    return node;
  };
}

const textInput = (given) => typed(given.item.multiline ? "textarea" : "text")(given);

function search({ item, held, change, shared, key, surface }) {
  const found = h("div", { className: "entries", hidden: true });
  let asked = 0;
  const look = async () => {
    const turn = ++asked;
    if (node.value.length < (item.min_query_length ?? 3)) return;
    const options = await surface.suggest(key, node.value);
    if (turn !== asked) return;
    found.hidden = false;
    found.replaceChildren(...(options.length ? options.map((option) => h("button", {
      type: "button", "data-testid": `option-${option.value}`,
      onclick: () => {
        node.value = option.text.text;
        found.hidden = true;
        change(option);
      },
    }, option.text.text)) : [h("p", {}, "Nothing found")]));
  };
  const node = h("input", { ...shared, type: "text", autocomplete: "off", placeholder: item.placeholder?.text || "Type to search", oninput: look });
  node.value = held?.text?.text ?? item.initial_option?.text.text ?? "";
  return h("span", { className: "overflow" }, node, found);
}

// --- feedback ----------------------------------------------------------------------

function thumbs({ item, key, surface, shared }) {
  return h("span", { className: "thumbs", ...shared }, ["positive", "negative"].map((side) =>
    h("button", {
      type: "button", className: "plain", "data-testid": `feedback-${side}`,
      onclick: (event) => busy(event.currentTarget, () => surface.act(key, side)),
    }, plain(item[`${side}_button`].text.text))));
}

function picture({ item }) {
  return image(item, "thumb");
}

export function image(item, className) {
  const source = item.image_url || (item.slack_file?.id ? `/file/${item.slack_file.id}` : item.slack_file?.url);
  return h("img", { src: source, alt: item.alt_text, title: item.alt_text, className, loading: "lazy" });
}

const MAKERS = {
  button,
  icon_button: button,
  overflow,
  image: picture,
  feedback_buttons: thumbs,
  static_select: staticSelect,
  external_select: search,
  users_select: (given) => menu(given, (held) => choices(people(given.surface), held)),
  channels_select: (given) => menu(given, (held) => choices(channels(given.surface), held)),
  conversations_select: (given) => menu(given, (held) => choices(channels(given.surface), held)),
  multi_static_select: several(allOptions),
  multi_users_select: several(({ surface }) => people(surface)),
  datepicker: typed("date"),
  timepicker: typed("time"),
  checkboxes: boxes("checkbox"),
  radio_buttons: boxes("radio"),
  plain_text_input: textInput,
  number_input: typed("number"),
  email_text_input: typed("email"),
  url_text_input: typed("url"),
};
