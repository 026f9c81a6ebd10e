import { LitElement, html, nothing } from "lit";
import { banner } from "./banner.js";
import { CardRow } from "./cards.js";
import { Composer } from "./composer.js";
import { icons } from "./icons.js";
import { draftList, isFresh, messageList, quickReplies } from "./messages.js";
import { strings } from "./strings.js";
import { styles } from "./styles/index.js";

const PHONE = "(max-width: 520px)";

/** Shows a session; talks to nobody but it. */
export class ChatView extends LitElement {
  static styles = styles;
  static properties = { open: { type: Boolean, reflect: true }, menu: { state: true }, asking: { state: true }, unread: { state: true }, below: { state: true } };

  constructor() {
    super();
    Object.assign(this, { open: false, menu: false, asking: false, unread: 0, below: false, ratings: {} });
    if (!customElements.get("counterhand-composer")) customElements.define("counterhand-composer", Composer);
    if (!customElements.get("counterhand-cards")) customElements.define("counterhand-cards", CardRow);
    this.onConnection = () => this.requestUpdate();
    this.onViewport = () => this.style.setProperty("--ch-viewport", `${visualViewport.height}px`);
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener("online", this.onConnection);
    addEventListener("offline", this.onConnection);
    globalThis.visualViewport?.addEventListener("resize", this.onViewport); // an on-screen keyboard shrinks it
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener("online", this.onConnection);
    removeEventListener("offline", this.onConnection);
    globalThis.visualViewport?.removeEventListener("resize", this.onViewport);
  }

  get log() {
    return this.renderRoot.querySelector(".scroll");
  }

  get phone() {
    return matchMedia(PHONE).matches;
  }

  show() {
    if (this.open) return;
    this.open = true;
    this.dispatchEvent(new CustomEvent("opened"));
    this.updateComplete.then(() => (this.phone ? this.renderRoot.querySelector(".close") : this.composer).focus());
  }

  hide() {
    if (!this.open) return;
    Object.assign(this, { open: false, menu: false, asking: false });
    this.dispatchEvent(new CustomEvent("closed"));
    this.updateComplete.then(() => this.renderRoot.querySelector(".launcher").focus());
  }

  get composer() {
    return this.renderRoot.querySelector("counterhand-composer");
  }

  willUpdate() {
    if (this.open) this.session.noteSeen();
    this.unread = this.open ? 0 : this.session.unseen;
  }

  updated() {
    const log = this.log;
    if (log === this.watched) return;
    this.sizes?.disconnect();
    this.watched = log;
    if (!log) return;
    this.sizes = new ResizeObserver(() => this.atEnd && this.toEnd()); // new words, pictures that load, a keyboard that opens
    this.sizes.observe(log);
    for (const part of log.children) this.sizes.observe(part);
    this.toEnd();
  }

  /** Only the reader's own scrolling up stops the log from following what is said. */
  noteScroll() {
    const { scrollTop, scrollHeight, clientHeight } = this.log;
    const below = scrollHeight - scrollTop - clientHeight;
    if (below < 60) this.atEnd = true;
    else if (scrollTop < this.lastTop) this.atEnd = false;
    this.lastTop = scrollTop;
    this.below = below > 160 && !this.atEnd;
  }

  toEnd() {
    this.atEnd = true;
    this.log.scrollTop = this.log.scrollHeight;
  }

  send(text) {
    this.toEnd();
    this.session.send(text);
  }

  keys(event) {
    if (event.key === "Escape") {
      event.stopPropagation();
      if (this.menu || this.asking) Object.assign(this, { menu: false, asking: false });
      else this.hide();
    } else if (event.key === "Tab" && this.phone) this.keepFocus(event);
  }

  /** On a phone the panel would cover the page that a link opens in this window. */
  follow(event) {
    const link = event.target.closest("a");
    if (link?.target === "_self" && this.phone) this.hide();
  }

  /** On a phone the panel is the whole screen: Tab goes round in it. */
  keepFocus(event) {
    const stops = [...this.renderRoot.querySelectorAll(".panel :is(button, a, textarea):not([disabled])")].filter((stop) => stop.offsetParent);
    const edge = event.shiftKey ? stops[0] : stops.at(-1);
    if (this.renderRoot.activeElement !== edge) return;
    event.preventDefault();
    (event.shiftKey ? stops.at(-1) : stops[0]).focus();
  }

  async rate(message, rating) {
    const before = this.ratings[message.id];
    this.ratings = { ...this.ratings, [message.id]: rating };
    this.requestUpdate();
    await this.session.rate(message, rating).catch(() => {
      this.ratings = { ...this.ratings, [message.id]: before };
      this.requestUpdate();
    });
  }

