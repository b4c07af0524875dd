// The panel in which a newcomer writes or drops a mail for the bot to read.

import { dialog, h, icon, send, toast } from "./dom.js";

const encoded = (file) => new Promise((resolve, reject) => {
  const reader = new FileReader();
  reader.addEventListener("load", () => resolve(reader.result.split(",")[1] || ""));
  reader.addEventListener("error", () => reject(reader.error));
  reader.readAsDataURL(file);
});

const EXAMPLE = `Hello,

please send us

10 pcs  4711-M8   hexagon bolt M8
 3 pcs  4712      washer

Purchase order: PO-2026-118
Kind regards`;

export function openMail(samples) {
  const field = (label, control) => h("label", { className: "label" }, label, control);
  const from = h("input", { type: "email", name: "from", required: true, "data-testid": "mail-from", value: "buyer@customer.example" });
  const subject = h("input", { type: "text", name: "subject", "data-testid": "mail-subject", value: "Order PO-2026-118" });
  const body = h("textarea", { name: "body", rows: "8", "data-testid": "mail-body" });
  body.value = EXAMPLE;
  const files = h("input", { type: "file", multiple: true, "data-testid": "mail-files" });
  const error = h("p", { className: "error", role: "alert", "data-testid": "mail-error", hidden: true });
  const drop = h("input", { type: "file", accept: ".eml,message/rfc822", "data-testid": "mail-eml" });

  const deliver = async (mail) => {
    const answer = await send("/page/mail", mail);
    error.hidden = answer.ok;
    error.textContent = answer.error || "";
    if (!answer.ok) return;
    node.close();
    toast("The mail is delivered. Watch the channel.");
  };
  const deliverFile = async (file) => file && deliver({ eml: await encoded(file) });
  drop.addEventListener("change", () => deliverFile(drop.files[0]));

  const own = h("div", {}, field("From", from), field("Subject", subject), field("Text", body),
    field("Attachments", files), h("label", { className: "drop" }, icon("file"), "Or drop an .eml file here", drop));
  const sample = h("select", {
    "data-testid": "mail-sample", onchange: () => (own.hidden = sample.value !== ""),
  }, h("option", { value: "" }, "Write one of your own"), samples.map((name) => h("option", { value: name }, name)));

  const node = dialog({ className: "modal", "data-testid": "mail-panel", "aria-label": "Deliver a mail" },
    h("form", { method: "dialog", onsubmit: async (event) => {
      event.preventDefault();
      if (sample.value) return deliver({ sample: sample.value });
      const attached = await Promise.all([...files.files].map(async (file) =>
        ({ name: file.name, type: file.type, data: await encoded(file) })));
      return deliver({ from: from.value, subject: subject.value, body: body.value, files: attached });
    } },
      h("header", {},
        h("h2", {}, "Deliver a mail"),
        h("button", { type: "button", className: "quiet", "aria-label": "Close", onclick: () => node.close() }, icon("close"))),
      h("div", { className: "body" },
        h("p", { className: "hint" }, "Write as a customer would. The mail goes to the order desk's mailbox."),
        samples.length ? field("Mail", sample) : null, own, error),
      h("div", { className: "feet" },
        h("button", { type: "button", onclick: () => node.close() }, "Cancel"),
        h("button", { className: "primary", "data-testid": "mail-send" }, "Deliver"))));

  const zone = own.lastElementChild;
  zone.addEventListener("dragover", (event) => event.preventDefault());
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    deliverFile(event.dataTransfer.files[0]);
  });
}
