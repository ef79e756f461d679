/* A service worker that only shows and opens notifications of an open page. It caches nothing and sees no request. */
"use strict";
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
