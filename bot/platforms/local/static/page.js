// Three columns, each with one or more chats; one connection for all of them.

import { Chat } from "./chat.js";
import { Composer } from "./composer.js";
import { Connection } from "./connection.js";
import { button, make } from "./message.js";
import { label, language, speak, word } from "./words.js";

const CHANNELS = ["channel-ru", "channel-en"];
const connection = new Connection();
const seen = JSON.parse(localStorage.getItem("seen") ?? "{}"); // the last message somebody has looked at, by chat
const devices = JSON.parse(localStorage.getItem("devices") ?? "{}"); // languages of people's phones
const main = document.querySelector("main");
const bar = document.querySelector(".bar");

class Column {
  constructor(id, people, chats) {
    this.id = id;
    this.people = people;
    this.person = people[0];
    this.element = document.getElementById("column").content.cloneNode(true).firstElementChild;
    this.element.dataset.column = id;
    this.element.dataset.testid = `column-${id}`;
    this.element.querySelector("h2").id = `title-${id}`;
    this.element.setAttribute("aria-labelledby", `title-${id}`);
    this.chats = new Map(chats.map((chat) => [chat, this.#chat(chat)]));
    this.composer = new Composer(this.element.querySelector(".composer"), {
      act: (prepare) => connection.act(prepare),
      notice,
      person: () => this.person,
      stamp: () => this.stamp(this.shown),
    });
    this.composer.text.dataset.testid = `composer-${id}`;
    this.composer.sendButton.dataset.testid = `send-${id}`;
    this.composer.picker.dataset.testid = `files-${id}`;
    this.device = this.element.querySelector(".device");
    this.device.dataset.testid = `device-${id}`;
    this.device.onclick = () => setDevice(this.person, deviceOf(this.person) === "ru" ? "en" : "ru");
    this.persons = people.length > 1 ? people.map((person) => this.#switch(".persons", person, `person-${person}`, () => this.become(person))) : [];
    this.tabs = this.#tabNames().map((tab) => this.#switch(".tabs", tab, `tab-${id}-${tab}`, () => this.turnTo(tab)));
    this.element.querySelector(".persons").hidden = this.persons.length === 0;
    this.element.querySelector(".tabs").hidden = this.tabs.length === 0;
    this.tab = this.#tabNames()[0] ?? "private";
    main.append(this.element);
    this.barButton = button("", "", () => showColumn(this.id));
    this.barButton.dataset.testid = `show-${id}`;
    bar.append(this.barButton);
  }

  get shown() {
    return this.tab === "private" ? this.person : this.tab;
  }

  stamp(chat) {
    return { person: this.person, chat, language: deviceOf(this.person) };
  }

  become(person) {
    this.person = person;
    if (this.chats.has("editors")) this.chats.get("editors").refresh();
    this.turnTo(this.tab);
  }

  turnTo(tab) {
    this.tab = tab;
    for (const [id, chat] of this.chats) chat.show(id === this.shown);
    this.composer.turnTo(this.shown);
    const readOnly = CHANNELS.includes(this.shown);
    this.composer.form.hidden = readOnly;
    this.element.querySelector(".read-only").hidden = !readOnly;
    this.refresh();
  }

  refresh() {
    this.element.querySelector("h2").textContent = word(this.id);
    this.element.querySelector(".does").textContent = word(`${this.id}-does`);
    this.device.textContent = deviceOf(this.person).toUpperCase();
    label(this.device, word(`device-${deviceOf(this.person)}`));
    const looks = main.dataset.shown === this.id || bar.offsetParent === null;
    if (looks && !document.hidden) this.#look();
    for (const [person, element] of this.persons.map((element, index) => [this.people[index], element])) {
      mark(element, word(person), person === this.person, this.unread(person));
    }
    for (const element of this.tabs) {
      const tab = element.dataset.name;
      mark(element, word(`tab-${tab}`), tab === this.tab, this.unread(tab === "private" ? this.person : tab));
    }
    mark(this.barButton, word(this.id), main.dataset.shown === this.id, [...this.chats.keys()].reduce((sum, chat) => sum + this.unread(chat), 0));
    this.composer.refresh();
  }

  unread(chat) {
    return this.chats.get(chat).countAfter(seen[chat] ?? 0);
  }

  #look() {
    const last = this.chats.get(this.shown).last;
    if (last <= (seen[this.shown] ?? 0)) return;
    seen[this.shown] = last;
    localStorage.setItem("seen", JSON.stringify(seen));
  }

  #tabNames() {
    return [...this.chats.keys()].length === 1 ? [] : this.chats.has("editors") ? ["editors", "private"] : ["private", ...CHANNELS];
  }

  #switch(place, name, testid, onclick) {
    const element = button("", "", onclick);
    element.dataset.name = name;
    element.dataset.testid = testid;
    this.element.querySelector(place).append(element);
    return element;
  }

  #chat(id) {
    const isPrivate = this.people.includes(id);
    const chat = new Chat(id, {
      title: isPrivate ? "tab-private" : `tab-${id}`,
      named: id === "editors",
      canBegin: isPrivate,
      reader: () => (isPrivate ? id : this.person),
      begin: () => connection.act(() => ({ type: "post", ...this.stamp(id), text: "/start" })),
      tap: (_, bubble, index) => {
        const tapped = { type: "tap", ...this.stamp(id), message: bubble.number, button: index };
        if (bubble.buttons.flat()[index].opens) {
          this.turnTo(this.tabs.length ? "private" : this.tab);
          this.composer.text.focus();
        }
        connection.act(() => tapped);
      },
      edit: (_, bubble) => this.composer.edit(bubble),
      erase: (_, bubble) => {
        this.composer.text.focus();
        connection.act(() => ({ type: "erase", ...this.stamp(id), message: bubble.number }));
      },
    });
    this.element.querySelector(".logs").append(chat.element);
    return chat;
  }
}

