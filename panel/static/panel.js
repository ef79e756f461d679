/* What the pages cannot do without a script: live refresh, keyboard, copying. Everything else works without it. */
"use strict";
(() => {
  const $ = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const remember = (key, value) => { try { localStorage.setItem(key, value); } catch { /* private window */ } };
  const recall = (key) => { try { return localStorage.getItem(key); } catch { return null; } };
  const SLOW = 30_000, LOST = 12_000;
  let heard = Date.now();

  // ---- live -------------------------------------------------------------------------------------------------------
  const refresh = (element) => element && htmx.trigger(element, "teduh:refresh", {}, false);
  const dirty = () => all("[data-dirty]").some((field) => field.value.trim());
  const wire = (state, text) => {
    const element = $("#wire");
    if (!element) return;
    // Every beat changes the line, and only a loss and its end are worth the ear of whoever listens.
    const was = element.classList.contains("lost");
    if (was !== (state === "lost")) $("#wire-said").textContent = state === "lost" ? text : element.dataset.fresh;
    element.classList.toggle("fresh", state === "fresh");
    element.classList.toggle("lost", state === "lost");
    const said = $(".said", element);
    if (said.textContent !== text) said.textContent = text;
  };
  const beat = (event) => {
    heard = Date.now();
    wire("fresh", `${$("#wire").dataset.fresh} ${event.detail.data}`);
  };
  function changed(ids) {
    refresh($("#pulse"));
    const lanes = $("#lanes[data-refresh]"), open = $("#case[data-case]");
    if (lanes) refresh(lanes);
    if (open && (!ids || ids.includes("*") || ids.includes(open.dataset.case))) refresh($("#refresh"));
  }
  // Forms keep the version their writer saw: what others did since then is to be read first, one's own acts are not.
  function follow() {
    const live = $("#live"), moved = $("#moved");
    if (!live || !moved) return;
    const fields = all("input[name=versi]"), others = Number(live.dataset.others);
    if (dirty() && fields.some((field) => Number(field.value) < others)) moved.hidden = false;
    else accept(fields, live.dataset.version, moved);
  }
  // A refusal is read out and reached by keyboard at once, wherever on the page the form was.
  let announced = null, revealed = null;
  function announce() {
    const address = $("#address");
    if (address && address !== revealed) address.focus();  // Shown this once: whoever hears the page must not have to look for it.
    revealed = address;
    const notice = $("#notice");
    if (notice && notice !== announced) {
      notice.focus({ preventScroll: true });
      const form = ["note", "reply"].includes(notice.dataset.form) ? $("#composer") : $(".acts details[open]");
      form?.scrollIntoView({ block: "nearest" });
    }
    announced = notice;
  }
  function accept(fields, version, moved) {
    for (const field of fields) field.value = version;
    moved.hidden = true;
  }
  document.addEventListener("beat", beat);
  document.addEventListener("down", () => { heard = Date.now(); wire("lost", $("#wire").dataset.down); });
  document.addEventListener("changed", (event) => changed(event.detail.data.split(" ")));
  document.addEventListener("htmx:sse:after:connection", () => { heard = Date.now(); changed(); });
  document.addEventListener("htmx:after:swap", () => { follow(); announce(); });
  // Whoever is told of a conflict has read what others did. An answer older than the page is followed by the newest.
  document.addEventListener("teduh:answered", ({ detail }) => {
    if (detail.conflict) accept(all("input[name=versi]"), $("#live").dataset.version, $("#moved"));
    if (!detail.refused) toast($("#toast").dataset.saved);
    // The second refusal in a row is merged into the first, and is one to be read all the same.
    else { announced = null; announce(); }
    if (detail.behind) refresh($("#refresh"));
  });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) changed(); });
  setInterval(() => changed(), SLOW);
  // htmx looks at the page when its own script is there, which on a slow line is before its extension for streams is; and it
  // tries again only after a connection that once stood.
  function connect() {
    const element = $("#wire");
    if (element && !element._htmx?.sse) htmx.ajax("GET", element.getAttribute("hx-sse:connect"), { source: element });
  }
  setInterval(() => {
    const element = $("#wire");
    if (element && Date.now() - heard > LOST && !element.classList.contains("lost")) wire("lost", element.dataset.lost);
    if (element && Date.now() - heard > LOST) connect();
    if ($("[data-under-way]")) refresh($("#refresh"));
  }, 2_000);

  // ---- clicks -----------------------------------------------------------------------------------------------------
  function toast(text) {
    const element = $("#toast");
    element.textContent = text;
    element.classList.add("shown");
    setTimeout(() => element.classList.remove("shown"), 1_800);
  }
  async function copy(code) {
    try { await navigator.clipboard.writeText(code); } catch { return; }
    toast($("#toast").dataset.copied);
  }
  document.addEventListener("click", (event) => {
    const at = (selector) => event.target.closest(selector);
    const copied = at("[data-copy]"), opens = at("[data-dialog]");
    if (copied) copy(copied.dataset.copy);
    const letter = at("a[data-letter]");
    if (letter) letter.search = new URLSearchParams({ kepada: $("#assign-to").value });
    if (opens) $(`#${opens.dataset.dialog}`).showModal();
    const writes = at("[data-compose]");
    if (writes) compose(writes.dataset.compose);
    if (at("[data-read]")) {
      accept(all("input[name=versi]"), $("#live").dataset.version, $("#moved"));
      all("[data-dirty]").find((field) => field.value.trim() && field.checkVisibility())?.focus({ preventScroll: true });
    }
    for (const open of all("details.me[open]")) if (!open.contains(event.target)) open.open = false;
  });

  // ---- keyboard ---------------------------------------------------------------------------------------------------
  const typing = (element) => element.matches("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
  function step(by) {
    const rows = all("[data-row] [data-open]"), here = rows.indexOf(document.activeElement.closest?.("[data-row]")?.querySelector("[data-open]"));
    rows[Math.min(Math.max(here + by, 0), rows.length - 1)]?.focus();
  }
  function compose(id) {
    const radio = $(`#to-${id}`);
    if (!radio || !$(`label[for=${radio.id}]`).checkVisibility()) return;
    radio.checked = true;
    $(`#${id}`).focus();
  }
  // Whoever types on does not mean a command when the field is gone from under their hands. Leaving it on purpose ends that at once.
  const REST = 2_000;
  let typed = 0, field = null;
  const leave = () => { typed = 0; field = null; };
  document.addEventListener("input", (event) => { if (typing(event.target)) typed = Date.now(); });
  document.addEventListener("focusin", ({ target }) => { field = typing(target) ? target : null; });
  document.addEventListener("pointerdown", leave);
  function goesOn() {
    const gone = field && !field.checkVisibility();
    if (!gone && Date.now() - typed >= REST) return false;
    if (gone) field = null;
    typed = Date.now();
    return true;
  }
  const row = () => document.activeElement.closest?.("[data-row]") || document;
  const keys = {
    "?": () => $("#keys")?.showModal(),
    j: () => step(1),
    k: () => step(-1),
    c: () => row().querySelector("[data-key=c]")?.click(),
    n: () => compose("note"),
    r: () => compose("reply"),
    e: () => { const form = $("#raise"); if (form) { form.open = true; $("select", form).focus(); } },
    ".": () => { const code = row().querySelector("[data-code]"); if (code) copy(code.dataset.code); },
  };
  function escape(element) {
    if ($("dialog[open]")) return;
    const menu = $("details.me[open]");
    if (menu) { menu.open = false; $("summary", menu).focus(); }
    else if (typing(element)) { element.blur(); leave(); }
    else if (goesOn()) return;
    else $("[data-back]")?.click();
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape") return escape(event.target);
    const act = keys[event.key];
    if (typing(event.target) || $("dialog[open]") || recall("teduh-keys") === "0" || event.key.length > 1 || goesOn() || !act) return;
    event.preventDefault();
    act();
  });
  document.addEventListener("change", (event) => {
    const { files, dataset } = event.target;
    if (dataset.most) event.target.setCustomValidity(files[0]?.size > Number(dataset.most) ? dataset.cure : "");
    if (event.target.id === "keys-on") remember("teduh-keys", event.target.checked ? "1" : "0");
  });

  document.addEventListener("DOMContentLoaded", () => {
    const on = $("#keys-on");
    if (on) on.checked = recall("teduh-keys") !== "0";
    announce();
    setTimeout(() => { if ($("#wire") && !$("#wire")._htmx) connect(); });
    // On a small screen what is wrong with the alarm itself is told in a line, and read at a tap.
    if (matchMedia("(max-width: 36rem)").matches) for (const trouble of all("details.trouble")) trouble.open = false;
    // A link from elsewhere arrives without the strict cookie: if somebody is signed in after all, go on.
    const door = $("[data-door]");
    if (door) fetch(door.dataset.door, { redirect: "manual" }).then((answer) => { if (answer.ok) location.replace(door.dataset.next); }, () => {});
  });
})();
