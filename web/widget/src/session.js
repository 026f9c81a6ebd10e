import { Refused, Unreachable } from "./errors.js";
import { fetchIdentity } from "./identity.js";
import { LiveConnection } from "./live.js";
import { Outbox } from "./outbox.js";
import { initialState, isGap, reduce } from "./state.js";

const SLOW_MS = 12_000;
const OFFLINE_AFTER_MS = 1500; // shorter cuts mend themselves unseen
const TYPING_EVERY_MS = 3000;
const RENEW_BEFORE_MS = 60_000;

/** One customer's conversation: opens or resumes it, keeps it live, sends, and tells `onChange` what is to be shown. */
export class Session {
  constructor({ transport, storage, identityUrl, locale, onChange }) {
    Object.assign(this, { transport, storage, identityUrl, locale, onChange });
    this.state = initialState();
    this.status = "idle"; // idle, starting, ready, unreachable
    this.connected = true;
    this.slow = false;
    this.outbox = new Outbox(this);
    this.state = { ...this.state, outbox: storage.outbox };
    storage.onChange((conversation) => this.follow(conversation));
  }

  /** Another tab began a new conversation: it is this tab's as well. */
  follow(conversation) {
    if (!this.opening || !conversation || conversation.conversation_id === this.connectedTo) return;
    this.live?.stop();
    this.state = { ...initialState(), outbox: this.state.outbox };
    this.opening = null;
    this.open().catch(() => this.outbox.flush());
  }

  get conversation() {
    return this.storage.conversation;
  }

  apply(frame) {
    const before = this.state;
    this.state = reduce(before, frame);
    if (this.state.outbox !== before.outbox) this.storage.outbox = this.state.outbox;
    if (this.state.messages !== before.messages) this.watchAnswer();
    this.onChange();
  }

  set(changes) {
    Object.assign(this, changes);
    this.onChange();
  }

  /** Open the stored conversation or a new one, once; a failure may be tried again. */
  open() {
    this.opening ??= this.begin().catch((error) => {
      this.opening = null;
      this.set({ status: "unreachable" });
      throw error;
    });
    return this.opening;
  }

  async begin() {
    if (this.status === "idle") this.set({ status: "starting" });
    const identity = await this.askIdentity();
    if (this.belongsToAnother(identity)) this.forget();
    if (!(this.conversation && (await this.resume()))) await this.create(identity);
    else if (identity) await this.identifyAs(identity);
    this.renewIdentity(identity);
    this.connect();
    this.set({ status: "ready" });
    this.outbox.flush();
  }

  /** Who is signed in: an identity, null for nobody, undefined when it cannot be told. */
  async askIdentity() {
    try {
      return await fetchIdentity(this.identityUrl);
    } catch {
      return undefined;
    }
  }

  /** Whether the stored conversation is somebody else's now: they signed out, or another customer signed in. */
  belongsToAnother(identity) {
    const subject = this.conversation?.subject;
    return Boolean(subject) && identity !== undefined && identity?.subject !== subject;
  }

  async create(identity) {
    const { conversation_id, token, messages = [], subject } = await this.createAs(identity);
    this.storage.conversation = { conversation_id, token, subject };
    this.load(messages, "bot");
  }

  /** A token that the server refuses must not cost the customer the chat: they are served unnamed. */
  async createAs(identity) {
    try {
      return { ...(await this.transport.create(identity?.token, this.locale)), subject: identity?.subject };
    } catch (error) {
      if (!(identity && error instanceof Refused && !error.passing)) throw error;
      return this.transport.create(undefined, this.locale);
    }
  }

  async resume() {
    try {
      const page = await this.history();
      this.load(page.messages, page.mode, page.agentName);
      return true;
    } catch (error) {
      if (!error.gone) throw error;
      this.forget();
      return false;
    }
  }

