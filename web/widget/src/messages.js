import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { productCards } from "./cards.js";
import { formatTime } from "./format.js";
import { icons } from "./icons.js";
import { safeUrl, splitLinks, targetOf } from "./links.js";
import { strings } from "./strings.js";

const words = (text) =>
  splitLinks(text ?? "").map((piece) =>
    piece.href ? html`<a href=${piece.href} target="_blank" rel="noopener noreferrer nofollow">${piece.href}</a>` : piece,
  );

const author = (message, view) =>
  ({ customer: strings.you, bot: strings.bot, agent: message.author_name ?? view.agentName ?? strings.agent })[message.author];

function citations(message, { base }) {
  const links = (message.citations ?? []).map(({ title, url }) => ({ title, href: safeUrl(url, base) })).filter(({ href }) => href);
  if (!links.length) return nothing;
  return html`<p class="sources">
    <span class="sources-label">${icons.source}${strings.sources}</span>
    ${links.map(({ title, href }) => html`<a href=${href} target=${targetOf(href)} rel="noopener">${title}</a>`)}
  </p>`;
}

function feedback(message, view) {
  if (message.author !== "bot" || !(message.citations?.length || message.cards?.length)) return nothing;
  const rated = view.ratings[message.id] ?? message.feedback;
  const button = (rating, icon, label) => html`<button type="button" class="rate" aria-label=${label} aria-pressed=${String(rated === rating)}
    @click=${() => view.onRate(message, rating)}>${icon}</button>`;
  return html`<div class="feedback" role="group" aria-label=${strings.helpful}>
    ${button("up", icons.up, strings.up)}${button("down", icons.thumbDown, strings.down)}
    ${rated ? html`<span class="thanks">${strings.thanks}</span>` : nothing}
  </div>`;
}

function oneMessage(message, previous, view) {
  if (message.author === "system") return html`<div class="system" dir="auto">${words(message.text)}</div>`;
  const opens = previous?.author !== message.author || Date.parse(message.created_at) - Date.parse(previous.created_at) > 5 * 60_000;
  return html`<div class="message ${message.author} ${opens ? "opens" : ""}">
    <p class=${opens ? "by" : "by hidden"}><b>${author(message, view)}</b> <time>${formatTime(message.created_at, view.locale)}</time></p>
    ${message.text ? html`<div class="bubble" dir="auto">${words(message.text)}</div>` : nothing}
    ${citations(message, view)} ${productCards(message.cards, view)} ${feedback(message, view)}
  </div>`;
}

function pending(entry, view) {
  const failed = entry.status === "failed";
  const reason = { blocked: strings.blocked, rateLimited: strings.rateLimited, retrying: strings.unreachable }[entry.notice];
  const note = reason ?? (failed ? strings.failed : strings.sending);
  return html`<div class="message customer pending ${failed ? "failed" : ""}">
    <div class="bubble" dir="auto">${words(entry.text)}</div>
    <p class="note">${note} ${failed ? html`<button type="button" class="plain" @click=${() => view.onRetry(entry)}>${strings.retry}</button>` : nothing}</p>
  </div>`;
}

/** What has been said, and what is on its way to the server. */
export function messageList(state, view) {
  const echoes = state.outbox.filter((entry) => entry.kind === "message");
  return html`${repeat(state.messages, (message) => message.id, (message, index) => oneMessage(message, state.messages[index - 1], view))}
  ${repeat(echoes, (entry) => entry.client_message_id, (entry) => pending(entry, view))}`;
}

/** Answers while they are written. Kept from screen readers, who hear the final message once. */
export function draftList(state, view) {
  const writes = state.typing ?? (view.awaiting ? "bot" : null);
  return html`${state.drafts.map((draft) => html`<div class="message bot opens draft" aria-hidden="true"><div class="bubble" dir="auto">${draft.text}<i class="caret"></i></div></div>`)}
  ${writes && writes !== "customer" && !state.drafts.length ? html`<div class="typing" aria-hidden="true"><i></i><i></i><i></i></div>` : nothing}`;
}

const isWaiting = (state) => state.outbox.some((entry) => entry.status === "waiting");

/** Whether nothing but the greeting has been said: then there are ways to begin. */
export const isFresh = (state) =>
  state.mode === "bot" && state.messages.length > 0 && !state.outbox.length && state.messages.every((one) => one.author === "bot" && !one.buttons?.length);

/** The buttons of the last thing said; older ones are answered. Who waits for a person keeps those that came with the wait. */
function offered(state, view) {
  if (isWaiting(state)) return [];
  if (isFresh(state)) return [...strings.starters.map((title) => ({ title })), ...(view.offersPerson ? [{ title: strings.person, person: true }] : [])];
  const last = state.mode === "queued" ? state.messages.findLast((message) => message.author !== "customer") : state.messages.at(-1);
  const buttons = last && last.author !== "customer" ? (last.buttons ?? []) : [];
  return buttons.filter((button) => !(view.offersPerson && button.title === strings.person)); // that button is below already, all the time
}

/** What the customer may say with one press. */
export function quickReplies(state, view) {
  const buttons = offered(state, view);
  if (!buttons.length) return nothing;
  return html`<div class="replies" role="group" aria-label=${strings.suggestions}>
    ${buttons.map((button) => html`<button type="button" class="reply" dir="auto" @click=${() => view.onPress(button)}>${button.title}</button>`)}
  </div>`;
}
