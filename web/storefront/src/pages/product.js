import { html, nothing } from "lit";
import { shop } from "../api.js";
import { day, human, price } from "../words.js";

/** Option names with the values that the variants have, in their order. */
function optionsOf(variants) {
  const options = new Map();
  for (const variant of variants)
    for (const [name, value] of Object.entries(variant.options)) options.set(name, (options.get(name) ?? new Set()).add(value));
  return options;
}

const same = (one, other) => Object.keys(one).every((name) => one[name] === other[name]);

/** The variant with the wanted option, else the nearest that has it. */
function choose(variants, chosen, name, value) {
  const wanted = { ...chosen.options, [name]: value };
  return variants.find((one) => same(wanted, one.options)) ?? variants.find((one) => one.options[name] === value);
}

function optionPicker(product, chosen, onChoose) {
  return [...optionsOf(product.variants)].map(
    ([name, values]) => html`<fieldset class="option">
      <legend>${human(name)}</legend>
      ${[...values].map((value) => {
        const variant = choose(product.variants, chosen, name, value);
        return html`<label class="choice ${variant.stock !== 0 ? "" : "gone"}">
          <input type="radio" name=${name} .checked=${chosen.options[name] === value} @change=${() => onChoose(variant)} /><span>${value}</span>
        </label>`;
      })}
    </fieldset>`,
  );
}

function stock(variant) {
  if (variant.stock === 0) return html`<span class="tag out">Sold out in this version</span>`;
  if (variant.stock == null) return html`<span class="tag in">In stock</span>`;
  if (variant.stock <= 3) return html`<span class="tag low">Only ${variant.stock} left</span>`;
  return html`<span class="tag in">In stock, ${variant.stock} pieces</span>`;
}

const stars = (rating) => html`<span class="stars" role="img" aria-label="${rating} of 5 stars">${"★".repeat(rating)}${"☆".repeat(5 - rating)}</span>`;

function average(reviews) {
  if (!reviews.length) return nothing;
  const mean = reviews.reduce((sum, review) => sum + review.rating, 0) / reviews.length;
  return html`<a class="rating" href="#reviews">${stars(Math.round(mean))} <span>${mean.toFixed(1)} from ${reviews.length} ${reviews.length === 1 ? "review" : "reviews"}</span></a>`;
}

function facts(attributes) {
  const entries = Object.entries(attributes ?? {});
  if (!entries.length) return nothing;
  return html`<section><h2>Details</h2><dl class="facts">${entries.map(([name, value]) => html`<div><dt>${human(name)}</dt><dd>${value}</dd></div>`)}</dl></section>`;
}

function reviewList(reviews) {
  return html`<section id="reviews"><h2>Reviews</h2>
    ${reviews.length ? nothing : html`<p class="soft">Nobody has written about it yet.</p>`}
    ${reviews.map((review) => html`<article class="review">
      <p>${stars(review.rating)} ${review.title ? html`<b>${review.title}</b>` : nothing}</p>
      <p>${review.text}</p>
      <p class="soft">${review.author}, ${day(review.written_at)}</p>
    </article>`)}
  </section>`;
}

function buyBox(product, chosen, onChoose) {
  return html`<div class="buy">
    <p class="product-brand">${product.brand}</p>
    <h1 tabindex="-1">${product.name}</h1>
    ${average(product.reviews ?? [])}
    <p class="big-price">${price(chosen.price_cents, product.currency)}</p>
    ${optionPicker(product, chosen, onChoose)}
    <p aria-live="polite">${stock(chosen)}</p>
    <button type="button" class="button" @click=${() => globalThis.Counterhand?.open()}>Ask about this product</button>
    <p class="lead">${product.description}</p>
  </div>`;
}

/** One product with its options, facts and reviews. */
export function productPage({ id }) {
  let chosen;
  const page = { key: `product ${id}`, title: "Product" };
  page.load = async () => {
    const product = await shop.product(id);
    page.title = product.name;
    chosen = product.variants.find((variant) => variant.stock !== 0) ?? product.variants[0];
    return product;
  };
  page.view = (product, app) => html`<nav class="crumbs" aria-label="Where you are">
      <a href="/">Shop</a> <a href="/?type=${encodeURIComponent(product.product_type)}">${human(product.product_type)}</a>
    </nav>
    <div class="detail">
      <div class="picture large"><img src=${product.image_url} alt="" width="640" height="640" /></div>
      ${buyBox(product, chosen, (variant) => ((chosen = variant), app.draw()))}
    </div>
    <div class="detail below">${facts(product.attributes)} ${reviewList(product.reviews ?? [])}</div>`;
  return page;
}
