/**
 * The conversation as this browser knows it: a pure function of the frames seen.
 *
 * Frames with a `seq` may arrive twice (a resume repeats, an answer to a POST races the live stream); applying one
 * twice changes nothing. `seq` is the live cursor: it moves with live frames and whole reloads, never with an answer
 * to a POST, which may run ahead of frames that are still on their way.
 */

export const initialState = () => ({
  messages: [], // committed, by seq
  outbox: [], // ours, not acknowledged yet: {kind, client_message_id, text, payload?, status, notice?}
  drafts: [], // answers being written: {message_id, turn_id, text}
  mode: "bot",
  agentName: null,
  typing: null, // the author who is writing
  seq: 0,
});

function insert(messages, message) {
  if (messages.some((known) => known.id === message.id)) return messages;
  const at = messages.findLastIndex((known) => known.seq <= message.seq);
  return messages.toSpliced(at + 1, 0, message);
}

/** The echo that a committed customer message answers: by its id where the server tells it, else the oldest of the same words. */
function withoutEcho(outbox, message, clientMessageId) {
  if (message.author !== "customer") return outbox;
  const id = clientMessageId ?? message.client_message_id;
  const at = outbox.findIndex((entry) => (id ? entry.client_message_id === id : entry.kind === "message" && entry.text === message.text));
  return at < 0 ? outbox : outbox.toSpliced(at, 1);
}

function addMessage(state, message, clientMessageId) {
  const known = state.messages.some((existing) => existing.id === message.id);
  const answers = message.author === "bot" || message.author === "agent";
  return {
    ...state,
    messages: insert(state.messages, message),
    outbox: known && !clientMessageId ? state.outbox : withoutEcho(state.outbox, message, clientMessageId),
    drafts: answers ? state.drafts.filter((draft) => draft.message_id !== message.id && draft.turn_id !== message.turn_id) : state.drafts,
    typing: answers && !known ? null : state.typing,
    agentName: message.author === "agent" ? (message.author_name ?? state.agentName) : state.agentName,
  };
}

/** Put `text` at `offset`, counted in code points as the server counts. */
export function placeText(before, offset, text) {
  const points = Array.from(before);
  return [...points.slice(0, offset), ...Array.from(text)].join("");
}

function addDelta(state, { message_id, turn_id, offset = 0, text }) {
  if (state.messages.some((message) => message.id === message_id)) return state;
  const draft = state.drafts.find((known) => known.message_id === message_id) ?? { message_id, turn_id, text: "" };
  const grown = { ...draft, text: placeText(draft.text, offset, text) };
  return { ...state, typing: null, drafts: [...state.drafts.filter((known) => known !== draft), grown] };
}

function setMode(state, { mode, agent_name: name }) {
  const agentName = mode === "agent" ? (name ?? state.agentName) : null;
  return { ...state, mode, agentName, typing: null, drafts: mode === "bot" ? state.drafts : [] };
}

const sent = {
  "outbox.add": (state, { entry }) => ({ ...state, outbox: [...state.outbox, entry] }),
  "outbox.change": (state, { client_message_id: id, change }) => ({
    ...state,
    outbox: state.outbox.map((entry) => (entry.client_message_id === id ? { ...entry, ...change } : entry)),
  }),
  "outbox.remove": (state, { client_message_id: id }) => ({ ...state, outbox: state.outbox.filter((entry) => entry.client_message_id !== id) }),
};

const received = {
  message: (state, frame) => addMessage(state, frame.message, frame.client_message_id),
  mode: setMode,
  typing: (state, frame) => ({ ...state, typing: frame.on === false ? null : (frame.author ?? "bot") }),
  "answer.delta": addDelta,
  "answer.dropped": (state, frame) => ({ ...state, drafts: state.drafts.filter((draft) => draft.message_id !== frame.message_id) }),
};

/** Apply one frame. Live frames carry `live: true`; those already counted are ignored. */
export function reduce(state, frame) {
  const counted = frame.live && Number.isInteger(frame.seq);
  if (counted && frame.seq <= state.seq) return state;
  const apply = received[frame.type] ?? sent[frame.type];
  const next = apply ? apply(state, frame) : state;
  return counted ? { ...next, seq: frame.seq } : next;
}

/** Whether frames between the cursor and `frame` are missing. */
export const isGap = (state, frame) => Number.isInteger(frame.seq) && frame.seq > state.seq + 1;
