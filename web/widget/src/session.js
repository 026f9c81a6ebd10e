import { Refused, Unreachable } from "./errors.js";
import { fetchIdentity } from "./identity.js";
import { LiveConnection } from "./live.js";
import { Outbox } from "./outbox.js";
import { initialState, isGap, reduce } from "./state.js";

const SLOW_MS = 12_000;
const OFFLINE_AFTER_MS = 1500; // shorter cuts mend themselves unseen
const TYPING_EVERY_MS = 3000;
const RENEW_BEFORE_MS = 60_000;

/** The conversation was left while it was being opened: nothing of it counts any more. */
class Left extends Error {}

/** One customer's conversation: opens or resumes it, keeps it live, sends, and tells `onChange` what is to be shown. */
export class Session {
  constructor({ transport, storage, identityUrl, locale, onChange }) {
    Object.assign(this, { transport, storage, identityUrl, locale, onChange });
    this.state = initialState();
    this.status = "idle"; // idle, starting, ready, unreachable
    this.connected = true;
    this.slow = false;
    this.ended = false; // the last conversation ended under the customer's hands
    this.thread = 0; // grows whenever a conversation is left: what was typed in it goes with it
    this.current = storage.conversation?.conversation_id ?? null;
    this.kept = storage.outbox.filter((entry) => this.current && entry.conversation_id === this.current);
    this.storage.outbox = this.kept;
    this.outbox = new Outbox(this);
    storage.onChange((conversation) => this.follow(conversation));
  }

  /** Another tab left the conversation, or began a new one: so does this tab. What was read there is read here. */
  follow(conversation) {
    if ((conversation?.conversation_id ?? null) === this.current) return this.onChange();
    this.leave();
    if (conversation && this.status !== "idle") this.keepOpening();
  }

  get conversation() {
    return this.storage.conversation;
  }

  /** What was said by others than the customer, and not seen yet. */
  get unseen() {
    const seen = this.conversation?.seen ?? Infinity;
    return this.state.messages.filter((message) => (message.author === "bot" || message.author === "agent") && message.seq > seen).length;
  }

  /** All of it is seen; kept with the conversation, so that a reload, or another page, does not forget it. */
  noteSeen() {
    const { conversation, state } = this;
    const seq = state.messages.at(-1)?.seq ?? 0;
    if (seq && conversation?.conversation_id === this.current && !(conversation.seen >= seq)) this.storage.conversation = { ...conversation, seen: seq };
  }

  apply(frame) {
    const before = this.state;
    this.state = reduce(before, frame);
    if (this.state.outbox !== before.outbox) this.keepOutbox();
    if (this.state.messages !== before.messages) this.watchAnswer();
    this.onChange();
  }

  /** What is bound to a conversation outlives the page; whose the rest is could not be told after a reload. */
  keepOutbox() {
    this.storage.outbox = [...this.kept, ...this.state.outbox.filter((entry) => entry.conversation_id)];
  }

  /** Make `current` the conversation shown: waiting words that are not of another become its own. */
  enter() {
    this.current = this.conversation.conversation_id;
    const outbox = [...this.kept, ...this.state.outbox].map((entry) => ({ ...entry, conversation_id: entry.conversation_id ?? this.current }));
    this.kept = [];
    this.state = { ...this.state, outbox: outbox.filter((entry) => entry.conversation_id === this.current) };
    this.keepOutbox();
  }

  set(changes) {
    Object.assign(this, changes);
    this.onChange();
  }

  /** Open the stored conversation or a new one, once; a failure may be tried again. */
  open() {
    this.opening ??= this.begin(this.thread).catch((error) => {
      if (error instanceof Left && this.opening) return this.opening;
      if (error instanceof Left) throw error;
      this.opening = null;
      this.set({ status: "unreachable" });
      throw error;
    });
    return this.opening;
  }

  /** Opening failed: try again, ever more slowly, until the chat is there. */
  keepOpening(waitMs = 2000) {
    return this.open().catch(() => setTimeout(() => this.keepOpening(Math.min(waitMs * 2, 30_000)), waitMs));
  }

