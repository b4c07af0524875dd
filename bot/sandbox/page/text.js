// Slack's markup as elements. Nothing here ever becomes HTML by way of a string.

import { h } from "./dom.js";

const EMOJI = {
  white_check_mark: "✔", heavy_check_mark: "✔", x: "✖", warning: "⚠", no_entry: "⊘",
  hourglass: "⌛", hourglass_flowing_sand: "⌛", large_green_circle: "●", large_yellow_circle: "●",
  red_circle: "●", bell: "🔔", package: "📦", memo: "📝",
  email: "✉", envelope: "✉", mag: "🔍", eyes: "👀", tada: "🎉", wave: "👋", rocket: "🚀",
  thumbsup: "👍", thumbsdown: "👎", "+1": "👍", "-1": "👎", question: "❓", exclamation: "❗",
  information_source: "ℹ", arrow_right: "➡", arrow_up: "⬆", arrow_down: "⬇", pencil2: "✏",
  lock: "🔒", truck: "🚚", bar_chart: "📊", chart_with_upwards_trend: "📈", calendar: "📅",
  clock3: "🕒",
  inbox_tray: "📥", outbox_tray: "📤", page_facing_up: "📄", paperclip: "📎", sparkles: "✨",
  rewind: "⏪", leftwards_arrow_with_hook: "↩", zzz: "💤", speech_balloon: "💬", bust_in_silhouette: "👤",
};

// Signs of state are drawn in colour with glyphs that every font has.
const TINTS = {
  white_check_mark: "good", heavy_check_mark: "good", large_green_circle: "good",
  warning: "warn", hourglass: "warn", hourglass_flowing_sand: "warn", large_yellow_circle: "warn",
  x: "bad", no_entry: "bad", red_circle: "bad",
};

const TOKENS = new RegExp([
  "```([\\s\\S]+?)```",
  "`([^`\\n]+)`",
  "<([^<>\\n]+)>",
  "(?<![\\w*])\\*(?=\\S)([^*\\n]+?)(?<=\\S)\\*(?![\\w*])",
  "(?<![\\w_])_(?=\\S)([^_\\n]+?)(?<=\\S)_(?![\\w_])",
  "(?<![\\w~])~(?=\\S)([^~\\n]+?)(?<=\\S)~(?![\\w~])",
  ":([a-z0-9_+-]+):",
].join("|"), "g");

const unescaped = (text) => text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");

export function emoji(name) {
  if (!EMOJI[name]) return `:${name}:`;
  return h("span", { className: `emoji ${TINTS[name] || ""}`, role: "img", "aria-label": name.replaceAll("_", " ") }, EMOJI[name]);
}

export function textObject(object, names) {
  if (!object) return null;
  return object.type === "mrkdwn" ? mrkdwn(object.text, names) : lines(plain(object.text));
}

export function plain(text) {
  return text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => EMOJI[name] || whole);
}

export function mrkdwn(text, names) {
  const parts = [];
  let quote = [];
  const flush = () => {
    if (quote.length) parts.push(h("blockquote", {}, inline(quote.join("\n"), names)));
    quote = [];
  };
  for (const piece of text.split(/(```[\s\S]+?```)/)) {
    if (piece.startsWith("```")) {
      flush();
      parts.push(...inline(piece, names));
      continue;
    }
    const rows = piece.split("\n");
    rows.forEach((row, index) => {
      const quoted = /^(&gt;|>) ?/;
      if (quoted.test(row)) {
        quote.push(row.replace(quoted, ""));
        return;
      }
      const afterQuote = quote.length > 0;
      flush();
      if (index > 0 && !afterQuote) parts.push(h("br"));
      parts.push(...inline(row, names));
    });
  }
  flush();
  return parts;
}

function lines(text) {
  return text.split("\n").flatMap((row, index) => (index ? [h("br"), row] : [row]));
}

function inline(text, names) {
  const parts = [];
  let last = 0;
  for (const match of text.matchAll(TOKENS)) {
    if (match.index > last) parts.push(...lines(unescaped(text.slice(last, match.index))));
    parts.push(token(match, names));
    last = match.index + match[0].length;
  }
  if (last < text.length) parts.push(...lines(unescaped(text.slice(last))));
  return parts;
}

function token([whole, block, code, link, bold, italic, strike, name], names) {
  if (block !== undefined) return h("pre", {}, unescaped(block).replace(/^\n|\n$/g, ""));
  if (code !== undefined) return h("code", {}, unescaped(code));
  if (link !== undefined) return reference(link, names);
  if (bold !== undefined) return h("strong", {}, inline(bold, names));
  if (italic !== undefined) return h("em", {}, inline(italic, names));
  if (strike !== undefined) return h("s", {}, inline(strike, names));
  return EMOJI[name] ? emoji(name) : whole;
}

