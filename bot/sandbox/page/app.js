// The page: who you are, where you are, and what you see there. State lives on the server;
// the page asks again for whatever it hears has changed.

import { ask, h, icon, send } from "./dom.js";
import { wire } from "./composer.js";
import { openMail } from "./mail.js";
import { MessageList } from "./messages.js";
import { showHome, showModal } from "./modal.js";

const at = (id) => document.getElementById(id);
const HOME = "home";
const EVERYTHING = "*";

const store = {
  me: localStorage.getItem("me") || "",
  current: "",
  thread: "",
  messages: [],
  channels: [],
  people: [],
  bot: { id: "", name: "" },
  names: {
    user: (id) => [store.bot, ...store.people].find((person) => person.id === id)?.name || id,
    channel: (id) => store.channels.find((channel) => channel.id === id)?.name || id,
  },
  surface: () => ({ me: store.me, names: store.names, people: store.people, channels: store.channels }),
  openThread: (ts) => {
    store.thread = ts;
    drawThread(true);
  },
};

const list = new MessageList(at("list"), store, false);
let threadList = null;

// --- asking --------------------------------------------------------------------

// What arrives for somebody one no longer is, or somewhere one no longer is, is asked again.
async function loadState() {
  const { me } = store;
  const state = await ask(`/page/state?user=${encodeURIComponent(me)}`);
  if (store.me !== me) {
    await loadState();
    return;
  }
  Object.assign(store, state);
  localStorage.setItem("me", store.me);
  if (!valid(store.current)) store.current = store.channels.find((c) => !c.is_im)?.id || HOME;
}

const valid = (place) => place === HOME || store.channels.some((channel) => channel.id === place);

async function loadMessages() {
  const { me, current } = store;
  if (current === HOME) return;
  const messages = await ask(`/page/messages?user=${encodeURIComponent(me)}&channel=${encodeURIComponent(current)}`);
  if (store.me === me && store.current === current) store.messages = messages;
  else await loadMessages();
}

let running = null;
let next = new Set();

// One refresh at a time; what is heard meanwhile is gathered for one more.
async function refresh(what = [EVERYTHING]) {
  what.forEach((each) => next.add(each));
  while (running) await running;
  if (!next.size) return;
  const changed = next;
  next = new Set();
  running = load(changed).finally(() => (running = null));
  await running;
}

async function load(changed) {
  await loadState();
  if (changed.has(EVERYTHING) || changed.has(store.current)) await loadMessages();
  draw();
}

// --- drawing -------------------------------------------------------------------

function draw() {
  document.title = `${store.current === HOME ? "Home" : store.names.channel(store.current)} · ${store.name}`;
  at("workspace").textContent = store.name;
  at("deliver").hidden = !store.mail;
  at("status").textContent = store.connected ? `${store.bot.name} is connected` : `${store.bot.name} is not connected`;
  at("status").className = store.connected ? "on" : "off";
  drawPeople();
  drawSide();
  drawMain();
  drawThread(false);
  showModal(store);
}

// Redraws only what differs, and gives the focus back to where it was.
function redraw(place, facts, make) {
  const key = JSON.stringify(facts);
  if (place.dataset.key === key) return;
  const focused = place.contains(document.activeElement) ? document.activeElement.dataset.testid : null;
  place.dataset.key = key;
  place.replaceChildren(...make());
  if (focused) place.querySelector(`[data-testid="${CSS.escape(focused)}"]`)?.focus();
}

function drawPeople() {
  redraw(at("person"), [store.people, store.me], () => store.people.map((person) =>
    h("option", { value: person.id, selected: person.id === store.me },
      person.title ? `${person.name} – ${person.title}` : person.name)));
}

function drawSide() {
  const channels = store.channels.filter((channel) => !channel.is_im);
  const direct = store.channels.filter((channel) => channel.is_im);
  redraw(at("lists"), [store.channels, store.bot, store.current], () => [
    entry({ id: HOME, name: `${store.bot.name} Home`, unread: 0 }, "home", "app-home"),
    h("h3", {}, "Channels"), ...channels.map((channel) => entry(channel, "hash")),
    h("h3", {}, "Direct messages"), ...direct.map((channel) => entry({ ...channel, name: store.bot.name }, "chat")),
  ]);
}

function entry(place, picture, testid = `channel-${place.id}`) {
  const unread = place.unread > 0 && place.id !== store.current;
  return h("button", {
    className: `entry ${unread ? "unread" : ""}`, "data-testid": testid,
    "aria-current": place.id === store.current ? "page" : null,
    onclick: () => go(place.id),
  }, icon(picture), h("span", {}, place.name),
  unread ? h("b", { className: "badge", "aria-label": `${place.unread} unread`, "data-testid": `unread-${place.id}` }, String(place.unread)) : null);
}

