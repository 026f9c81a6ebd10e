import { html, nothing } from "lit";
import { formatPrice } from "./format.js";
import { safeUrl, targetOf } from "./links.js";
import { strings } from "./strings.js";

function picture(card, base) {
  const source = safeUrl(card.image_url, base);
  return html`<span class="card-picture">
    ${source ? html`<img src=${source} alt="" loading="lazy" referrerpolicy="no-referrer" @error=${(event) => event.target.remove()} />` : nothing}
  </span>`;
}

function body(card, { base, locale }) {
  const price = formatPrice(card.price_cents, card.currency, locale);
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

/** Product cards side by side; a lone card takes the width. Every word goes through a text node. */
export function productCards(cards, view) {
  if (!cards?.length) return nothing;
  return html`<ul class="cards ${cards.length === 1 ? "lone" : ""}" aria-label=${strings.products}>
    ${cards.map((card) => productCard(card, view))}
  </ul>`;
}
