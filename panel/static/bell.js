/* A service worker that only shows and opens notifications: an open page's, and calls that the browser's push service brings while none is
   open. It caches nothing and sees no request. */
"use strict";
// In turn with open pages: alarm.js says why.
const alone = async (act) => {
  let came = false;
  const turn = () => { came = true; return act(); };
  try { return await navigator.locks.request("teduh-notification", { signal: AbortSignal.timeout(2_000) }, turn); }
  catch (error) { if (came) throw error; return act(); }
};
addEventListener("push", (event) => {
  let told = {};
  try { told = event.data.json(); } catch { /* a push without a text: something rings, the panel says what */ }
  const code = String(told.code ?? ""), digits = code.replace(/\D/g, ""), panel = new URL("..", location.href).pathname;
  const title = [told.level, code, told.area].filter((part) => part && part !== "-").join(" · ") || "Teduh";
  // The same tag as an open page's own notification: one call is shown once.
  const shown = { tag: `teduh-${digits || code}`, renotify: true, requireInteraction: true, icon: "icon.svg", data: { open: panel + (digits ? `hp-piket/panggilan/${digits}` : "") } };
  event.waitUntil(alone(() => registration.showNotification(title, shown)));
});
addEventListener("notificationclick", (event) => {
  event.notification.close();
  const open = event.notification.data?.open;
  event.waitUntil(
    clients.matchAll({ type: "window", includeUncontrolled: true }).then(async (windows) => {
      const page = windows.find((found) => found.url.includes("/panel/"));
      if (page && open) await page.focus().then((front) => front.navigate(open).catch(() => clients.openWindow(open)));
      else if (open) await clients.openWindow(open);
    }),
  );
});