function drawMain() {
  const home = store.current === HOME;
  const channel = store.channels.find((each) => each.id === store.current);
  at("home").hidden = !home;
  at("list").hidden = home;
  at("composer").hidden = home || channel?.archived;
  at("title").textContent = home ? `${store.bot.name} Home` : channel.is_im ? store.bot.name : `# ${channel.name}`;
  at("topic").textContent = home ? "What waits for you" : channel.topic || (channel.is_im ? "Direct messages" : `${channel.members} members`);
  at("text").placeholder = home ? "" : channel.is_im ? `Message ${store.bot.name}` : `Message #${channel.name}`;
  if (home) {
    showHome(store, at("home"));
    return;
  }
  list.show(store.messages.filter((message) => !message.thread_ts || message.thread_ts === message.ts), empty());
  markRead(channel);
}

function empty() {
  const invite = store.mail ? h("button", { className: "primary", onclick: () => openMail(store.samples) }, "Deliver a mail") : null;
  return [h("div", { className: "empty" }, h("p", {}, "Nothing here yet."), invite)];
}

function markRead(channel) {
  const last = store.messages.at(-1);
  if (!channel.unread || !last || document.hidden) return;
  send("/page/do/read", { user: store.me, channel: channel.id, ts: last.ts });
}

function drawThread(focus) {
  const pane = at("thread");
  const parent = store.messages.find((message) => message.ts === store.thread);
  pane.hidden = !parent;
  if (!parent) {
    store.thread = "";
    pane.replaceChildren();
    return;
  }
  if (pane.dataset.ts !== store.thread || !pane.childElementCount) buildThread(pane);
  threadList.show([parent, ...store.messages.filter((m) => m.thread_ts === parent.ts && m.ts !== parent.ts)], []);
  if (focus) pane.querySelector("textarea").focus();
}

function buildThread(pane) {
  pane.dataset.ts = store.thread;
  const place = h("section", { className: "list", tabindex: "0", "aria-label": "Messages of the thread" });
  const form = h("form", { className: "composer" },
    h("textarea", { rows: "1", placeholder: "Reply…", "aria-label": "Reply", "data-testid": "thread-composer" }),
    h("button", { className: "send", "aria-label": "Send reply" }));
  pane.replaceChildren(
    h("header", { className: "bar" }, h("h2", {}, "Thread"),
      h("button", { className: "quiet", "aria-label": "Close thread", "data-testid": "thread-close", onclick: () => store.openThread("") }, icon("close"))),
    place, form);
  threadList = new MessageList(place, store, true);
  wire(form, store, () => ({ channel: store.current, thread: store.thread }));
}

// --- moving --------------------------------------------------------------------

async function go(place) {
  if (place !== store.current) {
    list.clear();
    store.thread = "";
    store.messages = [];
  }
  store.current = place;
  window.history.replaceState(null, "", `#${place}`);
  showSide(false);
  const channel = store.channels.find((each) => each.id === place);
  if (place === HOME || channel?.is_im) {
    send("/page/do/home", { user: store.me, tab: place === HOME ? "home" : "messages" });
  }
  await refresh();
}

function showSide(on) {
  at("side").classList.toggle("open", on);
  at("menu").setAttribute("aria-expanded", String(on));
}

function listen() {
  const socket = new WebSocket(`${window.location.origin.replace(/^http/, "ws")}/live`);
  socket.addEventListener("open", () => refresh());
  socket.addEventListener("message", (event) => refresh(JSON.parse(event.data)));
  socket.addEventListener("close", () => {
    at("status").textContent = "The workspace is not running";
    at("status").className = "off";
    setTimeout(listen, 1500);
  });
}

async function start() {
  at("menu").replaceChildren(icon("menu"));
  at("deliver").prepend(icon("mail"));
  at("menu").addEventListener("click", () => showSide(!at("side").classList.contains("open")));
  at("deliver").addEventListener("click", () => openMail(store.samples));
  at("person").addEventListener("change", async (event) => {
    store.me = event.target.value;
    list.clear();
    await go(valid(store.current) && !store.current.startsWith("D") ? store.current : "");
  });
  wire(at("composer"), store, () => ({ channel: store.current, thread: null }));
  const link = new URLSearchParams(window.location.search);
  store.current = link.get("channel") || window.location.hash.slice(1);
  await refresh();
  if (link.get("message")) at("list").querySelector(`[data-ts="${CSS.escape(link.get("message"))}"]`)?.scrollIntoView();
  listen();
}

start();
