// The list of messages and the thread beside it. A message that did not change keeps its
// element, so that a half-made choice in it is not lost.

import { avatar, h, icon, send, toast } from "./dom.js";
import { renderBlocks } from "./blocks.js";
import { emoji, mrkdwn } from "./text.js";

const values = new Map(); // what fields in messages hold, by message
const clock = (ts) => new Date(Number(ts) * 1000);

function surfaceFor(store, message) {
  const held = values.get(message.ts) || new Map();
  values.set(message.ts, held);
  return {
    ...store.surface(),
    values: held,
    act: async (key, value) => {
      const outcome = await send("/page/do/click", {
        user: store.me, channel: store.current, ts: message.ts, action: key, value,
        given: Object.fromEntries(held),
      });
      if (!outcome.ok) toast(outcome.error);
    },
    suggest: async () => [],
  };
}

export class MessageList {
  constructor(place, store, inThread) {
    this.place = place;
    this.store = store;
    this.inThread = inThread;
    this.shown = new Map();
    this.atEnd = true;
    place.addEventListener("scroll", () => {
      this.atEnd = place.scrollHeight - place.scrollTop - place.clientHeight < 80;
    });
    new ResizeObserver(() => this.follow()).observe(place);
  }

  // Whoever reads the newest message goes on seeing the newest.
  follow() {
    if (this.atEnd) this.place.scrollTop = this.place.scrollHeight;
  }

  clear() {
    this.shown.clear();
    this.place.replaceChildren();
    this.atEnd = true;
  }

  show(messages, empty) {
    const wanted = new Map();
    let day = "";
    const nodes = [];
    for (const message of messages) {
      const today = clock(message.ts).toDateString();
      if (today !== day && !this.inThread) nodes.push(divider(clock(message.ts)));
      day = today;
      const json = JSON.stringify(message);
      const old = this.shown.get(message.ts);
      const kept = old?.json === json ? old : { json, node: this.row(message) };
      wanted.set(message.ts, kept);
      nodes.push(kept.node);
    }
    this.shown = wanted;
    settle(this.place, nodes.length ? nodes : empty);
    this.follow();
  }

  row(message) {
    const { store } = this;
    const name = store.names.user(message.user);
    const isApp = message.user === store.bot.id;
    const when = clock(message.ts);
    return h("article", {
      className: `message ${message.only_for ? "private" : ""}`,
      "data-testid": `${this.inThread ? "thread-message" : "message"}-${message.ts}`, "data-ts": message.ts, "data-user": message.user,
      "aria-label": `${name}: ${message.text.slice(0, 80)}`,
    },
      avatar(message.user, name, isApp),
      h("div", { className: "said" },
        message.only_for ? h("p", { className: "only" }, "Only visible to you") : null,
        h("p", { className: "who" },
          h("strong", {}, name), isApp ? h("span", { className: "tag" }, "App") : null,
          h("time", { datetime: when.toISOString(), title: when.toLocaleString() },
            when.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })),
          message.edited ? h("span", { className: "edited" }, "(edited)") : null),
        message.blocks
          ? h("div", { className: "card" }, renderBlocks(message.blocks, surfaceFor(store, message)))
          : h("div", { className: "text" }, mrkdwn(message.text, store.names)),
        (message.files || []).map((file) => h("a", { className: "attached", href: file.url_private },
          icon("file"), file.title, h("small", {}, `${file.size.toLocaleString()} bytes`))),
        this.reactions(message),
        this.replies(message)),
      this.tools(message));
  }

  reactions(message) {
    if (!message.reactions?.length) return null;
    return h("p", { className: "reactions" }, message.reactions.map((reaction) =>
      h("span", { title: reaction.users.map((user) => this.store.names.user(user)).join(", ") },
        emoji(reaction.name), ` ${reaction.count}`)));
  }

  replies(message) {
    if (this.inThread || !message.reply_count) return null;
    const count = message.reply_count === 1 ? "1 reply" : `${message.reply_count} replies`;
    const last = clock(message.latest_reply).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
    return h("button", {
      className: "replies", "data-testid": `replies-${message.ts}`,
      onclick: () => this.store.openThread(message.ts),
    }, message.reply_users.slice(0, 3).map((user) => avatar(user, this.store.names.user(user), user === this.store.bot.id)),
    h("b", {}, count), h("small", {}, `last at ${last}`));
  }

  tools(message) {
    const { store } = this;
    if (message.only_for) return null;
    return h("div", { className: "tools" },
      this.inThread ? null : h("button", {
        className: "quiet", title: "Reply in thread", "aria-label": "Reply in thread",
        "data-testid": `thread-${message.ts}`, onclick: () => store.openThread(message.ts),
      }, icon("reply")),
      store.shortcuts.filter((shortcut) => !shortcut.everywhere).map((shortcut) => h("button", {
        className: "quiet", "data-testid": `shortcut-${shortcut.callback_id}`,
        onclick: async () => {
          const outcome = await send("/page/do/shortcut", {
            user: store.me, callback_id: shortcut.callback_id, channel: store.current, ts: message.ts,
          });
          if (!outcome.ok) toast(outcome.error);
        },
      }, shortcut.name)));
  }
}

// Puts these children in place, moving none that is there already: focus and open menus stay.
function settle(place, nodes) {
  const wanted = new Set(nodes);
  [...place.children].filter((node) => !wanted.has(node)).forEach((node) => node.remove());
  nodes.forEach((node, index) => {
    if (place.children[index] !== node) place.insertBefore(node, place.children[index] || null);
  });
}

function divider(day) {
  const today = new Date().toDateString() === day.toDateString();
  const text = today ? "Today" : day.toLocaleDateString([], { weekday: "long", day: "numeric", month: "long" });
  return h("p", { className: "day", role: "separator" }, h("span", {}, text));
}