function reference(link, names) {
  const [target, ...rest] = link.split("|");
  const label = rest.length ? unescaped(rest.join("|")) : "";
  if (target.startsWith("@")) return mention(names.user(target.slice(1)));
  if (target.startsWith("#")) return h("span", { className: "mention" }, `#${names.channel(target.slice(1))}`);
  if (target.startsWith("!date^")) return date(target.slice(6), label);
  if (target.startsWith("!")) return h("span", { className: "mention" }, `@${target.slice(1).split("^")[0]}`);
  return anchor(unescaped(target), label);
}

const mention = (name) => h("span", { className: "mention" }, `@${name}`);

export function anchor(url, label) {
  if (!/^(https?:|mailto:)/i.test(url)) return label || `<${url}>`;
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, label || url);
}

const FORMATS = {
  date: { dateStyle: "long" }, date_short: { dateStyle: "medium" },
  date_long: { weekday: "long", year: "numeric", month: "long", day: "numeric" },
  date_num: { year: "numeric", month: "2-digit", day: "2-digit" },
  date_pretty: { dateStyle: "long" }, date_short_pretty: { dateStyle: "medium" },
  date_long_pretty: { dateStyle: "full" }, day_divider_pretty: { weekday: "long", month: "long", day: "numeric" },
  time: { timeStyle: "short" }, time_secs: { timeStyle: "medium" },
};

function date(spec, fallback) {
  const [stamp, format] = spec.split("^");
  const moment = new Date(Number(stamp) * 1000);
  if (Number.isNaN(moment.getTime())) return fallback;
  const text = (format || "{date}").replace(/\{(\w+)\}/g, (whole, name) =>
    name === "ago" ? ago(moment) : FORMATS[name] ? moment.toLocaleString([], FORMATS[name]) : whole);
  return h("time", { datetime: moment.toISOString(), title: moment.toLocaleString() }, text);
}

export function ago(moment) {
  const minutes = Math.round((Date.now() - moment.getTime()) / 60000);
  if (minutes < 1) return "just now";
  if (minutes < 60) return `${minutes} min ago`;
  if (minutes < 1440) return `${Math.round(minutes / 60)} h ago`;
  return `${Math.round(minutes / 1440)} d ago`;
}

// --- rich text ---------------------------------------------------------------

export function rich(elements, names) {
  return elements.map((element) => RICH[element.type]?.(element, names) ?? null);
}

const spans = (element, names) => element.elements.map((span) => styled(span, names));

const RICH = {
  rich_text_section: (e, names) => h("p", {}, spans(e, names)),
  rich_text_quote: (e, names) => h("blockquote", {}, spans(e, names)),
  rich_text_preformatted: (e, names) => h("pre", {}, spans(e, names)),
  rich_text_list: (e, names) =>
    h(e.style === "ordered" ? "ol" : "ul", {}, e.elements.map((item) => h("li", {}, spans(item, names)))),
};

const SPANS = {
  text: (span) => lines(span.text),
  link: (span) => [anchor(span.url, span.text)],
  user: (span, names) => [mention(names.user(span.user_id))],
  channel: (span, names) => [h("span", { className: "mention" }, `#${names.channel(span.channel_id)}`)],
  emoji: (span) => [emoji(span.name)],
  date: (span) => [date(`${span.timestamp}^${span.format}`, span.fallback || "")],
  broadcast: (span) => [h("span", { className: "mention" }, `@${span.range}`)],
};

const STYLES = { bold: "strong", italic: "em", strike: "s", code: "code", underline: "u" };

function styled(span, names) {
  const inner = SPANS[span.type]?.(span, names) ?? [];
  return Object.entries(STYLES).reduce(
    (nodes, [style, tag]) => (span.style?.[style] ? [h(tag, {}, nodes)] : nodes), inner);
}

// The markdown block knows headings, lists and standard emphasis; a readable subset.
export function markdown(text, names) {
  const slack = text
    .replace(/\*\*(.+?)\*\*/g, "*$1*")
    .replace(/^#{1,6} (.+)$/gm, "*$1*")
    .replace(/^[-*] /gm, "• ")
    .replace(/\[([^\]]+)\]\((https?:[^)\s]+)\)/g, "<$2|$1>");
  return mrkdwn(slack, names);
}
