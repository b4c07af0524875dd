// Blocks as elements; interactive ones are made in elements.js.

import { element, image } from "./elements.js";
import { h } from "./dom.js";
import { markdown, plain, rich, textObject } from "./text.js";

export function renderBlocks(blocks, surface) {
  return blocks.map((block) => {
    const node = BLOCKS[block.type]?.(block, surface) ?? h("p", { className: "unknown" }, `[${block.type}]`);
    node.classList.add("block", `block-${block.type}`);
    node.dataset.block = block.block_id;
    return node;
  });
}

const seen = (items, surface) =>
  items.filter((item) => !item.visible_to_user_ids || item.visible_to_user_ids.includes(surface.me));

const BLOCKS = {
  header: (b) => h("h3", {}, plain(b.text.text)),
  divider: () => h("hr"),
  section,
  context: (b, s) => h("div", {}, b.elements.map((item) =>
    item.type === "image" ? image(item, "thumb small") : h("span", {}, textObject(item, s.names)))),
  actions: (b, s) => h("div", {}, seen(b.elements, s).map((item) => element(item, b, s))),
  context_actions: (b, s) => h("div", {}, seen(b.elements, s).map((item) => element(item, b, s))),
  image: (b) => h("figure", {}, b.title ? h("figcaption", {}, plain(b.title.text)) : null, image(b, "picture")),
  rich_text: (b, s) => h("div", {}, rich(b.elements, s.names)),
  markdown: (b, s) => h("div", {}, markdown(b.text, s.names)),
  input,
  table: (b, s) => table(b.rows, b.column_settings || [], s),
  data_table: (b, s) => table(b.rows, [], s, b.caption),
  data_visualization: chart,
  alert: (b, s) => h("div", { className: b.level || "default", role: "note" }, h("p", {}, textObject(b.text, s.names))),
  card,
  carousel: (b, s) => h("div", {}, renderBlocks(b.elements, s)),
  container: (b, s) => h("section", {},
    b.title ? h("h4", {}, plain(b.title.text)) : null, renderBlocks(b.child_blocks, s)),
  file: (b) => h("p", {}, `File ${b.external_id}`),
  plan: (b, s) => h("section", {}, h("h4", {}, b.title), renderBlocks(b.tasks || [], s)),
  task_card: (b) => h("p", { className: b.status }, `${b.title} (${b.status.replace("_", " ")})`),
};

function section(block, surface) {
  const words = h("div", { className: "words" },
    block.text ? h("p", {}, textObject(block.text, surface.names)) : null,
    block.fields ? h("div", { className: "fields" },
      block.fields.map((field) => h("p", {}, textObject(field, surface.names)))) : null);
  const beside = block.accessory && seen([block.accessory], surface).length
    ? h("div", { className: "beside" }, element(block.accessory, block, surface)) : null;
  return h("div", {}, words, beside);
}

function input(block, surface) {
  const control = element(block.element, block, surface, true);
  const target = control.matches("input, select, textarea") ? control : control.querySelector("input") || control;
  const id = `in-${block.block_id}`;
  const group = control.classList.contains("boxes");
  target.id = group ? "" : id;
  control.setAttribute("aria-label", plain(block.label.text));
  return h("div", {},
    h(group ? "p" : "label", { className: "label", ...(group ? {} : { for: id }) },
      plain(block.label.text), block.optional ? h("small", {}, "optional") : null),
    control,
    h("p", { className: "error", role: "alert", "data-testid": `error-${block.block_id}`, hidden: true }),
    block.hint ? h("p", { className: "hint" }, plain(block.hint.text)) : null);
}

function cell(item, surface) {
  if (item.type === "rich_text") return rich(item.elements, surface.names);
  return item.text ?? String(item.value);
}

function table(rows, settings, surface, caption) {
  const row = (cells, tag) => h("tr", {}, cells.map((item, index) => h(tag, {
    className: `${settings[index]?.align || (item.type === "raw_number" ? "right" : "left")} ${settings[index]?.is_wrapped ? "wrap" : ""}`,
    ...(tag === "th" ? { scope: "col" } : {}),
  }, cell(item, surface))));
  return h("div", { tabindex: "0", role: "region", "aria-label": caption || "Table" }, h("table", {},
    caption ? h("caption", {}, caption) : null,
    h("thead", {}, row(rows[0], "th")),
    h("tbody", {}, rows.slice(1).map((cells) => row(cells, "td")))));
}

function card(block, surface) {
  return h("article", {},
    block.hero_image ? image(block.hero_image, "picture") : null,
    block.icon ? image(block.icon, "thumb") : null,
    block.title ? h("h4", {}, textObject(block.title, surface.names)) : null,
    block.subtitle ? h("p", { className: "hint" }, textObject(block.subtitle, surface.names)) : null,
    block.body ? h("p", {}, textObject(block.body, surface.names)) : null,
    block.actions ? h("div", { className: "block-actions" },
      seen(block.actions, surface).map((item) => element(item, block, surface))) : null);
}

// A chart as bars with their numbers: readable, and the same to a screen reader.
function chart(block) {
  const { chart: plot } = block;
  const series = plot.type === "pie" ? [{ name: "", data: plot.segments }] : plot.series;
  const most = Math.max(...series.flatMap((one) => one.data.map((point) => Math.abs(point.value))), 1e-9);
  const categories = plot.axis_config?.categories || plot.segments.map((segment) => segment.label);
  const bar = (value, index) => {
    const fill = h("span", { className: `fill s${index % 6}` });
    fill.style.width = `${(Math.abs(value) / most) * 100}%`;
    return h("span", { className: "rail" }, fill, h("b", {}, value.toLocaleString()));
  };
  return h("figure", {},
    h("figcaption", {}, block.title),
    series.length > 1 ? h("p", { className: "legend" }, series.map((one, index) =>
      h("span", {}, h("i", { className: `s${index % 6}` }), one.name))) : null,
    h("dl", {}, categories.map((label) => [
      h("dt", {}, label),
      h("dd", {}, series.map((one, index) => {
        const point = one.data.find((each) => each.label === label);
        return point ? bar(point.value, index) : null;
      })),
    ])));
}
