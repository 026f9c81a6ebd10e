/** The server could not be reached: nothing is known about the request. Send it again with the same id. */
export class Unreachable extends Error {}

/** The server answered with an error; `name` and `detail` as it tells them. */
export class Refused extends Error {
  constructor(status, name, detail, retryAfterS) {
    super(detail || name || `HTTP ${status}`);
    this.status = status;
    this.error = name;
    this.retryAfterS = retryAfterS;
  }

  /** Whether the conversation itself is gone, or its token no longer counts. */
  get gone() {
    return this.status === 401 || ["ConversationNotFound", "ConversationClosed"].includes(this.error);
  }

  /** Whether the same request may succeed later. */
  get passing() {
    return this.status === 429 || this.status === 408 || this.status >= 500;
  }

  /** Whether the server itself failed, unlike a proxy that tells that it is away. */
  get broken() {
    return this.status >= 500 && ![502, 503, 504].includes(this.status);
  }
}
