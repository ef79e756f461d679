/* The keyboard's place: where the news of others, or its own use, takes away what had the focus, the nearest thing that leads on gets it.
   Never a button that does something: whoever presses twice would do to another case what they meant for this one. */
"use strict";
(() => {
  const LEADS = "a[href], summary", WRITES = "input:not([type=checkbox], [type=radio]), textarea, select";
  const rows = () => [...document.querySelectorAll("[data-row]")];
  const seen = (element) => Boolean(element?.isConnected && element.checkVisibility());
  let place = null;
  document.addEventListener("focusin", ({ target }) => {
    const around = [];
    for (let element = target.parentElement; element && element !== document.body; element = element.parentElement) if (element.id) around.push(element.id);
    place = { target, around, row: rows().indexOf(target.closest("[data-row]")) };
  });
  // Left on purpose, by a click beside everything: what goes afterwards is nobody's place.
  document.addEventListener("focusout", ({ target, relatedTarget }) => { if (!relatedTarget) setTimeout(() => { if (seen(target) && place?.target === target) place = null; else find(); }); });
  document.addEventListener("htmx:after:swap", () => setTimeout(find));
  document.addEventListener("click", () => setTimeout(find, 500)); // a strip that was answered goes a moment later (alarm.js)

  function find() {
    if (!place || seen(place.target) || (document.activeElement && document.activeElement !== document.body)) return;
    const { target, around, row } = place;
    place = null;
    // Whoever still types must not open what stands nearby with their next letter.
    if (target.matches(WRITES)) return;
    const next = row >= 0 && !document.getElementById(around[0]) ? rows()[Math.min(row, rows().length - 1)] : null;
    const near = next ?? around.map((id) => document.getElementById(id)).find(seen) ?? document.querySelector("#content");
    const lead = [...near.querySelectorAll(LEADS)].find(seen);
    if (!lead && !near.hasAttribute("tabindex")) near.tabIndex = -1;
    (lead ?? near).focus({ preventScroll: true });
  }
})();
