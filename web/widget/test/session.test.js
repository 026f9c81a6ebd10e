import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, beforeEach, test } from "node:test";
import { Session } from "../src/session.js";
import { Storage } from "../src/storage.js";
import { Transport } from "../src/transport.js";

/** A gateway of this file's own: it keeps what was posted where, and fails when told to. */
const gateway = { posted: [], opened: 0, signedIn: null, fault: null, slow: null };
let server;
let base;
const sessions = [];

const tokenOf = (sub) => `x.${Buffer.from(JSON.stringify({ sub, exp: Date.now() / 1000 + 600 })).toString("base64url")}.y`;
const message = (seq, author, text) => ({ id: `m${Math.random()}`, seq, author, text, created_at: new Date().toISOString() });

function answer(method, path, body) {
  if (path === "/identity-token") return gateway.signedIn ? [200, { identity_token: tokenOf(gateway.signedIn) }] : [401, {}];
  if (method === "POST" && path === "/api/v1/conversations") {
    gateway.asked = body;
    return [201, { conversation_id: `c${(gateway.opened += 1)}`, token: "t", messages: [message(1, "bot", "I am an AI.")] }];
  }
  if (method === "POST" && path.endsWith("/messages")) {
    if (gateway.fault) return gateway.fault;
    gateway.posted.push([path.split("/")[4], body.text]);
    return [202, { message: message(gateway.posted.length + 1, "customer", body.text) }];
  }
  if (path.includes("/messages?")) return [200, { messages: [message(1, "bot", "I am an AI.")], next_after: null, mode: "bot" }];
  return [path.endsWith("/identity") ? 200 : 404, {}];
}

before(async () => {
  server = createServer(async (request, response) => {
    let body = "";
    for await (const piece of request) body += piece;
    const [status, told] = answer(request.method, request.url, body ? JSON.parse(body) : {});
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(told));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${server.address().port}/`;
  const kept = new Map();
  const drawer = { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value), removeItem: (key) => kept.delete(key) };
  Object.defineProperty(globalThis, "localStorage", { value: drawer, configurable: true });
  globalThis.addEventListener ??= () => undefined;
});

after(() => {
  for (const session of sessions) leavePage(session);
  server.closeAllConnections();
  server.close();
});

beforeEach(() => Object.assign(gateway, { posted: [], signedIn: null, fault: null }));

let widgets = 0;
const someWidget = () => `widget-${(widgets += 1)}`;

function visit(widgetId, identityUrl = `${base}identity-token`) {
  const session = new Session({
    transport: new Transport(base), storage: new Storage(widgetId, base), identityUrl, locale: "en", onChange: () => undefined,
  });
  session.connect = () => undefined; // what is heard live has tests of its own
  sessions.push(session);
  return session;
}

/** The page is closed: nothing of it runs any more, its storage stays. */
function leavePage(session) {
  clearTimeout(session.identityTimer);
  clearTimeout(session.slowTimer);
  session.outbox.flushing = true;
  session.state = { ...session.state, outbox: [] };
  session.outbox.wake();
}

async function until(holds) {
  const end = Date.now() + 8000;
  while (!holds()) {
    if (Date.now() > end) assert.fail(`Never: ${holds}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const AWAY = [503, { error: "Away" }];

for (const [who, next] of [["signs out", null], ["is followed by another customer", "ben"]]) {
  test(`what a customer who ${who} had not sent yet is never posted`, async () => {
    gateway.signedIn = "ana";
    const session = visit(someWidget());
    await session.open();
    const hers = session.current;
    gateway.fault = AWAY;
    session.send("My private words");
    await until(() => session.state.outbox[0]?.notice === "retrying");
    gateway.signedIn = next;
    await session.identify();
    gateway.fault = null;
    assert.notEqual(session.current, hers);
    session.send("Hello");
    await until(() => gateway.posted.length);
    await new Promise((resolve) => setTimeout(resolve, 1200));
    assert.deepEqual(gateway.posted, [[session.current, "Hello"]]);
    assert.deepEqual(session.storage.outbox, []);
  });

  test(`the same when she ${who} between two pages`, async () => {
    const widget = someWidget();
    gateway.signedIn = "ana";
    const first = visit(widget);
    await first.open();
    gateway.fault = AWAY;
    first.send("My private words");
    await until(() => first.state.outbox[0]?.notice === "retrying");
    const kept = first.storage.outbox;
    leavePage(first);
    first.storage.outbox = kept;
    Object.assign(gateway, { signedIn: next, fault: null });
    const second = visit(widget);
    assert.deepEqual(second.state.outbox, []);
    await second.open();
    assert.deepEqual(second.state.outbox, []);
    assert.deepEqual(second.storage.outbox, []);
    assert.deepEqual(gateway.posted, []);
  });
}

test("whose conversation it stays gets the words after a reload", async () => {
  const widget = someWidget();
  gateway.signedIn = "ana";
  const first = visit(widget);
  await first.open();
  gateway.fault = AWAY;
  first.send("Still mine");
  await until(() => first.state.outbox[0]?.notice === "retrying");
  const kept = first.storage.outbox;
  leavePage(first);
  first.storage.outbox = kept;
  gateway.fault = null;
  const second = visit(widget);
  await second.open();
  await until(() => gateway.posted.length);
  assert.deepEqual(gateway.posted, [[first.current, "Still mine"]]);
});

test("words for a conversation that has ended do not begin the next one", async () => {
  const session = visit(someWidget());
  await session.open();
  const old = session.current;
  gateway.fault = [409, { error: "ConversationClosed" }];
  session.send("Too late");
  await until(() => session.current && session.current !== old);
  gateway.fault = null;
  assert.equal(session.ended, true);
  assert.deepEqual(session.state.outbox, []);
  session.send("Again");
  await until(() => gateway.posted.length);
  assert.deepEqual(gateway.posted, [[session.current, "Again"]]);
});

test("another tab's new conversation gets nothing that was typed here", async () => {
  const session = visit(someWidget());
  await session.open();
  gateway.fault = AWAY;
  session.send("Typed in the old one");
  await until(() => session.state.outbox[0]?.notice === "retrying");
  session.storage.conversation = { conversation_id: "c-of-another-tab", token: "t" };
  gateway.fault = null;
  await until(() => !session.state.outbox.length);
  assert.deepEqual(gateway.posted, []);
});

test("a server that fails for good is told on the message, and the customer may try again", async () => {
  const session = visit(someWidget());
  await session.open();
  gateway.fault = [500, { error: "InternalError" }];
  session.send("Hello");
  await until(() => session.state.outbox[0]?.status === "failed");
  gateway.fault = null;
  session.outbox.retry(session.state.outbox[0]);
  await until(() => gateway.posted.length);
  assert.deepEqual(gateway.posted, [[session.current, "Hello"]]);
});

test("the server is told whether the page knows who is signed in", async () => {
  await visit(someWidget()).open();
  assert.equal(gateway.asked.sign_in, true);
  await visit(someWidget(), "").open();
  assert.equal(gateway.asked.sign_in, false);
});
