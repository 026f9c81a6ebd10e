import { LitElement, html, nothing } from "lit";
import { icons } from "./icons.js";
import { strings } from "./strings.js";

const WARN_AT = 200; // characters left when the count is shown

/** Where the customer writes: Enter sends, Shift+Enter begins a line. Tells `send` with the text. */
export class Composer extends LitElement {
  static properties = { limit: { type: Number }, placeholder: {}, thread: { type: Number }, text: { state: true } };

  constructor() {
    super();
    this.limit = 4000;
    this.text = "";
  }

  createRenderRoot() {
    return this; // styled with the panel
  }

  /** What was begun in a conversation that was left is nobody else's to read or send. */
  updated(changed) {
    if (changed.get("thread") !== undefined) this.clear();
  }

  clear() {
    this.text = "";
    this.field.value = "";
    this.grow();
  }

  get field() {
    return this.querySelector("textarea");
  }

  focus() {
    this.field?.focus();
  }

  take(event) {
    this.text = event.target.value;
    this.grow();
  }

  grow() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, 132)}px`;
  }

  press(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.submit();
  }

  submit() {
    const text = this.text.trim();
    if (!text || this.left < 0) return;
    this.dispatchEvent(new CustomEvent("send", { detail: text }));
    this.clear();
    this.focus();
  }

  get left() {
    return this.limit - Array.from(this.text.trim()).length;
  }

  render() {
    const note = this.left < 0 ? strings.tooLong(this.limit) : this.left <= WARN_AT ? strings.left(this.left) : "";
    return html`<form class="composer" @submit=${(event) => (event.preventDefault(), this.submit())}>
      <textarea rows="1" dir="auto" aria-label=${strings.composer} placeholder=${this.placeholder} enterkeyhint="send" autocomplete="off"
        aria-invalid=${String(this.left < 0)} @input=${this.take} @keydown=${this.press}></textarea>
      <button class="send" aria-label=${strings.send} ?disabled=${!this.text.trim() || this.left < 0}>${icons.send}</button>
      <p class="count ${this.left < 0 ? "over" : ""}" role="status">${note || nothing}</p>
    </form>`;
  }
}
