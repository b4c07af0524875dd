// The page's small tools: elements without innerHTML, requests, icons, notices.

export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name in node && typeof value !== "string") node[name] = value;
    else node.setAttribute(name === "className" ? "class" : name, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return node;
}

export async function ask(path) {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json();
}

export async function send(path, body) {
  try {
    const response = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    return await response.json();
  } catch {
    return { ok: false, error: "The workspace is not running. Start it again.", fields: {} };
  }
}

export function toast(text) {
  const note = h("p", { className: "toast" }, text);
  document.getElementById("toasts").append(note);
  setTimeout(() => note.remove(), 7000);
}

const PATHS = {
  home: "M4 11l8-7 8 7v8a1 1 0 0 1-1 1h-4v-6H9v6H5a1 1 0 0 1-1-1z",
  hash: "M9 4L7 20M17 4l-2 16M4 9h16M4 15h16",
  chat: "M4 5h16v11H9l-5 4z",
  mail: "M3 6h18v12H3zM3 7l9 6 9-6",
  close: "M6 6l12 12M18 6L6 18",
  send: "M4 12l16-8-6 16-3-7z",
  more: "M5 12m-1 0a1 1 0 1 0 2 0a1 1 0 1 0-2 0M12 12m-1 0a1 1 0 1 0 2 0a1 1 0 1 0-2 0M19 12m-1 0a1 1 0 1 0 2 0a1 1 0 1 0-2 0",
  menu: "M4 7h16M4 12h16M4 17h16",
  reply: "M10 8L5 12l5 4M5 12h9a5 5 0 0 1 5 5v1",
  file: "M7 3h7l4 4v14H7zM14 3v4h4",
};

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

export function avatar(id, name, isApp) {
  const letters = name.split(/\s+/).map((word) => word[0] || "").slice(0, 2).join("").toUpperCase();
  const hue = [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 360, 7);
  const node = h("span", { className: isApp ? "avatar app" : "avatar", "aria-hidden": "true" }, letters);
  if (!isApp) node.style.setProperty("--hue", hue);
  return node;
}

// A dialog that keeps focus inside and gives it back; resolves when it is closed.
export function dialog(attributes, ...children) {
  const node = h("dialog", attributes, ...children);
  node.addEventListener("close", () => node.remove());
  document.body.append(node);
  node.showModal();
  return node;
}

export function confirmed(confirm) {
  if (!confirm) return Promise.resolve(true);
  return new Promise((resolve) => {
    const danger = confirm.style === "danger" ? "danger" : "primary";
    const node = dialog(
      { className: "confirm", "data-testid": "confirm", "aria-label": confirm.title.text },
      h("h2", {}, confirm.title.text),
      h("p", {}, confirm.text.text),
      h("div", { className: "feet" },
        h("button", { onclick: () => node.close("no"), "data-testid": "confirm-no" }, confirm.deny.text),
        h("button", { className: danger, onclick: () => node.close("yes"), "data-testid": "confirm-yes" },
          confirm.confirm.text)),
    );
    node.addEventListener("close", () => resolve(node.returnValue === "yes"));
  });
}
