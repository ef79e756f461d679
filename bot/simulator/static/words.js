// The page's own words (translated by the server) and moments in the page's language.

const texts = document.getElementById("texts").dataset;
const language = document.documentElement.lang;
const clock = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const date = new Intl.DateTimeFormat(language, { day: "numeric", month: "long", year: "numeric" });
const DAY = 86_400_000;

export function word(name, values = {}) {
  return Object.entries(values).reduce((text, [key, value]) => text.replace(`{${key}}`, value), texts[name]);
}

export const dateOf = (at) => date.format(at);

export const time = (at) => clock.format(at);

export function day(at) {
  if (date.format(at) === date.format(Date.now())) return word("today");
  if (date.format(at) === date.format(Date.now() - DAY)) return word("yesterday");
  return date.format(at);
}

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

export function element(tag, className = "", text = "") {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}
