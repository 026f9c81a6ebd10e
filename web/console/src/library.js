import { ElMessage } from "element-plus/es/components/message/index.mjs";
import "element-plus/es/components/message/style/css.mjs";
import { reactive } from "vue";
import { api } from "./session.js";

export const STATES = {
  told: { title: "Told to customers", tone: "in" },
  staff: { title: "For staff alone", tone: "go" },
  withheld: { title: "Withheld", tone: "low" },
  later: { title: "Not valid yet", tone: "low" },
  over: { title: "Out of date", tone: "out" },
};

/** What the page about the knowledge base shows. */
class Library {
  items = [];
  status = null;
  kinds = [];
  mayChange = false;
  loaded = false;
  failed = "";
  filter = "";
  selected = null;
  details = null;
  question = "";
  found = null;
  busy = false;

  get shown() {
    const words = this.filter.toLowerCase().split(/\s+/).filter(Boolean);
    return this.items.filter((one) => words.every((word) => `${one.title} ${one.slug} ${one.topic} ${one.file}`.toLowerCase().includes(word)));
  }

  async load() {
    this.failed = "";
    try {
      const answer = await api.documents();
      Object.assign(this, { items: answer.items, status: answer.status, kinds: answer.kinds, mayChange: answer.may_change, loaded: true });
    } catch (error) {
      this.failed = error.message;
    }
  }

  async select(slug) {
    Object.assign(this, { selected: slug, details: null, found: null });
    const details = slug && (await this.attempt(() => api.document(slug)));
    if (this.selected === slug) this.details = details || null;
  }

  async ask() {
    const question = this.question.trim();
    this.found = question ? ((await this.attempt(() => api.tryQuestion(question)))?.items ?? null) : null;
  }

  async setPublished(published) {
    const line = await this.attempt(() => (published ? api.publish : api.withhold)(this.selected));
    if (!line) return;
    this.take(line);
    if (this.found) await this.ask();
  }

  async upload(file, about) {
    const lines = await this.attempt(() => api.upload(file, about));
    if (!lines) return false;
    await this.load();
    await this.select(lines[0]?.slug ?? null);
    ElMessage({ type: "success", message: `${file.name} is read.` });
    return true;
  }

  async remove() {
    const slug = this.selected;
    if ((await this.attempt(() => api.remove(slug))) === undefined) return;
    await this.select(null);
    await this.load();
  }

  take(line) {
    this.items = this.items.map((one) => (one.slug === line.slug ? line : one));
    if (this.details?.document.slug === line.slug) this.details.document = line;
  }

  /** Do one thing; gives undefined, and says why, where it did not work. */
  async attempt(work) {
    this.busy = true;
    try {
      return await work();
    } catch (error) {
      ElMessage({ type: "error", message: error.message, duration: 6000 });
      return undefined;
    } finally {
      this.busy = false;
    }
  }
}

export const library = reactive(new Library());
