/** What survives a reload: the conversation's id and token, and messages that were not acknowledged yet. */

const memory = new Map();

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? null;
  } catch {
    return memory.get(key) ?? null; // storage is blocked, as in some private windows: the chat lives as long as the page
  }
}

function write(key, value) {
  memory.set(key, value);
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // The copy in memory serves until the page is left.
  }
}

/** One widget's drawer in localStorage. */
export class Storage {
  constructor(widgetId, apiBase) {
    this.key = `counterhand:${new URL(apiBase).host}:${widgetId}`;
  }

  /** {conversation_id, token, subject?} of the open conversation, or null. */
  get conversation() {
    return read(this.key);
  }

  set conversation(value) {
    write(this.key, value);
  }

  /** Be told when another tab changes the conversation. */
  onChange(listener) {
    addEventListener("storage", (event) => event.key === this.key && listener(this.conversation));
  }

  /** Sends that the server has not acknowledged. */
  get outbox() {
    return read(`${this.key}:outbox`) ?? [];
  }

  set outbox(entries) {
    write(`${this.key}:outbox`, entries.length ? entries : null);
  }

  /** Whether the panel was open when the page was left; remembered for the tab alone. */
  get panelOpen() {
    try {
      return sessionStorage.getItem(`${this.key}:open`) === "1";
    } catch {
      return false;
    }
  }

  set panelOpen(open) {
    try {
      sessionStorage.setItem(`${this.key}:open`, open ? "1" : "0");
    } catch {
      // Only a convenience.
    }
  }
}
