import { Refused } from "./errors.js";

const RETRY_MS = [800, 1500, 3000, 6000, 12_000];

/** What the customer sent and the server has not acknowledged: delivered one at a time, in order, under ids that make a repeat harmless. */
export class Outbox {
  constructor(session) {
    this.session = session;
  }

  add(entry) {
    const id = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2)}`; // randomUUID needs https or localhost
    this.session.apply({ type: "outbox.add", entry: { ...entry, client_message_id: id, status: "waiting" } });
    this.flush();
  }

  retry(entry) {
    this.change(entry, { status: "waiting", notice: null });
    this.flush();
  }

  change(entry, change) {
    this.session.apply({ type: "outbox.change", client_message_id: entry.client_message_id, change });
  }

  async flush() {
    if (this.flushing) return;
    this.flushing = true;
    try {
      for (let entry = this.next(); entry; entry = this.next()) await this.deliver(entry);
    } finally {
      this.flushing = false;
    }
  }

  next() {
    return this.session.state.outbox.find((entry) => entry.status === "waiting");
  }

  /** Try until the server has answered for good. Nothing is given up while the server merely cannot be reached. */
  async deliver(entry) {
    for (let attempt = 0; ; attempt += 1) {
      try {
        await this.session.open();
        return await this.post(entry);
      } catch (error) {
        if (!(await this.survives(entry, error, attempt))) return undefined;
      }
    }
  }

  async post(entry) {
    const { transport, conversation } = this.session;
    const { client_message_id, kind, text, payload } = entry;
    if (kind === "handover") {
      await transport.handover(conversation).catch(ignoreConflict);
      return this.session.apply({ type: "outbox.remove", client_message_id });
    }
    const { message } = await transport
      .send(conversation, payload ? { payload, client_message_id } : { text, client_message_id })
      .catch((error) => {
        if (error.error !== "ButtonNotFound") throw error;
        return transport.send(conversation, { text, client_message_id }); // a button of a conversation that has ended: its words still serve
      });
    return this.session.apply({ type: "message", message, client_message_id });
  }

  /** Whether to try again, after a wait where one is due. */
  async survives(entry, error, attempt) {
    if (error.gone && attempt === 0) {
      this.session.forget(); // the conversation has ended: what was said opens a new one
      this.session.opening = null;
      return true;
    }
    if (error instanceof Refused && !error.passing) {
      this.change(entry, { status: "failed", notice: error.error === "ConversationBlocked" ? "blocked" : null });
      return false;
    }
    this.change(entry, { notice: error.status === 429 ? "rateLimited" : "retrying" });
    await this.rest(error.retryAfterS ? error.retryAfterS * 1000 : RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)]);
    return true;
  }

  rest(ms) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => (clearTimeout(timer), resolve());
    });
  }

  /** Try at once; replaced while a wait is on. */
  wake() {}
}

function ignoreConflict(error) {
  if (!(error instanceof Refused && error.status === 409)) throw error; // a person has it already
}
