/* What the server says of a case becomes part of the page: merged into what is there, so that words begun, open parts and the place stay. */
"use strict";
(() => {
  const $ = (selector, from = document) => from.querySelector(selector);
  const FIELDS = "input:not([type=hidden]), textarea, select";
  const begun = new WeakSet();
  /* The answer being merged now: the form it answers (none for a refresh), the fields as they were sent, whether it was refused. */
  let answer = null;
  const waiting = new Set();

  const isCase = (context) => context.target?.matches?.("#case[data-case]");
  const isAct = (context) => isCase(context) && context.sourceElement.matches("form");
  function name(context) {
    const fields = new URLSearchParams(context.request.body);
    fields.delete("versi"); // the live page may have moved on between two taps
    return `${context.request.action}?${fields}`;
  }
  const version = (from) => Number($("#live", from)?.dataset.version ?? -1);

  document.addEventListener("input", (event) => { if (event.target.matches(FIELDS)) begun.add(event.target); });
  document.addEventListener("change", (event) => { if (event.target.matches(FIELDS)) begun.add(event.target); });

  // ---- sending ----------------------------------------------------------------------------------------------------
  // Acts wait for each other, because each answer is the version for the next. The same act twice is one impatient finger.
  document.addEventListener("htmx:config:request", (event) => {
    const context = event.detail.ctx;
    if (!isAct(context)) return;
    context.named = name(context);
    context.sent = new Map(new URLSearchParams(context.request.body));
    if (waiting.has(context.named)) event.preventDefault();
    else waiting.add(context.named);
  });
  document.addEventListener("htmx:before:request", (event) => {
    const context = event.detail.ctx, from = context.sourceElement;
    // A draft that waited for an act holds what is there by now: what was just sent must not come back as a draft.
    if (from.matches("textarea")) context.request.body.set(from.name, from.value);
    if (!isAct(context)) return;
    const field = from.elements.versi;
    if (field) context.request.body.set("versi", field.value);
    const failed = $("#failed");
    if (failed) failed.hidden = true;
  });
  document.addEventListener("htmx:finally:request", (event) => waiting.delete(event.detail.ctx.named));
  document.addEventListener("htmx:error", (event) => {
    const context = event.detail.ctx;
    if (context && isAct(context)) fail($("#failed")?.dataset.lost);
  });
  function fail(text) {
    const failed = $("#failed");
    if (!failed) return;
    $("p", failed).textContent = text;
    failed.hidden = false;
    failed.focus({ preventScroll: true });
  }

  // ---- merging ----------------------------------------------------------------------------------------------------
  // A refresh that was asked for before something newer came is thrown away; a page that is no case is never put in a case's place.
  function fits(context, fresh) {
    if (!fresh) {
      if (context.response.status === 404 || !isAct(context)) location.reload();
      else fail($("main", context.page)?.dataset.told || $("#failed").dataset.lost);
      return false;
    }
    return isAct(context) || version(fresh) >= version();
  }
  function settle(form, sent) {
    for (const field of form.elements) {
      if (!field.matches(FIELDS)) continue;
      const before = sent.get(field.name) ?? "", now = field.value;
      if (field.type === "checkbox") field.checked = field.defaultChecked;
      else if (field.matches("textarea") && now !== before) {
        // Written on while the answer was under way: what was sent is taken off, the rest stays.
        if (before && now.startsWith(before)) field.value = now.slice(before.length).trimStart();
        field.dispatchEvent(new Event("input", { bubbles: true }));
        continue;
      } else if (field.matches("textarea")) field.value = "";
      else if (field.matches("input")) field.value = field.defaultValue;
      begun.delete(field);
    }
  }
  // A colleague closed the case, moved it, took it: the form is of no use any more. What was typed into it stays, to be read and copied.
  const WORDS = "textarea, input:not([type]), input[type=text]";
  const written = (field) => begun.has(field) && field.matches(WORDS) && field.value.trim() && field.value !== field.defaultValue;
  function keep(fresh) {
    for (const part of document.querySelectorAll("#case :is(details, .proposal)[id]")) {
      if (![...part.querySelectorAll(WORDS)].some(written)) continue;
      const same = (id) => fresh.querySelector(`#${CSS.escape(id)}`), there = same(part.id);
      if (there && !there.matches(".gone")) continue;
      const kept = bare(part);
      if (there) { there.replaceWith(kept); continue; }
      let above = part.previousElementSibling;
      while (above && !(above.id && same(above.id))) above = above.previousElementSibling;
      if (above) same(above.id).after(kept);
      else (same(part.closest("section, header").id) ?? same("acts") ?? fresh).append(kept);
    }
  }
  function bare(part) {
    const kept = part.cloneNode(true);
    for (const field of part.querySelectorAll(":is(input:not([type=hidden]), select, textarea)[id]")) {
      if (written(field)) continue;
      for (const gone of kept.querySelectorAll(`#${CSS.escape(field.id)}, [for="${CSS.escape(field.id)}"]`)) gone.remove();
    }
    for (const gone of kept.querySelectorAll("button, p, label:not([for])")) gone.remove();
    kept.classList.add("gone");
    const said = $("#gone-form").content.cloneNode(true), title = $("summary", kept);
    if (title) title.after(said); else kept.prepend(said);
    return kept;
  }
  function before(context, tasks) {
    if (!isCase(context)) return true;
    const main = tasks.find((task) => task.type === "main");
    context.page = main?.fragment;
    const fresh = main && $("#case[data-case]", main.fragment);
    if (!fits(context, fresh)) return false;
    const form = isAct(context) ? context.sourceElement : null, refused = context.response.status >= 400;
    answer = { form, refused, part: form?.closest("details"), focus: document.activeElement, behind: version(fresh) < version() };
    if (form && !refused) settle(form, context.sent);
    keep(fresh);
    return true;
  }
  // Whoever sees the page decides what is open on it, and what stands in a field that they began; a refresh knows of no notice.
  function mergesNode(old, fresh) {
    if (answer?.form === null && old.matches("[data-once]")) return false;
    if (old.matches("input[name=versi]")) return false;
    if (old.matches("[data-since]")) return old.dataset.since !== fresh.dataset.since;
    return !begun.has(old);
  }
  function mergesAttribute(element, attribute) {
    if (attribute === "open" && element.matches("details")) return element === answer?.part;
    return !(attribute === "hidden" && element.matches("#arm, #ask"));
  }
  function after(context) {
    if (!isCase(context) || !answer) return;
    const { form, refused, focus, behind } = answer;
    answer = null;
    if (!form) return;
    const told = { form, refused, conflict: Boolean($("#notice.conflict")), behind };
    if (!refused && form.dataset.then) $(form.dataset.then)?.focus({ preventScroll: true });
    else if (!focus.isConnected || focus === document.body) $("#case h1")?.focus({ preventScroll: true });
    document.dispatchEvent(new CustomEvent("teduh:answered", { detail: told }));
  }
  htmx.registerExtension("merge", {
    htmx_before_swap: (_element, { ctx, tasks }) => before(ctx, tasks),
    htmx_before_morph_node: (_element, { oldNode, newNode }) => mergesNode(oldNode, newNode),
    htmx_before_morph_attr: (element, { attrName }) => mergesAttribute(element, attrName),
    htmx_after_swap: (_element, { ctx }) => after(ctx),
  });
})();
