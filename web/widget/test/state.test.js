import assert from "node:assert/strict";
import { test } from "node:test";
import { initialState, isGap, placeText, reduce } from "../src/state.js";

const said = (seq, author, text, more = {}) => ({ type: "message", seq, message: { id: `m${seq}`, seq, author, text, ...more } });
const log = [
  said(1, "bot", "Hello, I am an AI."),
  said(2, "customer", "A person, please", { client_message_id: "c1" }),
  { type: "mode", seq: 3, mode: "queued" },
  { type: "mode", seq: 4, mode: "agent" },
  said(5, "agent", "Ana here"),
  { type: "mode", seq: 6, mode: "bot" },
];
const play = (frames, state = initialState()) => frames.reduce((now, frame) => reduce(now, { ...frame, live: true }), state);

test("a log replayed from any earlier point gives the same state", () => {
  const whole = play(log);
  for (let cut = 0; cut <= log.length; cut += 1)
    for (let from = 0; from <= cut; from += 1) assert.deepEqual(play(log.slice(from), play(log.slice(0, cut))), whole);
});

test("a message that its own POST answered is not shown again by the live stream, and the cursor waits for the stream", () => {
  let state = reduce(play(log.slice(0, 1)), { type: "outbox.add", entry: { kind: "message", client_message_id: "c1", text: "A person, please" } });
  state = reduce(state, { ...log[1], client_message_id: "c1" });
  assert.equal(state.outbox.length, 0);
  assert.equal(state.seq, 1);
  state = play([log[1]], state);
  assert.equal(state.messages.length, 2);
  assert.equal(state.seq, 2);
});

test("the live stream may be quicker than the POST, and the echo goes once", () => {
  let state = play(log.slice(0, 1));
  for (const id of ["c1", "c2"]) state = reduce(state, { type: "outbox.add", entry: { kind: "message", client_message_id: id, text: "A person, please" } });
  state = play([log[1]], state);
  assert.deepEqual(state.outbox.map((entry) => entry.client_message_id), ["c2"]);
  state = reduce(state, { ...log[1], client_message_id: "c1" });
  assert.deepEqual(state.outbox.map((entry) => entry.client_message_id), ["c2"]);
});

test("a draft grows by offsets in code points and gives way to the final message", () => {
  const delta = (offset, text) => ({ type: "answer.delta", message_id: "m7", turn_id: "t", offset, text, live: true });
  let state = [delta(0, "Yes 👍 "), delta(6, "within "), delta(6, "within 30 days")].reduce(reduce, play(log));
  assert.equal(state.drafts[0].text, "Yes 👍 within 30 days");
  state = play([said(7, "bot", "Yes 👍 within 30 days.", { turn_id: "t" })], state);
  assert.deepEqual(state.drafts, []);
  assert.deepEqual(reduce(state, delta(0, "late")).drafts, []);
});

test("a dropped draft and a person's arrival leave nothing half said", () => {
  const delta = { type: "answer.delta", message_id: "m9", turn_id: "t", offset: 0, text: "Half", live: true };
  assert.deepEqual(reduce(reduce(play(log), delta), { type: "answer.dropped", message_id: "m9" }).drafts, []);
  assert.deepEqual(reduce(reduce(play(log), delta), { type: "mode", seq: 7, mode: "agent", live: true }).drafts, []);
});

test("a hole in the numbers is noticed", () => {
  const state = play(log);
  assert.equal(isGap(state, { seq: 7 }), false);
  assert.equal(isGap(state, { seq: 8 }), true);
  assert.equal(isGap(state, { type: "typing" }), false);
});

test("text is placed over what stands there", () => assert.equal(placeText("abc", 1, "X"), "aX"));
