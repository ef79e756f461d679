// One phone: its chat, its composer, its tools, its notifications.

import { Chat } from "./chat.js";
import { post } from "./line.js";
import { element, time, word } from "./words.js";

const LIMITS = { telegram: 4096, whatsapp: 1600 };
const TELL_LEFT = 0.8;
const NOTIFICATION_MS = 9000;
const PATIENCE_MS = 8000;

export class Phone {
  constructor(kept, title, acts) {
    Object.assign(this, { id: kept.id, app: kept.app, title, acts, queue: Promise.resolve(), last: null, unread: 0, latest: 0, waiting: 0 });
    this.root = document.getElementById("phone").content.firstElementChild.cloneNode(true);
    this.root.classList.add(kept.app);
    this.root.id = kept.id;
    this.name = word(kept.app === "telegram" ? "titleTelegram" : "titleWhatsapp", { nomor: kept.number });
    this.root.setAttribute("aria-label", this.name);
    this.$("h2").textContent = this.name;
    this.$(".who").textContent = title;
    this.$(".face").textContent = title.charAt(0).toUpperCase();
    this.status = word(kept.app === "telegram" ? "bot" : "online");
    this.$(".state").textContent = this.status;
    this.chat = new Chat(this.$(".chat"), this.$(".down"), (token, label, done) => this.#send({ kind: "choice", token, text: label }, done));
    this.field = this.$("textarea");
    this.field.maxLength = LIMITS[kept.app];
    this.#listen();
  }

  $(selector) {
    return this.root.querySelector(selector);
  }

  // An entry from the server. Gives true when it is news.
  take(entry, live) {
    this.latest = Math.max(this.latest, entry.at);
    if (entry.mine) this.last = entry;
    const fresh = this.chat.show(entry);
    if (fresh && !entry.mine) {
      this.#wait(false);
      if (live && entry.push) this.#notify(entry.text);
    }
    return fresh;
  }

  showUnread(count) {
    this.unread = count;
    const badge = this.$(".badge");
    badge.hidden = count === 0;
    badge.textContent = String(count);
    badge.setAttribute("aria-label", word("unread", { jumlah: count }));
  }

  showTime(now) {
    this.$(".status time").textContent = time(now);
  }

  #listen() {
    this.$("form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#sendTyped();
    });
    this.field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.#sendTyped();
      }
    });
    this.field.addEventListener("input", () => this.#measure());
    for (const button of this.root.querySelectorAll("[data-send]")) {
      button.addEventListener("click", () => {
        this.#menu(false);
        this.field.focus();
        this.#send({ kind: button.dataset.send, text: "" });
      });
    }
    this.$(".attach").addEventListener("click", () => this.#menu(this.$(".menu").hidden));
    this.$(".compose").addEventListener("keydown", (event) => event.key === "Escape" && this.#menu(false));
    this.$(".compose").addEventListener("focusout", (event) => this.$(".compose").contains(event.relatedTarget) || this.#menu(false));
    this.$('[data-tool="again"]').addEventListener("click", () => this.#again());
    this.$('[data-tool="silence"]').addEventListener("click", () => this.#silence());
    this.$('[data-tool="close"]').addEventListener("click", () => this.acts.close(this));
    for (const sign of ["pointerdown", "focusin"]) this.root.addEventListener(sign, () => this.acts.touched(this));
  }

  #menu(open) {
    this.$(".menu").hidden = !open;
    this.$(".attach").setAttribute("aria-expanded", String(open));
    if (open) this.$(".menu button").focus();
  }

  #measure() {
    const limit = LIMITS[this.app];
    const used = this.field.value.length;
    this.$(".left").hidden = used < limit * TELL_LEFT;
    this.$(".left").textContent = word("left", { jumlah: limit - used });
  }

  #sendTyped() {
    const text = this.field.value.trim();
    if (!text) return;
    this.field.value = "";
    this.#measure();
    this.#send({ kind: "text", text });
  }

  // Drawn at once, then posted in order, again and again until it is kept.
  #send(said, done = () => {}) {
    const bytes = crypto.getRandomValues(new Uint8Array(8));
    const entry = { ...said, id: Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(""), mine: true, at: Date.now(), sending: true };
    this.last = entry;
    if (entry.kind !== "choice") this.chat.show(entry);
    this.queue = this.queue.then(async () => {
      const answer = await post(this.id, "messages", this.#posted(entry), () => this.acts.away());
      done();
      if (!answer) {
        this.chat.fail(entry.id);
        this.acts.tell(word("failed"));
        return;
      }
      entry.sending = false;
      if (entry.kind === "choice") this.chat.show(entry);
      this.chat.keep(entry.id);
      this.#wait(true);
    });
  }

  #posted({ id, kind, text, token }) {
    return kind === "choice" ? { id, kind, token } : { id, kind, text };
  }

  async #again() {
    if (!this.last) {
      this.acts.tell(word("nothingToRepeat"));
      return;
    }
    const answer = await post(this.id, "messages", this.#posted(this.last));
    if (answer) this.acts.tell(word(answer.worked ? "kept" : "again"));
  }

  async #silence() {
    const answer = await post(this.id, "silence", {});
    if (answer) this.acts.tell(word(answer.story ? "silent" : "noStory"));
  }

  #wait(on) {
    clearTimeout(this.waiting);
    this.chat.wait(on);
    this.$(".state").textContent = on ? word("typing") : this.status;
    if (on) this.waiting = setTimeout(() => this.#wait(false), PATIENCE_MS);
  }

  #notify(text) {
    const banner = document.getElementById("notification").content.firstElementChild.cloneNode(true);
    banner.querySelector(".app-name").textContent = this.app === "telegram" ? "Telegram" : "WhatsApp";
    banner.querySelector("strong").textContent = this.title;
    banner.querySelector(".words").textContent = text;
    const gone = () => banner.remove();
    banner.addEventListener("click", () => {
      gone();
      this.chat.toEnd();
      this.field.focus();
    });
    this.$(".push").replaceChildren(banner);
    setTimeout(gone, NOTIFICATION_MS);
  }
}

export function tab(phone, choose) {
  const button = element("button", "", "");
  button.type = "button";
  button.setAttribute("role", "tab");
  button.setAttribute("aria-controls", phone.id);
  button.append(element("span", "", phone.name), element("span", "badge", ""));
  button.addEventListener("click", () => choose(phone));
  return button;
}