  startOver() {
    Object.assign(this, { asking: false, menu: false });
    this.session.startOver();
    this.composer.focus();
  }

  header() {
    const { config } = this;
    return html`<div class="head">
      <span class="avatar" aria-hidden="true">${config.brand_name.slice(0, 1)}</span>
      <div class="names"><h2 dir="auto">${config.title}</h2><p>${strings.subtitle}</p></div>
      <button type="button" class="icon" aria-label=${strings.menu} aria-expanded=${String(this.menu)} @click=${() => (this.menu = !this.menu)}>${icons.menu}</button>
      <button type="button" class="icon close" aria-label=${strings.close} @click=${() => this.hide()}>${icons.close}</button>
      ${this.menu
        ? html`<div class="menu"><button type="button" @click=${() => Object.assign(this, { menu: false, asking: true })}>${icons.plus}${strings.newConversation}</button></div>`
        : nothing}
    </div>`;
  }

  question() {
    if (!this.asking) return nothing;
    return html`<div class="question" role="alertdialog" aria-label=${strings.newConversation}>
      <p>${strings.newConversationAsk}</p>
      <button type="button" class="reply solid" @click=${this.startOver}>${strings.confirmNew}</button>
      <button type="button" class="reply" @click=${() => (this.asking = false)}>${strings.keep}</button>
    </div>`;
  }

  get offersPerson() {
    return this.config.human_button && this.session.state.mode === "bot";
  }

  /** The way to a person: there from the first moment to the last, until one is asked or here. */
  person() {
    const { state } = this.session;
    if (!this.offersPerson || isFresh(state)) return nothing; // among the ways to begin it is there already
    const asked = state.outbox.some((entry) => entry.kind === "handover");
    return html`<button type="button" class="person" ?disabled=${asked} @click=${() => this.session.askForPerson()}>
      ${icons.person}${asked ? strings.personAsking : strings.person}
    </button>`;
  }

  conversation() {
    const { state, awaiting } = this.session;
    const view = {
      base: this.base,
      locale: this.config.locale,
      amounts: this.config.amounts,
      agentName: state.agentName,
      ratings: this.ratings,
      awaiting,
      offersPerson: this.offersPerson,
      onRate: (message, rating) => this.rate(message, rating),
      onRetry: (entry) => this.session.outbox.retry(entry),
      onPress: (button) => (this.toEnd(), this.session.press(button), this.composer.focus()),
    };
    const empty = !state.messages.length && !state.outbox.length;
    return html`<div class="scroll" tabindex="0" role="group" aria-label=${strings.log} @scroll=${this.noteScroll} @click=${this.follow}>
      <div class="log" role="log" aria-live="polite" aria-relevant="additions" aria-label=${strings.log}>${messageList(state, view)}</div>
      <div>
        ${empty ? html`<div class="loading" role="status" aria-label=${strings.loading}><i></i><i></i></div>` : nothing}
        ${draftList(state, view)} ${quickReplies(state, view)}
      </div>
    </div>`;
  }

  panel() {
    const { state } = this.session;
    const name = state.mode === "agent" ? state.agentName : null;
    return html`<section class="panel" role="dialog" aria-modal=${String(this.phone)} aria-label=${strings.panel(this.config.brand_name)} @keydown=${this.keys}>
      ${this.header()} ${banner({ ...this.facts(), state })} ${this.question()} ${this.conversation()}
      ${this.below ? html`<button type="button" class="to-end" @click=${this.toEnd}>${icons.down}${strings.newMessages}</button>` : nothing}
      <div class="foot">
        ${this.person()}
        <counterhand-composer .limit=${this.config.max_length ?? 4000} .thread=${this.session.thread} .placeholder=${name ? strings.placeholderAgent(name) : strings.placeholder}
          @input=${() => this.session.noteTyping()} @send=${(event) => this.send(event.detail)}></counterhand-composer>
      </div>
    </section>`;
  }

  facts() {
    const { status, connected, slow, ended } = this.session;
    return { status, connected, slow, ended, online: navigator.onLine };
  }

  render() {
    const label = this.unread ? strings.launcherUnread(this.unread) : strings.launcher;
    return html`${this.open ? this.panel() : nothing}
      <button type="button" class="launcher" aria-label=${this.open ? strings.close : label} aria-expanded=${String(this.open)}
        @click=${() => (this.open ? this.hide() : this.show())}>
        ${this.open ? icons.down : icons.chat}${this.unread ? html`<span class="badge" aria-hidden="true">${this.unread}</span>` : nothing}
      </button>`;
  }
}
