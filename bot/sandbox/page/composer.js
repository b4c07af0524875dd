// The text boxes: Enter sends, Shift+Enter breaks the line, `/` and `@` offer what there is.

import { h, icon, send, toast } from "./dom.js";

export function wire(form, store, place) {
  const text = form.querySelector("textarea");
  const hints = form.querySelector("ul");
  form.querySelector(".send").replaceChildren(icon("send"));

  const submit = async () => {
    const written = text.value;
    if (!written.trim()) return;
    text.value = "";
    grow(text);
    const { channel, thread } = place();
    const outcome = await send("/page/do/say", {
      user: store.me, channel, thread_ts: thread, text: mentions(written, store),
    });
    if (outcome.ok) return;
    toast(outcome.error);
    text.value = text.value || written;
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  text.addEventListener("keydown", (event) => {
    if (event.key === "Tab" && hints && !hints.hidden && hints.firstElementChild) {
      event.preventDefault();
      hints.firstElementChild.firstElementChild.click();
    } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      submit();
    }
  });
  text.addEventListener("input", () => {
    grow(text);
    if (hints) hint(text, hints, store);
  });
}

function grow(text) {
  text.style.height = "auto";
  text.style.height = `${Math.min(text.scrollHeight, 180)}px`;
}

function everybody(store) {
  return [store.bot, ...store.people].sort((a, b) => b.name.length - a.name.length);
}

function mentions(written, store) {
  return everybody(store).reduce((text, person) => text.replaceAll(`@${person.name}`, `<@${person.id}>`), written);
}

function hint(text, hints, store) {
  const command = text.value.match(/^\/\S*$/);
  const mention = text.value.match(/@(\w*)$/);
  let offers = [];
  if (command) offers = store.commands.filter((name) => name.startsWith(command[0])).map((name) => [name, `${name} `]);
  else if (mention) {
    offers = everybody(store).filter((person) => person.name.toLowerCase().startsWith(mention[1].toLowerCase()))
      .map((person) => [`@${person.name}`, `${text.value.slice(0, mention.index)}@${person.name} `]);
  }
  hints.hidden = offers.length === 0;
  hints.replaceChildren(...offers.slice(0, 6).map(([name, value]) => h("li", {}, h("button", {
    type: "button",
    onclick: () => {
      text.value = value;
      hints.hidden = true;
      text.focus();
    },
  }, name))));
}
