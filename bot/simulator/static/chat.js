// One conversation: bubbles, buttons under them, ticks.

import { dateOf, day, element, icon, time, word } from "./words.js";

const ATTACHED = { media: ["photo", "photo"], place: ["place", "place"], other: ["sticker", "sticker"] };
const NEAR = 60;

export class Chat {
  constructor(root, down, tap) {
    this.root = root;
    this.down = down;
    this.tap = tap;
    this.turns = new Map();
    this.lastDate = "";
    this.below = 0;
    this.typing = null;
    down.addEventListener("click", () => this.toEnd());
    root.addEventListener("scroll", () => this.atEnd() && this.#seenAll(), { passive: true });
  }

  // Draw one entry, once. Gives true when it is new and not ours to have drawn already.
  show(entry) {
    if (this.turns.has(entry.id)) {
      if (entry.mine) this.#heard(entry);
      return false;
    }
    const follow = this.atEnd();
    if (entry.mine && entry.token && this.#pick(entry)) return true;
    this.#dayOf(entry.at);
    const turn = this.#turn(entry);
    this.turns.set(entry.id, turn);
    if (!entry.mine) this.#answered();
    this.typing ? this.typing.before(turn) : this.root.append(turn);
    if (follow || entry.mine) this.toEnd();
    else this.#more();
    return true;
  }

  // The server has it: one tick.
  keep(id) {
    const turn = this.turns.get(id);
    if (turn?.classList.contains("sending")) {
      turn.classList.remove("sending");
      this.#tick(turn, "one", "kept");
    }
  }

  // The server has it: its moment counts, which a reload shows too.
  #heard(entry) {
    this.keep(entry.id);
    const turn = this.turns.get(entry.id);
    if (turn.dataset.entry === entry.id) turn.querySelector("time").replaceWith(this.#moment(entry));
  }

  fail(id) {
    const turn = this.turns.get(id);
    turn?.classList.add("failed");
  }

  wait(on) {
    if (on === Boolean(this.typing)) return;
    if (!on) {
      this.typing.remove();
      this.typing = null;
      return;
    }
    const follow = this.atEnd();
    this.typing = element("div", "turn");
    const bubble = element("div", "bubble typing");
    bubble.append(element("i"), element("i"), element("i"));
    this.typing.append(bubble);
    this.typing.setAttribute("aria-hidden", "true");
    this.root.append(this.typing);
    if (follow) this.toEnd();
  }

  atEnd() {
    return this.root.scrollHeight - this.root.scrollTop - this.root.clientHeight < NEAR;
  }

  toEnd() {
    this.root.scrollTop = this.root.scrollHeight;
    this.#seenAll();
  }

  #seenAll() {
    this.below = 0;
    this.down.hidden = true;
  }

  #more() {
    this.below += 1;
    this.down.hidden = false;
    this.down.querySelector("span").textContent = String(this.below);
  }

  #dayOf(at) {
    if (dateOf(at) === this.lastDate) return;
    this.lastDate = dateOf(at);
    // On a page that stays open past midnight, what was today is yesterday now.
    for (const before of this.root.querySelectorAll(".day")) before.textContent = day(Number(before.dataset.at));
    const line = element("div", "day", day(at));
    line.dataset.at = at;
    this.typing ? this.typing.before(line) : this.root.append(line);
  }

  #turn(entry) {
    const turn = element("div", entry.mine ? "turn mine" : "turn");
    turn.dataset.entry = entry.id;
    const bubble = element("div", "bubble");
    bubble.append(...this.#body(entry), this.#meta(entry));
    turn.append(bubble);
    if (entry.rows?.length) {
      turn.classList.add("keyed");
      turn.append(this.#keys(turn, entry.rows));
    }
    if (entry.sending) {
      turn.classList.add("sending");
      this.#tick(turn, "wait", "sending");
    } else if (entry.mine) {
      this.#tick(turn, "one", "kept");
    }
    return turn;
  }

  #body(entry) {
    const attached = entry.mine && ATTACHED[entry.kind];
    if (!attached) return [document.createTextNode(entry.text)];
    const box = element("div", `attachment ${entry.kind}`);
    box.append(icon(attached[0]), element("span", "", word(attached[1])));
    return entry.text ? [box, document.createTextNode(entry.text)] : [box];
  }

  #meta(entry) {
    const meta = element("span", "meta");
    meta.append(this.#moment(entry));
    return meta;
  }

  #moment(entry) {
    const moment = element("time", "", time(entry.at));
    moment.dateTime = new Date(entry.at).toISOString();
    return moment;
  }

  #keys(turn, rows) {
    const keys = element("div", "keys");
    for (const row of rows) {
      const line = element("div");
      for (const [token, label] of row) {
        const button = element("button", "", label);
        button.type = "button";
        button.dataset.token = token;
        button.addEventListener("click", () => {
          if (button.getAttribute("aria-busy")) return;
          button.setAttribute("aria-busy", "true");
          this.tap(token, label, () => button.removeAttribute("aria-busy"));
        });
        line.append(button);
      }
      keys.append(line);
    }
    return keys;
  }

  // A tapped button: the question keeps the answer, its buttons go, as in Telegram once the bot has nodded.
  #pick(entry) {
    const buttons = [...this.root.querySelectorAll(".keys button")].filter((button) => button.dataset.token === entry.token);
    const turn = buttons.at(-1)?.closest(".turn");
    if (!turn) return false;
    const had = turn.contains(document.activeElement);
    this.turns.set(entry.id, turn);
    turn.querySelector(".keys").remove();
    turn.querySelector(".meta").before(element("span", "picked", entry.text));
    if (had) this.root.focus({ preventScroll: true });
    return true;
  }

  #answered() {
    for (const turn of this.root.querySelectorAll(".turn.mine:not(.answered, .sending)")) {
      turn.classList.add("answered");
      this.#tick(turn, "two", "answered");
    }
  }

  #tick(turn, name, meaning) {
    const meta = turn.querySelector(".meta");
    meta.querySelectorAll("svg, .unseen").forEach((old) => old.remove());
    meta.append(icon(name), element("span", "unseen", word(meaning)));
  }
}