  async begin(thread) {
    if (this.status === "idle") this.set({ status: "starting" });
    const unlessLeft = async (promise) => {
      const value = await promise;
      if (this.thread !== thread) throw new Left();
      return value;
    };
    const identity = await unlessLeft(this.askIdentity());
    if (this.belongsToAnother(identity)) thread = this.discard();
    const page = this.conversation && (await unlessLeft(this.resume()));
    if (this.conversation && !page) thread = this.discard();
    if (!page) this.create(await unlessLeft(this.createAs(identity)));
    else if (identity) await unlessLeft(this.identifyAs(identity));
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

  create({ conversation_id, token, messages = [], subject }) {
    this.storage.conversation = { conversation_id, token, subject };
    this.enter();
    this.load(messages, "bot");
  }

  /** A token that the server refuses must not cost the customer the chat: they are served unnamed. */
  async createAs(identity) {
    try {
      return { ...(await this.transport.create(identity?.token, this.locale, Boolean(this.identityUrl))), subject: identity?.subject };
    } catch (error) {
      if (!(identity && error instanceof Refused && !error.passing)) throw error;
      return { ...(await this.transport.create(undefined, this.locale, Boolean(this.identityUrl))), subject: identity.subject };
    }
  }

  /** Show the stored conversation; false when it is there no more. */
  async resume() {
    this.enter();
    const { conversation } = this;
    try {
      const page = await this.history(conversation);
      if (this.current === conversation.conversation_id) this.load(page.messages, page.mode, page.agentName);
      return true;
    } catch (error) {
      if (!error.gone) throw error;
      return false;
    }
  }

  /** The whole log, page by page. */
  async history(conversation) {
    const messages = [];
    for (let after = 0; ; ) {
      const page = await this.transport.messages(conversation, after);
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
    this.live = new LiveConnection({
      transport: this.transport,
      conversation: this.conversation,
      cursor: () => this.state.seq,
      onFrame: (frame) => this.receive(frame),
      onStatus: (status) => this.noteStatus(status),
      onExpired: () => this.startOver({ ended: true }),
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

  press({ title, payload, person }) {
    if (person) this.askForPerson();
    else this.outbox.add({ kind: "message", text: title, payload });
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
    const identity = await this.askIdentity();
    if (!this.conversation) await this.opening?.catch(() => undefined);
    if (!this.conversation) return this.leave(); // words for a conversation that never opened: whose they were cannot be told any more
    if (this.belongsToAnother(identity)) await this.startOver();
    else if (identity) await this.identifyAs(identity);
    return this.renewIdentity(identity);
  }

  /** The subject is noted first: also what they write before the server knows them goes when they go. */
  async identifyAs({ token, subject }) {
    const conversation = { ...this.conversation, subject };
    this.storage.conversation = conversation;
    try {
      await this.transport.identify(conversation, token);
    } catch (error) {
      if (!(error instanceof Unreachable || error instanceof Refused)) throw error;
      if (error.status === 409 && this.current === conversation.conversation_id) await this.startOver();
    }
  }

  renewIdentity(identity) {
    clearTimeout(this.identityTimer);
    if (!identity) return;
    this.identityTimer = setTimeout(() => this.identify(), Math.max(identity.expiresAt - Date.now() - RENEW_BEFORE_MS, 20_000));
  }

  /** Show nothing of this conversation any more, and drop what was typed in it and not delivered. Gives the new thread. */
  drop() {
    this.live?.stop();
    clearTimeout(this.slowTimer);
    this.storage.outbox = this.storage.outbox.filter((entry) => entry.conversation_id !== this.current);
    Object.assign(this, { current: null, kept: [], thread: this.thread + 1, state: initialState(), awaiting: false, slow: false });
    this.outbox.wake();
    this.onChange();
    return this.thread;
  }

  /** Drop it, and its key. */
  discard() {
    this.storage.conversation = null;
    return this.drop();
  }

  /** Drop it, and whatever is under way to open it. */
  leave() {
    this.opening = null;
    this.drop();
  }

  /** Leave this conversation and open a new one. */
  async startOver({ ended = false } = {}) {
    this.storage.conversation = null;
    this.leave();
    this.set({ status: "starting", ended });
    await this.keepOpening();
  }
}
