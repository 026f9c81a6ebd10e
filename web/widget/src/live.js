/**
 * One conversation's live frames, over a WebSocket, or over server-sent events where no socket gets through.
 *
 * Every connection starts from the cursor, so a cut loses nothing; what comes twice is for the reducer to ignore.
 */

const BACKOFF_MS = [400, 1000, 2000, 4000, 8000, 15_000];
const UNAUTHORISED = 4401;
const STEADY_MS = 3000; // a socket that a middlebox cuts before this never worked

const wait = (ms, signal) =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
  });

/** Cut a server-sent event stream into the JSON of its data lines. */
export async function* readEvents(stream) {
  let rest = "";
  for await (const text of decode(stream)) {
    const blocks = (rest + text).replaceAll("\r\n", "\n").split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) {
      const data = block.split("\n").filter((line) => line.startsWith("data:")).map((line) => line.slice(5).trimStart());
      if (data.length) yield JSON.parse(data.join("\n"));
    }
  }
}

async function* decode(stream) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

export class LiveConnection {
  /**
   * Args:
   *   transport: Makes the addresses.
   *   conversation: {conversation_id, token}.
   *   cursor: Gives the seq to continue after.
   *   onFrame, onStatus, onExpired: Told of frames, of "online" or "offline", and of a token that is no longer taken.
   */
  constructor({ transport, conversation, cursor, onFrame, onStatus, onExpired }) {
    Object.assign(this, { transport, conversation, cursor, onFrame, onStatus, onExpired });
    this.stopping = new AbortController();
    this.failures = 0;
    this.way = "socket";
  }

  /** Keep a connection up until `stop`. */
  async run() {
    while (!this.stopping.signal.aborted) {
      this.link = new AbortController();
      const served = await (this.way === "socket" ? this.overSocket() : this.overEvents());
      if (this.stopping.signal.aborted) return;
      this.onStatus("offline");
      this.failures = served ? 0 : this.failures + 1;
      this.way = this.way === "socket" && !served ? "events" : "socket";
      await this.pause();
    }
  }

  async pause() {
    const base = BACKOFF_MS[Math.min(this.failures, BACKOFF_MS.length - 1)];
    this.resting = new AbortController();
    await wait(base * (0.75 + Math.random() / 2), AbortSignal.any([this.resting.signal, this.stopping.signal]));
  }

  /** Tell the server something that may get lost. */
  tell(frame) {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(frame));
  }

  /** Cut the present connection and connect again from the cursor at once. */
  renew() {
    this.link?.abort();
    this.resting?.abort();
  }

  stop() {
    this.stopping.abort();
    this.renew();
  }

  overSocket() {
    return new Promise((resolve) => {
      let served = false;
      let socket;
      try {
        socket = new WebSocket(this.transport.socketUrl(this.conversation, this.cursor()));
      } catch {
        return resolve(false); // a content policy without connect-src for sockets
      }
      let steady;
      this.socket = socket;
      this.link.signal.addEventListener("abort", () => socket.close(), { once: true });
      socket.onopen = () => {
        socket.send(JSON.stringify({ type: "auth", token: this.conversation.token, after: this.cursor() }));
        steady = setTimeout(() => (served = true), STEADY_MS);
        this.onStatus("online");
      };
      socket.onmessage = ({ data }) => {
        served = true;
        this.onFrame(JSON.parse(data));
      };
      socket.onclose = ({ code }) => {
        clearTimeout(steady);
        if (code === UNAUTHORISED) this.expire();
        resolve(served);
      };
    });
  }

  async overEvents() {
    const after = this.cursor();
    let served = false;
    try {
      const response = await fetch(this.transport.eventsUrl(this.conversation, after), {
        headers: { authorization: `Bearer ${this.conversation.token}`, accept: "text/event-stream", "last-event-id": String(after) },
        credentials: "omit",
        signal: AbortSignal.any([this.link.signal, this.stopping.signal]),
      });
      if (response.status === 401 || response.status === 404) this.expire();
      if (!response.ok) return false;
      this.onStatus("online");
      served = true;
      for await (const frame of readEvents(response.body)) this.onFrame(frame);
    } catch {
      // Cut: the caller connects again from the cursor.
    }
    return served;
  }

  expire() {
    this.stop();
    this.onExpired();
  }
}
