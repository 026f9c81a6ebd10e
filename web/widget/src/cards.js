import { LitElement, html, nothing } from "lit";
import { formatPrice } from "./format.js";
import { icons } from "./icons.js";
import { safeUrl, targetOf } from "./links.js";
import { strings } from "./strings.js";

function picture(card, base) {
  const source = safeUrl(card.image_url, base);
  return html`<span class="card-picture">
    ${source ? html`<img src=${source} alt="" loading="lazy" referrerpolicy="no-referrer" @error=${(event) => event.target.remove()} />` : nothing}
  </span>`;
}

function body(card, { base, amounts }) {
  const price = formatPrice(card.price_cents, card.currency, amounts);
  return html`${picture(card, base)}
    <span class="card-words">
      <span class="card-title" dir="auto">${card.title}</span>
      ${card.subtitle ? html`<span class="card-subtitle" dir="auto">${card.subtitle}</span>` : nothing}
      ${price ? html`<span class="card-price">${price}</span>` : nothing}
    </span>`;
}

function productCard(card, view) {
  const address = safeUrl(card.url, view.base);
  return html`<li>
    ${address
      ? html`<a class="card" href=${address} target=${targetOf(address)} rel="noopener">${body(card, view)}</a>`
      : html`<div class="card">${body(card, view)}</div>`}
  </li>`;
}

/** Product cards side by side, with their number and arrows where they do not all fit. Every word goes through a text node. */
export class CardRow extends LitElement {
  static properties = { cards: { attribute: false }, view: { attribute: false }, before: { state: true }, after: { state: true } };

  createRenderRoot() {
    return this; // styled with the panel
  }

  get row() {
    return this.querySelector("ul");
  }

  firstUpdated() {
    this.sizes = new ResizeObserver(() => this.measure());
    this.sizes.observe(this.row);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.sizes?.disconnect();
  }

  /** Which ways there is more to see. */
  measure() {
    const { scrollLeft, scrollWidth, clientWidth } = this.row;
    const at = Math.abs(scrollLeft); // negative where one reads from the right
    Object.assign(this, { before: at > 4, after: scrollWidth - clientWidth - at > 4 });
  }

  step(way) {
    const forward = getComputedStyle(this.row).direction === "rtl" ? -way : way;
    this.row.scrollBy({ left: forward * this.row.clientWidth * 0.7, behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  }

  arrow(way, label, there) {
    return html`<button type="button" class="arrow ${way < 0 ? "back" : ""}" aria-label=${label} aria-disabled=${String(!there)} @click=${() => this.step(way)}>${icons.down}</button>`;
  }

  render() {
    const { cards, view, before, after } = this;
    const arrows = before || after ? html`${this.arrow(-1, strings.earlier, before)}${this.arrow(1, strings.further, after)}` : nothing;
    return html`${cards.length > 1 ? html`<p class="cards-head"><span>${strings.results(cards.length)}</span>${arrows}</p>` : nothing}
      <ul class="cards ${cards.length === 1 ? "lone" : ""} ${before ? "more-before" : ""} ${after ? "more-after" : ""}" aria-label=${strings.products}
        @scroll=${this.measure}>
        ${cards.map((card) => productCard(card, view))}
      </ul>`;
  }
}

/** The products that come with a message. */
export function productCards(cards, view) {
  return cards?.length ? html`<counterhand-cards .cards=${cards} .view=${view}></counterhand-cards>` : nothing;
}
