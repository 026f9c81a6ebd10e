const BASE = "/api/v1/staff";

/** The server said no; `detail` is written for staff. */
export class StaffError extends Error {
  constructor(status, name, detail, retryAfterS) {
    super(detail || "The server did not accept this.");
    this.status = status;
    this.error = name;
    this.retryAfterS = retryAfterS;
  }
}

/** The staff API. A session that has ended is told to `onSignedOut`, whatever was asked. */
export class StaffApi {
  constructor(onSignedOut) {
    this.onSignedOut = onSignedOut;
    this.csrf = "";
  }

  async call(method, path, body) {
    const headers = { accept: "application/json", "x-csrf-token": this.csrf };
    const isFile = body instanceof Blob;
    if (body) headers["content-type"] = isFile ? "application/octet-stream" : "application/json";
    const sent = isFile ? body : body && JSON.stringify(body);
    const response = await fetch(BASE + path, { method, headers, body: sent, signal: AbortSignal.timeout(isFile ? 180_000 : 15_000) }).catch(() => {
      throw new StaffError(0, "Unreachable", "The server cannot be reached.", undefined);
    });
    if (response.status === 204) return null;
    const answer = await response.json().catch(() => ({}));
    if (response.ok) return answer;
    if (response.status === 401 && path !== "/session" && path !== "/password") this.onSignedOut();
    throw new StaffError(response.status, answer.error, answer.detail, Number(response.headers.get("retry-after")) || undefined);
  }

  take(session) {
    this.csrf = session.csrf_token;
    return { staff: session.staff, amounts: session.amounts };
  }

  session = async () => this.take(await this.call("GET", "/session"));
  signIn = async (email, password) => this.take(await this.call("POST", "/session", { email, password }));
  signOut = () => this.call("DELETE", "/session");
  changePassword = (current, next) => this.call("POST", "/password", { current_password: current, new_password: next });
  list = (state, cursor) => this.call("GET", `/conversations?${new URLSearchParams({ state, limit: 100, ...(cursor && { cursor }) })}`);
  get = (id) => this.call("GET", this.path(id));
  answer = (id) => this.call("GET", `/answers/${encodeURIComponent(id)}`);
  claim = (id) => this.call("POST", this.path(id, "/claim"));
  reply = (id, text, clientMessageId) => this.call("POST", this.path(id, "/messages"), { text, client_message_id: clientMessageId });
  release = (id) => this.call("POST", this.path(id, "/release"));
  resolve = (id) => this.call("POST", this.path(id, "/resolve"));
  block = (id, reason) => this.call("POST", this.path(id, "/block"), { reason });
  unblock = (id) => this.call("POST", this.path(id, "/unblock"));
  documents = () => this.call("GET", "/knowledge/documents");
  document = (slug) => this.call("GET", this.documentPath(slug));
  tryQuestion = (question) => this.call("GET", `/knowledge/search?${new URLSearchParams({ q: question })}`);
  upload = (file, about) => this.call("POST", `/knowledge/documents?${new URLSearchParams({ name: file.name, ...about })}`, file);
  publish = (slug) => this.call("POST", this.documentPath(slug, "/publish"));
  withhold = (slug) => this.call("POST", this.documentPath(slug, "/withhold"));
  remove = (slug) => this.call("DELETE", this.documentPath(slug));

  documentPath(slug, rest = "") {
    return `/knowledge/documents/${encodeURIComponent(slug)}${rest}`;
  }

  path(id, rest = "") {
    return `/conversations/${encodeURIComponent(id)}${rest}`;
  }
}