const columns = [
  new Column("contributor", ["contributor"], ["contributor"]),
  new Column("editors", ["anna", "boris"], ["editors", "anna", "boris"]),
  new Column("subscriber", ["subscriber"], ["subscriber", ...CHANNELS]),
];
const columnOf = (chat) => columns.find((column) => column.chats.has(chat));

function deviceOf(person) {
  return devices[person] ?? language;
}

function setDevice(person, chosen) {
  devices[person] = chosen;
  localStorage.setItem("devices", JSON.stringify(devices));
  columns.forEach((column) => column.refresh());
}

function mark(element, text, pressed, unread) {
  element.replaceChildren(make("span", "", text));
  element.setAttribute("aria-pressed", pressed);
  if (unread > 0 && !(pressed && element.dataset.name)) {
    const count = make("span", "unread", String(unread));
    count.setAttribute("aria-label", word("unread", { count: unread }));
    count.setAttribute("role", "img");
    element.append(count);
  }
}

function showColumn(id) {
  main.dataset.shown = id;
  for (const column of columns) column.turnTo(column.tab);
}

let noticeTimer;
function notice(key, lasting = false) {
  const element = document.getElementById("notice");
  clearTimeout(noticeTimer);
  element.textContent = key ? word(key) : "";
  if (key && !lasting) noticeTimer = setTimeout(() => (element.textContent = ""), 5000);
}

let state = "offline";
function setState(key) {
  state = key;
  document.body.dataset.state = key;
  document.getElementById("state").textContent = word(key);
}

function setLanguage(chosen) {
  speak(chosen);
  for (const element of document.querySelectorAll("[data-language]")) {
    element.setAttribute("aria-pressed", element.dataset.language === chosen);
  }
  setState(state);
  for (const column of columns) {
    for (const chat of column.chats.values()) chat.refresh();
    column.turnTo(column.tab);
  }
}

let restarting = false;
connection.addEventListener("welcome", ({ detail }) => {
  for (const [id, bubbles] of Object.entries(detail.chats)) {
    const chat = columnOf(id).chats.get(id);
    chat.replace(bubbles);
    seen[id] = Math.min(seen[id] ?? 0, chat.last); // the demonstration may have begun anew
  }
  setState("connected");
  if (restarting) notice("restarted");
  restarting = false;
  columns.forEach((column) => column.refresh());
});
connection.addEventListener("bubble", ({ detail }) => {
  columnOf(detail.chat).chats.get(detail.chat).put(detail);
  columnOf(detail.chat).refresh();
});
connection.addEventListener("gone", ({ detail }) => {
  columnOf(detail.chat).chats.get(detail.chat).remove(detail.number);
  columnOf(detail.chat).refresh();
});
connection.addEventListener("refused", () => notice("refused"));
connection.addEventListener("restarting", () => {
  restarting = true;
  notice("restarting", true);
});
connection.addEventListener("lost", () => setState("offline"));

document.getElementById("restart").onclick = () => connection.restart();
for (const element of document.querySelectorAll("[data-language]")) {
  element.onclick = () => {
    // Everybody's phone follows the page; each can be set apart from it afterwards.
    for (const person of Object.keys(devices)) delete devices[person];
    localStorage.removeItem("devices");
    setLanguage(element.dataset.language);
  };
}
document.addEventListener("visibilitychange", () => columns.forEach((column) => column.refresh()));
matchMedia("(max-width: 720px)").addEventListener("change", () => columns.forEach((column) => column.refresh()));
main.dataset.shown = "contributor";
setLanguage(language);
connection.open();
