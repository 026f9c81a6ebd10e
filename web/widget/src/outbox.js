import { Refused } from "./errors.js";

const RETRY_MS = [800, 1500, 3000, 6000, 12_000];
const FAULTS = 4; // answers of a broken server before the customer decides

/**
 * What the customer sent and the server has not acknowledged: delivered one at a time, in order, under ids that make a repeat harmless.
 *
 * Each entry is bound to the conversation that it was typed in. It is delivered there or nowhere: the next conversation may be somebody else's.
 */
export class Outbox {
  constructor(session) {
    this.session = session;
  }

  add(entry) {
    this.session.ended = false;
    const id = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2)}`; // randomUUID needs https or localhost
    const conversation_id = this.session.current; // null: the one that is about to open
    this.session.apply({ type: "outbox.add", entry: { ...entry, conversation_id, client_message_id: id, status: "waiting" } });
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

  /** The entry as it stands now, or undefined once it was delivered or dropped. */
  find({ client_message_id: id }) {
    return this.session.state.outbox.find((entry) => entry.client_message_id === id);
  }

  /** Try until the server has answered for good. Nothing is given up while the server merely cannot be reached. */
  async deliver(entry) {
    for (const tries = { count: 0, faults: 0 }; this.find(entry); tries.count += 1) {
      try {
        await this.session.open();
        if (this.find(entry)) return await this.post(this.find(entry));
      } catch (error) {
        if (!this.find(entry) || !(await this.survives(entry, error, tries))) return undefined;
      }
    }
    return undefined;
  }

  async post(entry) {
    const { conversation } = this.session;
    const { client_message_id, conversation_id } = entry;
    if (conversation?.conversation_id !== conversation_id) return this.session.apply({ type: "outbox.remove", client_message_id });
    const message = await this.hand(conversation, entry);
    if (this.session.current !== conversation_id) return undefined; // left meanwhile: it is not shown where it was not said
    return this.session.apply(message ? { type: "message", message, client_message_id } : { type: "outbox.remove", client_message_id });
  }

  /** Send an entry; gives the message that it became, or nothing where it was no message. */
  async hand(conversation, { client_message_id, kind, text, payload }) {
    const { transport } = this.session;
    if (kind === "handover") return void (await transport.handover(conversation).catch(ignoreConflict));
    const { message } = await transport
      .send(conversation, payload ? { payload, client_message_id } : { text, client_message_id })
      .catch((error) => {
        if (error.error !== "ButtonNotFound") throw error;
        return transport.send(conversation, { text, client_message_id }); // a button that is gone: its words still serve
      });
    return message;
  }

  /** Whether to try again, after a wait where one is due. */
  async survives(entry, error, tries) {
    if (error.gone) {
      this.session.startOver({ ended: true });
      return false;
    }
    if (error instanceof Refused && (!error.passing || (error.broken && (tries.faults += 1) >= FAULTS))) {
      this.change(entry, { status: "failed", notice: error.error === "ConversationBlocked" ? "blocked" : null });
      return false;
    }
    this.change(entry, { notice: error.status === 429 ? "rateLimited" : "retrying" });
    await this.rest(error.retryAfterS ? error.retryAfterS * 1000 : RETRY_MS[Math.min(tries.count, RETRY_MS.length - 1)]);
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
