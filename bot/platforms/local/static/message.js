// One message as an element. Texts become text nodes; nothing here reads HTML.

import { address } from "./connection.js";
import { label, language, word } from "./words.js";

const LONG = 1100; // characters
const MANY_LINES = 24;
const PLAYERS = { voice: "audio", video: "video", video_note: "video" };

export function make(tag, className, ...children) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

export function button(className, text, onclick, ...children) {
  const element = make("button", className, ...children, text);
  element.type = "button";
  element.onclick = onclick;
  return element;
}

/** `view`: {mine, named, tap(button index), edit(), erase()}. */
export function render(bubble, view) {
  const text = bubble.runs.map((run) => run.text).join("");
  const element = make("article", "message");
  element.dataset.testid = "message";
  element.dataset.number = bubble.number;
  element.classList.toggle("mine", view.mine);
  element.classList.toggle("protect", bubble.protect);
  const time = clock(bubble.at);
  const sender = word(bubble.sender ?? "bot");
  label(element, `${sender}, ${time}`);

  const body = make("div", "bubble");
  if (view.named) body.append(make("p", `sender ${bubble.sender ?? "bot"}`, sender));
  if (bubble.file) body.append(attachment(bubble.file));
  if (text) body.append(...words(bubble, text));
  const meta = make("p", "meta");
  if (bubble.protect) meta.append(make("span", "lock", word("protected")));
  if (bubble.edited) meta.append(make("span", "edited", word("edited")));
  meta.append(make("time", "", time));
  if (view.mine) meta.prepend(...actions(view));
  body.append(meta);
  element.append(body);
  if (bubble.buttons.length) element.append(keyboard(bubble.buttons, view));
  return element;
}

function words(bubble, text) {
  const element = make("div", "text", ...blocks(bubble.runs));
  element.lang = /[а-яё]/i.test(text) ? "ru" : "en";
  if (text.length <= LONG && text.split("\n").length <= MANY_LINES) return [element];
  element.classList.add("long");
  const more = button("plain more", word("show-all"), () => {
    const open = element.classList.toggle("open");
    more.textContent = word(open ? "show-less" : "show-all");
    more.setAttribute("aria-expanded", open);
  });
  more.setAttribute("aria-expanded", "false");
  return [element, more];
}

/** Neighbouring quoted runs are one quotation; the line breaks around it are its own margins. */
function blocks(runs) {
  const parts = [];
  for (const run of runs) {
    const last = parts.at(-1);
    if (last && last.quote === Boolean(run.quote)) last.runs.push(run);
    else parts.push({ quote: Boolean(run.quote), runs: [run] });
  }
  return parts.map((part, index) => {
    const inline = part.runs.map((run, at) => {
      let text = run.text;
      if (!part.quote && at === 0 && index > 0) text = text.replace(/^\n{1,2}/, "");
      if (!part.quote && at === part.runs.length - 1 && index < parts.length - 1) text = text.replace(/\n{1,2}$/, "");
      return styled(run, text);
    });
    return make(part.quote ? "blockquote" : "div", part.quote ? "" : "block", ...inline);
  });
}

function styled(run, text) {
  let node = document.createTextNode(text);
  if (run.code) node = make("code", "", node);
  if (run.italic) node = make("em", "", node);
  if (run.bold) node = make("strong", "", node);
  if (run.link && /^https?:\/\//i.test(run.link)) {
    node = make("a", "", node);
    node.href = run.link;
    node.target = "_blank";
    node.rel = "noopener noreferrer";
  }
  return node;
}

function attachment(file) {
  if (file.kind === "photo") {
    const image = make("img", "photo");
    image.alt = file.alt || word("photo");
    address(file).then((url) => (image.src = url), () => image.remove());
    return image;
  }
  if (PLAYERS[file.kind]) {
    const player = make(PLAYERS[file.kind], `player ${file.kind}`);
    player.controls = true;
    player.preload = "metadata";
    label(player, file.alt || word(file.kind));
    address(file).then((url) => (player.src = url), () => player.remove());
    return player;
  }
  const link = make("a", "file", icon("file"), make("span", "", file.name), make("small", "", size(file.size)));
  link.download = file.name;
  label(link, word("download", { name: file.name }));
  address(file).then((url) => (link.href = url), () => link.remove());
  return link;
}

function actions(view) {
  const choices = make("span", "choices", button("plain", word("edit"), view.edit), button("plain", word("erase"), view.erase));
  choices.hidden = true;
  const more = button("icon more-actions", "", () => {
    choices.hidden = !choices.hidden;
    more.setAttribute("aria-expanded", !choices.hidden);
  }, icon("more"));
  more.setAttribute("aria-expanded", "false");
  label(more, word("actions"));
  return [choices, more];
}

function keyboard(rows, view) {
  let number = 0;
  return make("div", "buttons", ...rows.map((row) => make("div", "row", ...row.map((shown) => {
    const index = number++;
    if (shown.link && /^https?:\/\//i.test(shown.link)) return outside(shown);
    const element = button("choice", make("span", "", shown.label), () => view.tap(index));
    if (shown.opens) {
      element.append(icon("opens"));
      element.title = word("opens-chat");
    }
    return element;
  }))));
}

function outside(shown) {
  const link = make("a", "choice", make("span", "", shown.label), icon("opens"));
  link.href = shown.link;
  link.target = "_blank";
  link.rel = "noopener noreferrer";
  return link;
}

function clock(seconds) {
  return new Intl.DateTimeFormat(language === "ru" ? "ru" : "en-GB", { hour: "2-digit", minute: "2-digit" }).format(seconds * 1000);
}

function size(bytes) {
  const unit = bytes < 1e6 ? "kilobyte" : "megabyte";
  const value = Math.max(1, Math.round(bytes / (bytes < 1e6 ? 1e3 : 1e6)));
  return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "short" }).format(value);
}
