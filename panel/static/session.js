/* When the sign-in ends while words stand unsaved on the page: it stays as it is, says so, and takes up the new sign-in that its owner makes
   in another tab. A page without such words goes to the door at once, so that nobody else reads it. */
"use strict";
(() => {
  const $ = (selector, from = document) => from.querySelector(selector);
  const WRITES = "main :is(textarea, [data-sheet] select, input:not([type=hidden], [type=checkbox], [type=radio]))", EVERY = 5_000;
  const touched = new Set();
  let over = false;
  document.addEventListener("input", (event) => { if (event.target.matches(WRITES)) touched.add(event.target); });
  const unsaved = () => [...touched].some((field) => field.isConnected && field.value.trim());
  const notice = () => $("#ended");

  function ended() {
    if (!over && !unsaved()) return location.reload();
    if (over || !notice()) return;
    over = true;
    notice().hidden = false;
  }
  // Only the same person goes on here: another account would sign what it did not write.
  async function again() {
    if (!over || document.hidden) return;
    const answer = await fetch(notice().dataset.check, { redirect: "manual" }).catch(() => null);
    if (!answer?.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html"), token = $("input[name=csrf]", page)?.value;
    if (!token || page.body.dataset.me !== document.body.dataset.me) return;
    for (const field of document.querySelectorAll("input[name=csrf]")) field.value = token;
    over = false;
    notice().hidden = true;
    for (const field of touched) if (field.isConnected) field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  document.addEventListener("over", ended);
  document.addEventListener("htmx:sse:error", (event) => { if (event.detail.status === 401) ended(); });
  // A part of the page that is refused would send the whole page to the door.
  document.addEventListener("htmx:before:response", (event) => {
    if (event.detail.ctx.response.status !== 401 || !(over || unsaved())) return;
    event.preventDefault();
    ended();
  });
  document.addEventListener("submit", (event) => {
    if (!over || event.target.matches("dialog form")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    notice().focus();
  }, true);
  document.addEventListener("visibilitychange", again);
  setInterval(again, EVERY);
})();
