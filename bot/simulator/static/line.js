// The line to the server: what is new arrives as events, what a person says is posted until it is kept.

const PAUSE = 1500;

export class Line {
  constructor({ entry, ready, away }) {
    this.entry = entry;
    this.ready = ready;
    this.away = away;
    this.source = null;
  }

  // Follow these phones from their first message on; whoever listens drops what it has already.
  follow(ids) {
    this.source?.close();
    this.source = null;
    if (!ids.length) return;
    const asked = new URLSearchParams(ids.map((id) => ["phone", id]));
    const source = new EventSource(`/simulator/events?${asked}`);
    source.onmessage = (event) => this.entry(JSON.parse(event.data));
    source.addEventListener("ready", () => this.ready());
    source.addEventListener("away", () => this.away());
    source.onerror = () => {
      if (this.source !== source) return;
      this.away();
      if (source.readyState === EventSource.CLOSED) setTimeout(() => this.source === source && this.follow(ids), PAUSE);
    };
    this.source = source;
  }
}

const rest = () => new Promise((resolve) => setTimeout(resolve, PAUSE));

// Post to a phone; false when the server will never take it. Network errors and a busy server are tried again, as a messenger would.
export async function post(id, path, body, troubled = () => {}) {
  for (;;) {
    try {
      const answer = await fetch(`/simulator/phones/${id}/${path}`, {
        method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
      });
      if (answer.ok) return await answer.json();
      if (answer.status < 500) return false;
    } catch {
      // The server is away: the message waits, as on a phone without signal.
    }
    troubled();
    await rest();
  }
}

export async function known() {
  try {
    const answer = await fetch("/simulator/phones");
    return answer.ok ? await answer.json() : [];
  } catch {
    return [];
  }
}
