import { html, nothing } from "lit";
import { icons } from "./icons.js";
import { strings } from "./strings.js";

/** One line that tells who is serving, or what is wrong. Trouble comes first. */
export function bannerText({ state, status, connected, online, slow, ended }) {
  if (!online) return { kind: "trouble", text: strings.offline };
  if (status === "unreachable") return { kind: "trouble", text: strings.unreachable };
  if (status === "ready" && !connected) return { kind: "trouble", text: strings.reconnecting };
  if (state.outbox.some((entry) => entry.kind === "handover")) return { kind: "waiting", text: strings.personAsking };
  if (state.mode === "queued") return { kind: "waiting", text: strings.queued };
  if (state.mode === "agent") return { kind: "agent", text: state.agentName ? strings.agentBanner(state.agentName) : strings.agentBannerUnnamed };
  if (ended) return { kind: "trouble", text: strings.ended };
  return slow ? { kind: "waiting", text: strings.slow } : null;
}

export function banner(session) {
  const found = bannerText(session);
  const icon = found && { trouble: icons.alert, agent: icons.person, waiting: html`<i class="pulse"></i>` }[found.kind];
  return html`<div role="status">${found ? html`<p class="banner ${found.kind}">${icon}<span>${found.text}</span></p>` : nothing}</div>`;
}
