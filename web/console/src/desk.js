import { ElMessage } from "element-plus/es/components/message/index.mjs";
import "element-plus/es/components/message/style/css.mjs";
import { reactive } from "vue";
import { listen } from "./feed.js";
import { Thread } from "./thread.js";
import { api, session, sessionEnded } from "./session.js";

const isOpen = (one) => one.state === "open";
const isMine = (one) => one.mode === "agent" && one.assigned_to?.staff_id === session.staff?.staff_id;

/** The lists of the inbox: which conversations belong to each, and what an empty one says. */
export const LISTS = [
  { id: "queued", title: "Waiting", holds: (one) => isOpen(one) && one.mode === "queued", empty: "Nobody is waiting.", oldestFirst: true },
  { id: "mine", title: "Mine", holds: (one) => isOpen(one) && isMine(one), empty: "You have no conversation now." },
  { id: "agent", title: "Team", holds: (one) => isOpen(one) && one.mode === "agent" && !isMine(one), empty: "No colleague has a conversation now." },
  { id: "bot", title: "Assistant", holds: (one) => isOpen(one) && one.mode === "bot", empty: "The assistant has no conversation now." },
  { id: "resolved", title: "Resolved", holds: (one) => one.state === "resolved", empty: "Nothing is resolved yet." },
];

/** What one console shows. Conversations come from pages and from the live feed; the lists are views on them. */
class Desk {
  constructor() {
    this.clear();
  }

  clear() {
    this.known = new Map();
    this.cursors = {};
    this.list = "queued";
    this.selected = null;
    this.thread = null;
    this.drafts = {};
    this.connected = true;
    this.loading = true;
    this.now = Date.now();
  }

  start() {
    if (this.owner !== session.staff.staff_id) this.clear(); // nobody sees another's drafts
    this.owner = session.staff.staff_id;
    this.clock = setInterval(() => (this.now = Date.now()), 2000);
    this.feed = listen({
      onFrame: (frame) => this.receive(frame),
      onOpen: () => this.refresh(),
      onCut: () => (this.connected = false),
      onSignedOut: sessionEnded,
    });
  }

  stop() {
    clearInterval(this.clock);
    this.feed?.stop();
  }

  get current() {
    return this.known.get(this.selected) ?? null;
  }

  items(id) {
    const list = LISTS.find((one) => one.id === id);
    const key = (one) => (list.oldestFirst ? one.handover?.requested_at : one.updated_at) ?? one.updated_at;
    const sign = list.oldestFirst ? 1 : -1;
    return [...this.known.values()].filter(list.holds).sort((one, other) => sign * key(one).localeCompare(key(other)));
  }

  show(list) {
    this.list = list;
  }

  keepDraft(id, text) {
    this.drafts[id] = text;
  }

  /** Read everything shown again: at the start, and after each cut of the feed. */
  async refresh() {
    try {
      await Promise.all(["queued", "agent", "bot", "resolved"].map((id) => this.load(id)));
      if (this.selected) await this.thread?.load();
      Object.assign(this, { connected: true, loading: false });
    } catch {
      this.connected = false;
    }
  }

  async load(id, cursor) {
    const page = await api.list(id, cursor);
    for (const one of page.items) this.known.set(one.conversation_id, one);
    this.cursors[id] = page.next_cursor;
  }

  receive(frame) {
    if (frame.type === "signed_out") sessionEnded();
    else if (frame.type === "reload") this.refresh();
    else if (frame.type === "inbox") this.known.set(frame.conversation.conversation_id, frame.conversation);
    else if (frame.conversation_id === this.selected) this.thread?.receive(frame);
  }

  async select(id) {
    if (this.selected === id) return;
    this.selected = id;
    this.thread = id ? reactive(new Thread(id)) : null;
    await this.thread?.load();
  }

  /** Select the next (1) or previous (-1) conversation of the list. */
  step(by) {
    const ids = this.items(this.list).map((one) => one.conversation_id);
    if (!ids.length) return;
    const at = ids.indexOf(this.selected);
    this.select(ids[Math.min(Math.max(at + by, 0), ids.length - 1)]);
  }

  /** Change the selected conversation; a conflict says who was quicker. */
  async act(change) {
    const id = this.selected;
    try {
      const { conversation } = await change(id);
      this.known.set(id, conversation);
      return true;
    } catch (error) {
      ElMessage({ type: error.status === 409 ? "warning" : "error", message: error.message, duration: 5000 });
      if (error.status === 409) await this.reread(id);
      return false;
    }
  }

  async reread(id) {
    const { conversation } = await api.get(id).catch(() => ({}));
    if (conversation) this.known.set(id, conversation);
  }

  async claim() {
    if (await this.act(api.claim)) this.list = "mine";
  }

  release() {
    return this.act(api.release);
  }

  resolve() {
    return this.act(api.resolve);
  }

  block(reason) {
    return this.act((id) => api.block(id, reason));
  }

  unblock() {
    return this.act(api.unblock);
  }
}

export { isMine };

/** The one desk of this window. It outlives a session that ends, so that its owner finds it as it was. */
export const desk = reactive(new Desk());
