import { api } from "./session.js";

const RETRIES_MS = [600, 1500, 4000];

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** One conversation as the console shows it: what is committed, and what is being sent. */
export class Thread {
  constructor(conversationId) {
    this.id = conversationId;
    this.messages = [];
    this.pending = [];
    this.customer = null;
    this.loaded = false;
    this.failed = false;
    this.typingAt = 0; // when the customer was last seen writing
  }

  async load() {
    this.failed = false;
    try {
      const { messages, customer } = await api.get(this.id);
      for (const message of messages) this.insert(message);
      Object.assign(this, { customer, loaded: true });
    } catch {
      this.failed = true;
    }
  }

  receive(frame) {
    if (frame.type === "message") this.insert(frame.message);
    if (frame.type === "typing") this.typingAt = frame.on ? Date.now() : 0;
    if (frame.type === "mode" || frame.type === "identity") this.load(); // the customer may be known better now
  }

  insert(message) {
    if (this.messages.some((known) => known.id === message.id)) return;
    const at = this.messages.findLastIndex((known) => known.seq < message.seq);
    this.messages.splice(at + 1, 0, message);
    if (message.author === "customer") this.typingAt = 0;
    // The live feed may be quicker than the answer to our own POST: the oldest echo of these words is this message.
    const echo = message.author === "agent" ? this.pending.findIndex((one) => one.text === message.text && one.status !== "failed") : -1;
    if (echo >= 0) this.pending.splice(echo, 1);
  }

  /** Show at once, send, try again under the same id; what was not sent stays with a way to send it. */
  async send(text) {
    this.pending.push({ id: crypto.randomUUID(), text, status: "sending", error: "" });
    await this.deliver(this.pending.at(-1));
  }

  async deliver(entry) {
    Object.assign(entry, { status: "sending", error: "" });
    for (let attempt = 0; ; attempt += 1) {
      try {
        const { message } = await api.reply(this.id, entry.text, entry.id);
        this.drop(entry);
        return this.insert(message);
      } catch (error) {
        const passing = error.status === 0 || error.status === 429 || error.status >= 500;
        if (!passing || attempt >= RETRIES_MS.length) return Object.assign(entry, { status: "failed", error: error.message });
        await pause(error.retryAfterS ? error.retryAfterS * 1000 : RETRIES_MS[attempt]);
      }
    }
  }

  drop(entry) {
    this.pending = this.pending.filter((one) => one.id !== entry.id);
  }
}
