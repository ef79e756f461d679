/* A draft is kept when the page goes away before the pause of the one who writes was over. A sheet has no draft: while it is written the
   sign-in does not end, and whoever leaves it unsaved is asked. */
"use strict";
(() => {
  const $ = (selector) => document.querySelector(selector);
  const unkept = new Set();
  const drafts = (field) => field.matches?.("textarea[hx-post$='/draf']");
  document.addEventListener("input", (event) => { if (drafts(event.target)) unkept.add(event.target); });
  document.addEventListener("htmx:before:request", (event) => unkept.delete(event.detail.ctx.sourceElement));
  document.addEventListener("htmx:error", (event) => { const field = event.detail.ctx?.sourceElement; if (field && drafts(field)) unkept.add(field); });
  // A refusal is a whole page: it does not belong below a field. Whoever may not see the case any more does not go on seeing it.
  document.addEventListener("htmx:before:swap", (event) => {
    const context = event.detail.ctx;
    if (!context?.sourceElement || !drafts(context.sourceElement)) return;
    // The same minute said again after every pause would be read out again.
    if (context.response.status < 400 && context.text !== $(context.sourceElement.getAttribute("hx-target"))?.textContent) return;
    event.preventDefault();
    if (context.response.status === 404) location.reload();
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) return;
    for (const field of unkept) {
      if (!field.isConnected) continue;
      // Outlives the page: a phone that is put away, a tab that is closed, a link that is followed.
      fetch(field.getAttribute("hx-post"), { method: "POST", body: new URLSearchParams(new FormData(field.form)), keepalive: true }).catch(() => {});
    }
    unkept.clear();
  });

  const BUSY = 5 * 60_000;
  let sheet = null, told = Date.now();
  document.addEventListener("input", (event) => {
    if (!event.target.form?.matches("[data-sheet]")) return;
    sheet = event.target.form;
    if (Date.now() - told < BUSY) return;
    told = Date.now();
    fetch(sheet.dataset.sheet).catch(() => {});
  });
  document.addEventListener("submit", (event) => { if (event.target === sheet) sheet = null; });
  addEventListener("beforeunload", (event) => { if (sheet) event.preventDefault(); });
})();
