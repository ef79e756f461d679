/* Arms this browser: asks for permission, subscribes at the browser's own push service, and hands the subscription to the panel. */
"use strict";
(() => {
  const form = document.getElementById("arm-push");
  const told = document.getElementById("push-told");
  if (!form) return;
  const can = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window && isSecureContext;
  const say = (why) => { told.textContent = told.dataset[why]; told.hidden = false; };
  if (!can) { say("never"); return; }
  form.hidden = false;
  const active = (held) => held.active || new Promise((done) => (held.installing || held.waiting).addEventListener("statechange", done, { once: true })).then(() => active(held));
  const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
  const same = (left, right) => left?.byteLength === right.length && new Uint8Array(left).every((value, i) => value === right[i]);
  async function subscribe() {
    const held = await navigator.serviceWorker.register(document.body.dataset.worker);
    await active(held);
    const key = bytes(form.dataset.key), old = await held.pushManager.getSubscription();
    // One made with another key of ours would be refused for ever.
    if (old && same(old.options.applicationServerKey, key)) return old;
    if (old) await old.unsubscribe();
    return held.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  }
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    try {
      if ((await Notification.requestPermission()) !== "granted") { say("denied"); return; }
      form.elements.langganan.value = JSON.stringify(await subscribe());
      form.submit();
    } catch {
      say("failed");
    } finally {
      button.disabled = false;
    }
  });
})();
