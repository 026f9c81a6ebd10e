import { Refused, Unreachable } from "./errors.js";

const TIMEOUT_MS = 15_000;

/** The public API, one method per call. The view never comes near it. */
export class Transport {
  constructor(base) {
    this.base = base;
  }

  async call(method, path, { token, body, timeoutMs = TIMEOUT_MS } = {}) {
    const headers = { accept: "application/json" };
    if (token) headers.authorization = `Bearer ${token}`;
    if (body) headers["content-type"] = "application/json";
    const response = await fetch(new URL(path, this.base), {
      method,
      headers,
      credentials: "omit",
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
    }).catch((cause) => {
      throw new Unreachable(`${method} ${path} got no answer.`, { cause });
    });
    return this.read(response);
  }

  async read(response) {
    const answer = await response.json().catch(() => ({}));
    if (response.ok) return answer;
    throw new Refused(response.status, answer.error, answer.detail, Number(response.headers.get("retry-after")) || undefined);
  }

  config(widgetId) {
    return this.call("GET", `/api/v1/widget/config?widget_id=${encodeURIComponent(widgetId)}`);
  }

  create(identityToken, locale, signIn) {
    return this.call("POST", "/api/v1/conversations", { body: { identity_token: identityToken, locale, sign_in: signIn } });
  }

  path({ conversation_id: id }, rest) {
    return `/api/v1/conversations/${encodeURIComponent(id)}/${rest}`;
  }

  messages(conversation, after = 0) {
    return this.call("GET", this.path(conversation, `messages?after=${after}&limit=200`), { token: conversation.token });
  }

  send(conversation, body) {
    return this.call("POST", this.path(conversation, "messages"), { token: conversation.token, body });
  }

  handover(conversation) {
    return this.call("POST", this.path(conversation, "handover"), { token: conversation.token, body: {} });
  }

  identify(conversation, identityToken) {
    return this.call("POST", this.path(conversation, "identity"), { token: conversation.token, body: { identity_token: identityToken } });
  }

  rate(conversation, messageId, rating) {
    return this.call("POST", this.path(conversation, `messages/${encodeURIComponent(messageId)}/feedback`), { token: conversation.token, body: { rating } });
  }

  socketUrl(conversation, after) {
    const url = new URL(this.path(conversation, `socket?after=${after}`), this.base);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    return url.href;
  }

  eventsUrl(conversation, after) {
    return new URL(this.path(conversation, `events?after=${after}`), this.base).href;
  }
}
