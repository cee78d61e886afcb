// The page's own words. Everything else that is said comes from the service.

const all = await (await fetch("/words.json")).json();

export let language = localStorage.getItem("language") === "en" ? "en" : "ru";

export function word(key, values = {}) {
  return all[language][key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** Fills every element that names its words: data-word is its text, data-label its accessible name. */
export function fill(root) {
  for (const element of root.querySelectorAll("[data-word]")) element.textContent = word(element.dataset.word);
  for (const element of root.querySelectorAll("[data-label]")) label(element, word(element.dataset.label));
}

/** An accessible name; buttons show it when pointed at, too. */
export function label(element, text) {
  element.setAttribute("aria-label", text);
  if (element.tagName === "BUTTON") element.title = text;
}

export function speak(chosen) {
  language = chosen;
  localStorage.setItem("language", chosen);
  document.documentElement.lang = chosen;
  fill(document);
}
