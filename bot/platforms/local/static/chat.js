// One chat: its log, kept in step with what the service says.

import { forget } from "./connection.js";
import { render } from "./message.js";
import { fill, label, word } from "./words.js";

const NEAR = 80; // pixels from the end that count as being there
const MARGIN = 14; // pixels above the first of several messages
const AT_ONCE = 2500; // ms between messages that belong together; a busy machine needs a second for each
const calm = matchMedia("(prefers-reduced-motion: reduce)");

export class Chat {
  #shown = new Map(); // number → {bubble, element}
  #log;
  #follows = true; // nobody has scrolled away from what is new
  #aim = 0; // where following has scrolled to
  #first = null; // number of the first of the messages that came at once
  #arrived = 0;

  /** `page`: {reader(), tap(chat, bubble, index), edit(chat, bubble), erase(chat, bubble), begin(chat)}. */
  constructor(id, page) {
    this.id = id;
    this.page = page;
    this.element = document.getElementById("chat").content.cloneNode(true).firstElementChild;
    this.#log = this.element.querySelector(".log");
    this.#log.dataset.testid = `chat-${id}`;
    this.newest = this.element.querySelector(".newest");
    this.newest.onclick = () => this.toEnd("smooth");
    this.#log.onscroll = () => this.#scrolled();
    this.element.querySelector(".begin").onclick = () => {
      page.begin(this);
      this.#log.focus(); // the button goes with the emptiness
    };
    this.element.querySelector(".begin").hidden = !page.canBegin;
    this.element.classList.toggle("private", page.canBegin);
    new ResizeObserver(() => this.#follows && this.#follow()).observe(this.#log);
  }

  get last() {
    return Math.max(0, ...[...this.#shown.values()].filter(({ bubble }) => bubble.sender !== this.page.reader()).map(({ bubble }) => bubble.number));
  }

  countAfter(number) {
    return [...this.#shown.values()].filter(({ bubble }) => bubble.number > number && bubble.sender !== this.page.reader()).length;
  }

  /** All messages there are; those that are not among them go. */
  replace(bubbles) {
    this.#log.setAttribute("aria-busy", "true");
    const there = new Set(bubbles.map((bubble) => bubble.number));
    for (const number of [...this.#shown.keys()]) if (!there.has(number)) this.remove(number, true);
    for (const bubble of bubbles) this.put(bubble, true);
    this.#log.setAttribute("aria-busy", "false");
  }

  put(bubble, quietly = false) {
    const old = this.#shown.get(bubble.number);
    if (old && JSON.stringify(old.bubble) === JSON.stringify(bubble)) return;
    this.#scrolled();
    const element = this.#render(bubble);
    if (old) {
      if (old.bubble.file && old.bubble.file.id !== bubble.file?.id) forget(old.bubble.file);
      this.#swap(old.element, element);
    } else {
      this.#log.append(element);
    }
    this.#shown.set(bubble.number, { bubble, element });
    for (const image of element.querySelectorAll("img")) image.onload = () => this.#follows && this.#follow();
    for (const player of element.querySelectorAll("video")) player.onloadedmetadata = () => this.#follows && this.#follow();
    if (!old && !quietly && !calm.matches) {
      element.animate([{ opacity: 0, transform: "translateY(6px)" }, {}], { duration: 180, easing: "ease-out" });
    }
    if (!old) this.#arrives(bubble, quietly);
    if (this.#follows) this.#follow();
    else this.newest.hidden = false;
    this.#setEmpty();
  }

  async remove(number, quietly = false) {
    const old = this.#shown.get(number);
    if (!old) return;
    this.#shown.delete(number);
    if (old.bubble.file) forget(old.bubble.file);
    this.#setEmpty();
    if (old.element.contains(document.activeElement)) this.#log.focus({ preventScroll: true });
    const follows = this.#follows;
    if (!quietly && !calm.matches && !this.element.hidden) {
      old.element.setAttribute("aria-hidden", "true");
      old.element.inert = true;
      const height = `${old.element.offsetHeight}px`;
      await old.element.animate(
        [{ opacity: 1, height, overflow: "hidden" }, { opacity: 0, height, overflow: "hidden", offset: 0.5 }, { opacity: 0, height: 0, marginTop: 0, overflow: "hidden" }],
        { duration: 320, easing: "ease-in-out" },
      ).finished;
    }
    old.element.remove();
    if (follows) this.#follow();
  }

  /** In the page's present language and for the person who looks now. */
  refresh() {
    label(this.#log, word(this.page.title));
    this.element.querySelector(".empty p").textContent = word(`empty-${this.id}`);
    fill(this.element);
    for (const shown of this.#shown.values()) {
      const element = this.#render(shown.bubble);
      shown.element.replaceWith(element);
      shown.element = element;
    }
    if (this.#follows) this.#follow();
  }

  show(visible) {
    this.element.hidden = !visible;
    if (visible && this.#follows) this.#follow();
  }

  toEnd(behavior = "instant") {
    this.#follows = true;
    this.#first = null;
    this.#log.scrollTo({ top: this.#log.scrollHeight, behavior: calm.matches ? "instant" : behavior });
    this.newest.hidden = true;
  }

  #taps(bubble, index) {
    this.#follows = true;
    this.#aim = this.#log.scrollTop; // what the tap brings is followed from wherever the button was
    this.#first = null;
    this.page.tap(this, bubble, index);
  }

  /** What one has written oneself is at the end; of what the others send at once, the beginning is read first. */
  #arrives(bubble, quietly) {
    const mine = bubble.sender === this.page.reader();
    const now = performance.now();
    if (mine) this.#follows = true;
    if (mine || quietly) this.#first = null;
    else if (now - this.#arrived > AT_ONCE || !this.#shown.has(this.#first)) this.#first = bubble.number;
    this.#arrived = now;
  }

  #follow() {
    const end = this.#log.scrollHeight - this.#log.clientHeight;
    const first = this.#shown.get(this.#first)?.element;
    this.#aim = first ? Math.min(end, first.offsetTop - MARGIN) : end;
    this.#log.scrollTo({ top: this.#aim, behavior: "instant" });
    this.newest.hidden = end - this.#aim < NEAR;
  }

  #scrolled() {
    if (this.element.hidden) return;
    if (Math.abs(this.#log.scrollTop - this.#aim) < 2) {
      this.#follows = true;
      return;
    }
    this.#follows = this.#log.scrollHeight - this.#log.scrollTop - this.#log.clientHeight < NEAR;
    if (this.#follows) this.#first = null;
    this.newest.hidden = this.#follows;
  }

  #render(bubble) {
    return render(bubble, {
      mine: bubble.sender !== null && bubble.sender === this.page.reader(),
      named: this.page.named && bubble.sender !== this.page.reader(),
      tap: (index) => this.#taps(bubble, index),
      edit: () => this.page.edit(this, bubble),
      erase: () => this.page.erase(this, bubble),
    });
  }

  /** Whoever had the focus on a button of the message keeps it there, if it still has that button. */
  #swap(old, element) {
    const label = old.contains(document.activeElement) ? document.activeElement.textContent : null;
    if (old.querySelector(".long.open") && element.querySelector(".long")) element.querySelector(".more").click();
    old.replaceWith(element);
    if (label === null) return;
    const same = [...element.querySelectorAll("button")].find((each) => each.textContent === label);
    if (same) same.focus({ preventScroll: true });
    else this.#log.focus({ preventScroll: true });
  }

  #setEmpty() {
    this.element.classList.toggle("is-empty", this.#shown.size === 0);
  }
}