  /** The whole log, page by page. */
  async history() {
    const messages = [];
    for (let after = 0; ; ) {
      const page = await this.transport.messages(this.conversation, after);
      messages.push(...page.messages);
      if (page.next_after == null) return { messages, mode: page.mode, agentName: page.agent_name };
      after = page.next_after;
    }
  }

  load(messages, mode, agentName = null) {
    for (const message of messages) this.state = reduce(this.state, { type: "message", message });
    this.state = { ...this.state, mode, agentName: agentName ?? this.state.agentName, seq: messages.at(-1)?.seq ?? 0 };
    this.onChange();
  }

  connect() {
    this.live?.stop();
    this.connectedTo = this.conversation.conversation_id;
    this.live = new LiveConnection({
      transport: this.transport,
      conversation: this.conversation,
      cursor: () => this.state.seq,
      onFrame: (frame) => this.receive(frame),
      onStatus: (status) => this.noteStatus(status),
      onExpired: () => this.startOver(),
    });
    this.live.run();
  }

  receive(frame) {
    if (frame.type === "reload" || isGap(this.state, frame)) this.live.renew();
    else this.apply({ ...frame, live: true });
  }

  noteStatus(status) {
    clearTimeout(this.offlineTimer);
    if (status === "online") {
      if (!this.connected) this.set({ connected: true });
      this.outbox.wake();
    } else this.offlineTimer = setTimeout(() => this.set({ connected: false }), OFFLINE_AFTER_MS);
  }

  /** After a send, tell the customer when the answer takes long. */
  watchAnswer() {
    clearTimeout(this.slowTimer);
    const last = this.state.messages.at(-1);
    this.slow = false;
    this.awaiting = last?.author === "customer" && this.state.mode === "bot" && Date.now() - Date.parse(last.created_at) < 60_000;
    if (this.awaiting) this.slowTimer = setTimeout(() => this.set({ slow: true, awaiting: false }), SLOW_MS);
  }

  send(text) {
    this.outbox.add({ kind: "message", text });
  }

  press({ title, payload }) {
    this.outbox.add({ kind: "message", text: title, payload });
  }

  askForPerson() {
    if (!this.state.outbox.some((entry) => entry.kind === "handover")) this.outbox.add({ kind: "handover", text: "" });
  }

  /** Let a person see that the customer is writing; the bot has no use for it. */
  noteTyping() {
    if (this.state.mode === "bot" || Date.now() - (this.toldTyping ?? 0) < TYPING_EVERY_MS) return;
    this.toldTyping = Date.now();
    this.live?.tell({ type: "typing", on: true });
  }

  rate(message, rating) {
    return this.transport.rate(this.conversation, message.id, rating);
  }

  /** The host page's customer signed in, out, or as somebody else: keep the thread where it stays theirs. */
  async identify() {
    if (!this.conversation) return;
    const identity = await this.askIdentity();
    if (this.belongsToAnother(identity)) await this.startOver();
    else if (identity) await this.identifyAs(identity);
    this.renewIdentity(identity);
  }

  async identifyAs({ token, subject }) {
    try {
      await this.transport.identify(this.conversation, token);
      this.storage.conversation = { ...this.conversation, subject };
    } catch (error) {
      if (error instanceof Refused && error.status === 409) await this.startOver();
      else if (!(error instanceof Unreachable || error instanceof Refused)) throw error;
    }
  }

  renewIdentity(identity) {
    clearTimeout(this.identityTimer);
    if (!identity) return;
    this.identityTimer = setTimeout(() => this.identify(), Math.max(identity.expiresAt - Date.now() - RENEW_BEFORE_MS, 20_000));
  }

  forget() {
    this.live?.stop();
    this.storage.conversation = null;
    this.state = { ...initialState(), outbox: this.state.outbox };
  }

  /** Leave this conversation and open a new one. */
  async startOver() {
    this.forget();
    this.opening = null;
    this.set({ status: "starting" });
    await this.open().catch(() => this.outbox.flush());
  }
}
