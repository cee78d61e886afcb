// Where a person writes: a line that grows, files to go with it, and changing what was sent.

import { upload } from "./connection.js";
import { button, make } from "./message.js";
import { label, word } from "./words.js";

export class Composer {
  #files = [];
  #editing = null; // the bubble
  #drafts = new Map(); // what is half written, by chat
  #chat = null;

  /** `page`: {act(prepare), notice(key), person(), name}; a request needs person, chat and language: `stamp()`. */
  constructor(form, page) {
    this.form = form;
    this.page = page;
    this.text = form.querySelector("textarea");
    this.picker = form.querySelector("input");
    this.sendButton = form.querySelector(".send");
    form.onsubmit = (event) => {
      event.preventDefault();
      this.#submit();
    };
    form.querySelector(".attach").onclick = () => this.picker.click();
    form.querySelector(".cancel").onclick = () => this.stopEditing();
    this.picker.onchange = () => {
      this.#choose(this.picker.files);
      this.picker.value = "";
    };
    this.text.oninput = () => this.#grow();
    this.text.onkeydown = (event) => this.#key(event);
    this.text.onpaste = (event) => {
      if (event.clipboardData.files.length) {
        event.preventDefault();
        this.#choose(event.clipboardData.files);
      }
    };
  }

  /** From now on it writes into this chat; what was half written for another waits there. */
  turnTo(chat) {
    if (this.#chat === chat) return;
    this.stopEditing();
    if (this.#chat !== null) this.#drafts.set(this.#chat, { text: this.text.value, files: this.#files });
    this.#chat = chat;
    const draft = this.#drafts.get(chat) ?? { text: "", files: [] };
    this.#files = draft.files;
    this.#set(draft.text);
  }

  /** In the page's present language, at the size it has now that it may have come into view. */
  refresh() {
    this.#grow();
    label(this.text, word("message-as", { name: word(this.page.person()) }));
    this.text.placeholder = word("placeholder");
    label(this.sendButton, word(this.#editing ? "save" : "send"));
    const chosen = this.form.querySelector(".chosen");
    chosen.hidden = this.#files.length === 0;
    chosen.replaceChildren(...this.#files.map((file) => {
      const remove = button("plain", "×", () => {
        this.#files = this.#files.filter((each) => each !== file);
        this.refresh();
        this.text.focus();
      });
      label(remove, word("remove-file", { name: file.name }));
      return make("li", "", make("span", "", file.name), remove);
    }));
    this.form.querySelector(".editing").hidden = this.#editing === null;
    this.form.querySelector(".attach").hidden = this.#editing !== null;
  }

  edit(bubble) {
    if (this.#editing === null) this.#drafts.set(this.#chat, { text: this.text.value, files: this.#files });
    this.#editing = bubble;
    this.#files = [];
    this.#set(bubble.runs.map((run) => run.text).join(""));
    this.text.focus();
  }

  stopEditing() {
    if (this.#editing === null) return;
    this.#editing = null;
    const draft = this.#drafts.get(this.#chat);
    this.#files = draft.files;
    this.#set(draft.text);
  }

  #submit() {
    const text = this.text.value.trim();
    const stamp = this.page.stamp();
    if (this.#editing !== null) {
      const message = this.#editing.number;
      if (text || this.#editing.file) this.page.act(() => ({ type: "edit", ...stamp, message, text }));
      this.stopEditing();
      return;
    }
    if (this.#files.length) {
      this.#files.forEach((file, index) => this.#attach(stamp, file, index === 0 ? text : ""));
    } else if (text) {
      this.page.act(() => ({ type: "post", ...stamp, text }));
    } else return;
    this.#files = [];
    this.#set("");
  }

  #attach(stamp, file, caption) {
    this.page.act(async () => {
      const id = await upload(file);
      if (id === null) {
        this.page.notice("too-large");
        return null;
      }
      return { type: "attach", ...stamp, file: id, name: file.name.slice(0, 200), media: file.type, caption };
    });
  }

  #choose(files) {
    this.#files = [...this.#files, ...files];
    this.refresh();
    this.text.focus();
  }

  #key(event) {
    if (event.key === "Escape") this.stopEditing();
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#submit();
  }

  #set(text) {
    this.text.value = text;
    this.refresh();
  }

  #grow() {
    this.text.style.height = "auto";
    this.text.style.height = `${this.text.scrollHeight}px`;
  }
}
