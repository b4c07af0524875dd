// Modals and the Home tab: views, as opposed to messages.

import { dialog, h, icon, send, toast } from "./dom.js";
import { renderBlocks } from "./blocks.js";

let open = null; // { id, hash, node, values }

function surfaceFor(store, view, which, values) {
  return {
    ...store.surface(),
    values,
    act: async (key, value) => {
      const outcome = await send("/page/do/click", {
        user: store.me, view: which, action: key, value, given: Object.fromEntries(values),
      });
      if (!outcome.ok) toast(outcome.error);
    },
    suggest: async (key, query) => {
      const outcome = await send("/page/do/suggest", { user: store.me, view: which, action: key, query });
      return outcome.options || [];
    },
  };
}

export function showModal(store) {
  const view = store.view;
  if (!view) {
    const node = open?.node;
    open = null;
    node?.close();
    return;
  }
  if (open?.id === view.id && open.hash === view.hash) return;
  const values = open?.id === view.id ? open.values : new Map();
  const old = open?.node;
  open = { id: view.id, hash: view.hash, values };
  open.node = build(store, view, values);
  old?.close();
}

function build(store, view, values) {
  const blocks = renderBlocks(view.blocks, surfaceFor(store, view, view.id, values));
  const leave = () => send("/page/do/close", { user: store.me });
  const node = dialog({ className: "modal", "data-testid": "modal", "aria-label": view.title.text },
    h("form", { method: "dialog", novalidate: true },
      h("header", {},
        h("h2", { "data-testid": "modal-title" }, view.title.text),
        h("button", { type: "button", className: "quiet", "aria-label": "Close", onclick: leave }, icon("close"))),
      h("div", { className: "body" }, blocks, h("p", { className: "error", role: "alert", "data-testid": "modal-error", hidden: true })),
      h("div", { className: "feet" },
        h("button", { type: "button", onclick: leave, "data-testid": "modal-close" },
          view.close?.text || (store.depth > 1 ? "Back" : "Cancel")),
        view.submit ? h("button", { className: "primary", "data-testid": "modal-submit" }, view.submit.text) : null)));
  node.addEventListener("cancel", (event) => {
    event.preventDefault();
    leave();
  });
  node.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    if (view.submit) submit(store, view, values, node);
  });
  return node;
}

async function submit(store, view, values, node) {
  const button = node.querySelector("[data-testid=modal-submit]");
  button.disabled = true;
  button.setAttribute("aria-busy", "true");
  const outcome = await send("/page/do/submit", {
    user: store.me, view: view.id, given: Object.fromEntries(values),
  });
  button.disabled = false;
  button.removeAttribute("aria-busy");
  for (const error of node.querySelectorAll(".error")) error.hidden = true;
  for (const [block, message] of Object.entries(outcome.fields || {})) {
    complain(node.querySelector(`[data-testid="error-${CSS.escape(block)}"]`), message);
  }
  if (outcome.error) complain(node.querySelector("[data-testid=modal-error]"), outcome.error);
  node.querySelector(".error:not([hidden])")?.closest(".block")?.querySelector("input, select, textarea")?.focus();
}

function complain(place, message) {
  if (!place) return;
  place.textContent = message;
  place.hidden = false;
}

const homeValues = new Map();
let homeShown = "";

export function showHome(store, place) {
  const view = store.home;
  const key = `${store.me}/${view?.hash}`;
  if (key === homeShown) return;
  homeShown = key;
  if (!view) {
    place.replaceChildren(h("p", { className: "empty" }, `${store.bot.name} has not published a Home tab for you yet.`));
    return;
  }
  place.replaceChildren(h("div", { className: "sheet" },
    renderBlocks(view.blocks, surfaceFor(store, view, "home", homeValues))));
}
