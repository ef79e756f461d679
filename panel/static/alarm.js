/* The alarm on this screen: a loop of sound that the audio thread keeps by itself, notifications, the ticking clock, the title. */
"use strict";
(() => {
  const $ = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const remember = (key, value) => { try { localStorage.setItem(key, value); } catch { /* private window */ } };
  const recall = (key) => { try { return localStorage.getItem(key); } catch { return null; } };
  const LOOP = 4, RATE = 22_050, TONE = 0.32, LOUD = 0.35, SETTLE = 400;
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  // ---- sound ------------------------------------------------------------------------------------------------------
  // One looping buffer: timers of a tab in the background are slowed down, the audio thread is not.
  let sound = null, loop = null;
  const ringing = () => all("#alarm [data-ringing='1']");
  const armed = () => sound?.state === "running";
  function pattern(seconds, tones) {
    const made = sound.createBuffer(1, RATE * seconds, RATE), wave = made.getChannelData(0);
    for (const [at, pitch] of tones)
      for (let i = 0; i < RATE * TONE; i++) {
        const edge = Math.min(1, i / (RATE * 0.02), (RATE * TONE - i) / (RATE * 0.05));
        wave[Math.floor(RATE * at) + i] = Math.sin((2 * Math.PI * pitch * i) / RATE) * LOUD * edge;
      }
    return made;
  }
  function play(buffer, again) {
    const voice = sound.createBufferSource();
    voice.buffer = buffer;
    voice.loop = again;
    voice.connect(sound.destination);
    voice.start();
    return voice;
  }
  function ring() {
    const wanted = armed() && ringing().length > 0;
    if (wanted && !loop) loop = play(pattern(LOOP, [[0, 880], [0.4, 660], [0.8, 880], [1.2, 660]]), true);
    if (!wanted && loop) { loop.stop(); loop = null; }
    const button = $("#bell");
    if (button) button.dataset.sounding = loop ? "1" : "0";
  }
  function show() {
    const button = $("#bell");
    if (!button) return;
    const on = armed();
    button.setAttribute("aria-pressed", String(on));
    $("span", button).textContent = button.title = on ? button.dataset.on : button.dataset.off;
    const strip = $("#arm");
    if (strip) strip.hidden = on;
    ask();
  }
  // A moment later: what shrinks between the press and the release of a button moves the button away from under the finger.
  function changed() {
    ring();
    setTimeout(show, SETTLE);
  }
  // The button tells what the browser really does: it allows sound only after a click or a key.
  function bell(on) {
    remember("teduh-bell", on ? "1" : "0");
    if (on && !sound) {
      sound = new AudioContext();
      sound.onstatechange = changed;
    }
    if (sound) (on ? sound.resume() : sound.suspend()).then(changed, changed);
  }
  function wake(event) {
    if (!$("#bell") || armed() || recall("teduh-bell") === "0" || event?.target.closest?.("#bell, [data-arm]")) return;
    bell(true);
  }
  for (const gesture of ["pointerdown", "keydown"]) addEventListener(gesture, wake);

  // ---- notifications ----------------------------------------------------------------------------------------------
  // Shown by a service worker, because phones allow no other; it keeps nothing and answers no request.
  const can = () => "Notification" in window && "serviceWorker" in navigator && isSecureContext;
  const worker = () => navigator.serviceWorker.register($("body").dataset.worker);
  // Not `ready`: that waits for a worker which controls this page, and ours controls none.
  const active = (held) => held.active || new Promise((done) => (held.installing || held.waiting).addEventListener("statechange", done, { once: true })).then(() => active(held));
  // Chromium forgets a notification if somebody asks for the list while it is being shown: it stays on the screen, and neither a click
  // nor its end reach it any more. So all pages and the worker (bell.js) take turns; a turn that does not come is no reason not to show.
  const alone = async (act) => {
    let came = false;
    const turn = () => { came = true; return act(); };
    try { return await navigator.locks.request("teduh-notification", { signal: AbortSignal.timeout(2_000) }, turn); }
    catch (error) { if (came) throw error; return act(); }
  };
  function ask() {
    const strip = $("#ask");
    if (strip) strip.hidden = !armed() || !can() || Notification.permission !== "default" || recall("teduh-ask") === "0";
  }
  async function notify(tag, title, open) {
    if (!can() || Notification.permission !== "granted") return;
    const held = await worker();
    await active(held);
    const told = { tag, requireInteraction: true, icon: $("link[rel=icon]").href, data: { open } };
    await alone(() => over(tag) || held.showNotification(title, told)).catch(() => {});
  }
  // Asked when its turn has come: what rang before may be answered by now. Known only where the page shows all that rings: not while
  // nobody is signed in, nor in a storm.
  const over = (tag) => !known.has(tag.slice(6)) && Number($("#alarm")?.dataset.count ?? Infinity) <= ringing().length;
  async function withdraw(tag) {
    if (!can() || Notification.permission !== "granted") return;
    const held = await worker();
    await alone(async () => { if (over(tag)) for (const shown of await held.getNotifications({ tag })) shown.close(); });
  }

  // What a push brought while no page was open, and is answered by now.
  async function forget() {
    if (!can() || Notification.permission !== "granted") return;
    const held = await worker();
    const answered = (shown) => /^teduh-\d{9}$/.test(shown.tag) && !known.has(shown.tag.slice(6)) && !(shown.timestamp >= performance.timeOrigin);
    await alone(async () => { for (const shown of await held.getNotifications()) if (answered(shown)) shown.close(); });
  }

  // ---- what is new ------------------------------------------------------------------------------------------------
  let known = new Set();
  // By its code, as a call through the push service is (bell.js): the two are one notification.
  const named = (bar) => bar.dataset.say.match(/\d{3} \d{3} \d{3}/)?.[0].replaceAll(" ", "") ?? bar.dataset.alarm;
  function look() {
    const rings = ringing(), now = new Set(rings.map(named));
    const fresh = rings.filter((bar) => !known.has(named(bar)));
    const told = fresh.map((bar) => bar.dataset.say);
    for (const bar of fresh) notify(`teduh-${named(bar)}`, bar.dataset.say, bar.dataset.open);
    for (const bar of all("#alarm [data-trouble]")) {
      now.add(bar.dataset.trouble);
      if (known.has(bar.dataset.trouble)) continue;
      told.push($("strong", bar).textContent.trim());
      notify(`teduh-${bar.dataset.trouble}`, told.at(-1), location.pathname);
      if (armed()) play(pattern(1, [[0, 330], [0.4, 330]]), false);
    }
    for (const id of known) if (!now.has(id)) withdraw(`teduh-${id}`);
    if (told.length) say(told.join(". "));
    known = now;
    title(Number($("#alarm")?.dataset.count ?? rings.length));  // Not all that rings has a bar.
    tick();
    ring();
    show();
  }
  // A region that is there from the beginning and only changes its text is read out; one that appears with its text often is not.
  function say(text) { const ear = $("#ear"); if (ear) ear.textContent = text; }
  function title(count) {
    const bare = document.title.replace(/^\(\d+\) /, "");
    document.title = count ? `(${count}) ${bare}` : bare;
  }

  // ---- the clock --------------------------------------------------------------------------------------------------
  // Counted from the server's clock: the screen's own may be wrong.
  let read = "", at = 0;
  function tick() {
    const alarm = $("#alarm");
    if (!alarm) return;
    if (alarm.dataset.now !== read) { read = alarm.dataset.now; at = performance.now(); }
    for (const clock of all("[data-since]")) {
      const seconds = Math.max(0, Math.floor((Date.parse(read) - Date.parse(clock.dataset.since) + performance.now() - at) / 1000));
      const unit = $("body").dataset, hours = Math.floor(seconds / 3600);
      const text = (hours ? `${hours} ${unit.hours} ` : "") + `${Math.floor(seconds / 60) % 60} ${unit.minutes}` + (still.matches ? "" : ` ${String(seconds % 60).padStart(2, "0")} ${unit.seconds}`);
      if (clock.textContent !== text) clock.textContent = text;
    }
  }
  setInterval(tick, 1_000);

  document.addEventListener("click", (event) => {
    const on = (selector) => event.target.closest(selector);
    if (on("#bell")) bell(!armed());
    if (on("[data-arm]")) bell(true);
    if (on("[data-ask]")) Notification.requestPermission().then(look);
    if (on("[data-ask-not]")) { remember("teduh-ask", "0"); ask(); }
  });
  document.addEventListener("htmx:after:swap", look);
  document.addEventListener("DOMContentLoaded", () => {
    // Whoever allowed sound on the page before may still be allowed it here; if not, the strip says so.
    if ($("#bell") && recall("teduh-bell") !== "0" && navigator.userActivation?.hasBeenActive) bell(true);
    look();
    forget();
  });
})();
