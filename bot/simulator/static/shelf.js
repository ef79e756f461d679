// Which phones this browser shows, in which order, and up to when each was read. What was said comes from the server.

const KEY = "teduh-simulator";

export class Shelf {
  constructor(regions) {
    let kept = null;
    try {
      kept = JSON.parse(localStorage.getItem(KEY));
    } catch {
      kept = null;
    }
    this.fresh = kept === null;
    this.count = kept?.count ?? 0;
    this.read = kept?.read ?? {};
    this.phones = (kept?.phones ?? []).filter((phone) => regions.includes(phone.region));
  }

  // A phone with a name of its own, or one the server knows already.
  add(app, region, id = null) {
    const bytes = crypto.getRandomValues(new Uint8Array(5));
    const name = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    const phone = { id: id ?? `${app}.${region}.${name}`, app, region, number: ++this.count };
    this.phones.push(phone);
    this.save();
    return phone;
  }

  remove(id) {
    this.phones = this.phones.filter((phone) => phone.id !== id);
    delete this.read[id];
    this.save();
  }

  markRead(id, at) {
    if ((this.read[id] ?? 0) < at) {
      this.read[id] = at;
      this.save();
    }
  }

  save() {
    const { count, read, phones } = this;
    localStorage.setItem(KEY, JSON.stringify({ count, read, phones }));
  }
}
