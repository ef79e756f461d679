// Puts the page together: the phones on the desk, the one line to the server, what was read and what was not.

import { Line, known } from "./line.js";
import { Phone, tab } from "./phone.js";
import { Shelf } from "./shelf.js";
import { word } from "./words.js";

const desk = document.getElementById("desk");
const tabs = document.querySelector(".tabs");
const titles = JSON.parse(desk.dataset.titles);
const shelf = new Shelf(Object.keys(titles));
const phones = new Map();
const TOAST_MS = 5000;
const CLOCK_MS = 10_000;
let active = null;
let live = false;
let toastTimer = 0;

const line = new Line({
  entry(entry) {
    const phone = phones.get(entry.phone);
    if (!phone?.take(entry, live) || entry.mine) return;
    const old = shelf.fresh && !live;
    if (old || (phone === active && document.hasFocus())) shelf.markRead(phone.id, entry.at);
    else if (entry.at > (shelf.read[phone.id] ?? 0)) countUnread(phone, phone.unread + 1);
  },
  ready() {
    live = true;
    shelf.fresh = false;
  },
  away: () => tell(word("away")),
});

function tell(text) {
  const toast = document.getElementById("toast");
  toast.textContent = text;
  toast.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => (toast.hidden = true), TOAST_MS);
}

function countUnread(phone, count) {
  phone.showUnread(count);
  const badge = phone.tab.querySelector(".badge");
  badge.hidden = count === 0;
  badge.textContent = String(count);
  const all = [...phones.values()].reduce((sum, each) => sum + each.unread, 0);
  document.title = document.title.replace(/^(\(\d+\) )?/, all ? `(${all}) ` : "");
}

function touched(phone) {
  active = phone;
  for (const each of phones.values()) {
    each.root.classList.toggle("active", each === phone);
    each.tab.setAttribute("aria-selected", String(each === phone));
  }
  shelf.markRead(phone.id, phone.latest);
  if (phone.unread) countUnread(phone, 0);
}

function choose(phone) {
  touched(phone);
  phone.chat.toEnd();
}

function close(phone) {
  shelf.remove(phone.id);
  phones.delete(phone.id);
  phone.root.remove();
  phone.tab.remove();
  const next = [...phones.values()].at(-1);
  if (active === phone) next ? choose(next) : (active = null);
  follow();
}

function put(kept) {
  const phone = new Phone(kept, titles[kept.region], { touched, close, tell, away: () => tell(word("away")) });
  phone.tab = tab(phone, choose);
  phones.set(kept.id, phone);
  desk.append(phone.root);
  tabs.append(phone.tab);
  phone.showTime(Date.now());
  countUnread(phone, 0);
  return phone;
}

function follow() {
  live = false;
  document.getElementById("empty").hidden = phones.size > 0;
  line.follow([...phones.keys()]);
}

function add(app) {
  const region = document.getElementById("region")?.value ?? Object.keys(titles)[0];
  const phone = put(shelf.add(app, region));
  follow();
  choose(phone);
  phone.field.focus();
  phone.root.scrollIntoView({ block: "nearest" });
}

async function start() {
  if (shelf.fresh) {
    const there = await known();
    for (const { id, app, region } of there) shelf.add(app, region, id);
    const first = Object.keys(titles)[0];
    if (!there.length) for (const app of ["telegram", "whatsapp"]) shelf.add(app, first);
  }
  for (const kept of shelf.phones) put(kept);
  follow();
  const first = phones.values().next().value;
  if (first) touched(first);
}

for (const button of document.querySelectorAll(".add")) button.addEventListener("click", () => add(button.dataset.app));
addEventListener("focus", () => active && touched(active));
setInterval(() => phones.forEach((phone) => phone.showTime(Date.now())), CLOCK_MS);
await start();
