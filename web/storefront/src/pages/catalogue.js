import { html, nothing } from "lit";
import { shop } from "../api.js";
import { human, price } from "../words.js";
import { notice } from "./notices.js";

const address = (changes) => {
  const params = new URLSearchParams(Object.entries(changes).filter(([, value]) => value && value !== 1));
  return params.size ? `/?${params}` : "/";
};

function card(product) {
  return html`<li>
    <a class="product" href=${product.url || `/products/${product.product_id}`}>
      <span class="picture"><img src=${product.image_url} alt="" loading="lazy" width="400" height="400" /></span>
      <span class="product-brand">${product.brand}</span>
      <span class="product-name">${product.name}</span>
      <span class="product-price">
        ${price(product.price_cents, product.currency)} ${product.in_stock === false ? html`<span class="tag out">Sold out</span>` : nothing}
      </span>
    </a>
  </li>`;
}

function filters(types, { type, q }) {
  const chip = (value, title, count) => html`<a class="chip" href=${address({ type: value, q })} aria-current=${value === type ? "true" : nothing}>
    ${title}${count ? html` <small>${count}</small>` : nothing}
  </a>`;
  return html`<nav class="chips" aria-label="Kinds of products">${chip("", "Everything")} ${types.map((one) => chip(one.product_type, human(one.product_type), one.count))}</nav>`;
}

function pager({ page, pages }, { type, q }) {
  if (pages < 2) return nothing;
  const step = (to, title) => (to < 1 || to > pages ? html`<span></span>` : html`<a class="button quiet" href=${address({ type, q, page: to })}>${title}</a>`);
  return html`<nav class="pager" aria-label="Pages">${step(page - 1, "Previous")} <span>Page ${page} of ${pages}</span> ${step(page + 1, "Next")}</nav>`;
}

const hero = html`<section class="hero">
  <div>
    <h1 tabindex="-1">Good things for every day</h1>
    <p>Lamps, linen, shoes and sound: a small range, chosen to last, repaired when it needs it. Questions? Ask at the counter, bottom right.</p>
  </div>
  <svg class="hero-picture" viewBox="0 0 480 220" aria-hidden="true">
    <circle cx="366" cy="72" r="40" fill="#e9c46a" />
    <path d="M0 150c60-44 122-44 190-8s140 20 290-34v112H0Z" fill="#8fb3a3" />
    <path d="m92 64-26 36h12l-20 28h16l-22 32h80l-22-32h16l-20-28h12Zm62 34-18 25h8l-14 20h11l-15 22h56l-15-22h11l-14-20h8Z" fill="#0b6e4f" />
    <path d="M0 176c40-14 80-14 120 0s80 14 120 0 80-14 120 0 80 14 120 0v44H0Z" fill="#35637c" />
    <path d="M0 196c40-12 80-12 120 0s80 12 120 0 80-12 120 0 80 12 120 0v24H0Z" fill="#274b5f" />
    <path d="m286 166 66 0-12 18h-42Zm30-4v-62l30 54Z" fill="#fff8ea" />
  </svg>
</section>`;

/** All products, by kind, words and page. */
export function cataloguePage({ query }) {
  const wanted = { type: query.get("type") ?? "", q: query.get("q") ?? "", page: Number(query.get("page")) || 1 };
  const title = wanted.q ? `“${wanted.q}”` : wanted.type ? human(wanted.type) : "Shop";
  const heading = wanted.q || wanted.type ? html`<h1 class="list-title" tabindex="-1">${title}</h1>` : hero;
  return {
    key: `list ${wanted.type} ${wanted.q} ${wanted.page}`,
    title,
    wide: true,
    load: async () => {
      const [types, found] = await Promise.all([shop.types(), shop.products(wanted)]);
      return { types, found };
    },
    view: ({ types, found }) => html`${heading} ${filters(types, wanted)}
      ${found.items.length
        ? html`<ul class="products">${found.items.map(card)}</ul>`
        : notice("Nothing found", "Try fewer words, or ask the assistant for what you need.", html`<a class="button" href="/">Show everything</a>`)}
      ${pager(found, wanted)}`,
  };
}
