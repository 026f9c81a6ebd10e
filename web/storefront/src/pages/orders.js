import { html, nothing } from "lit";
import { shop } from "../api.js";
import { day, human, moment, optionText, price } from "../words.js";
import { notice } from "./notices.js";

const TONES = { pending: "wait", processed: "wait", shipped: "go", delivered: "in", cancelled: "out", return_requested: "low", exchange_requested: "low" };

function line(one, currency) {
  return html`<li>
    <a class="thumb" href="/products/${one.product_id}" tabindex="-1" aria-hidden="true"><img src="/storefront/images/${one.product_id}.svg" alt="" loading="lazy" width="64" height="64" /></a>
    <div>
      <a href="/products/${one.product_id}">${one.name}</a>
      <p class="soft">${[optionText(one.options), one.quantity > 1 ? `${one.quantity} pieces` : ""].filter(Boolean).join(" · ")}</p>
    </div>
    <span>${price(one.price_cents * one.quantity, currency)}</span>
  </li>`;
}

function parcel(one) {
  return html`<div class="parcel">
    <p><b>${one.carrier}</b> <code>${one.tracking_id}</code> ${one.expected_at ? html`<span class="soft">expected ${day(one.expected_at)}</span>` : nothing}</p>
    <ol>${one.events.map((event) => html`<li><time>${moment(event.at)}</time> ${event.text}${event.place ? `, ${event.place}` : ""}</li>`)}</ol>
  </div>`;
}

function order(one) {
  return html`<article class="order">
    <header>
      <div><h2>Order ${one.order_id}</h2><p class="soft">${one.placed_at ? `Placed on ${day(one.placed_at)}` : ""}</p></div>
      <span class="tag ${TONES[one.status] ?? "wait"}">${human(one.status)}</span>
    </header>
    <ul class="lines">${one.lines.map((item) => line(item, one.currency))}</ul>
    ${(one.fulfilments ?? []).map(parcel)}
    <p class="total"><span>Total${one.shipping_cents ? html` <span class="soft">with ${price(one.shipping_cents, one.currency)} delivery</span>` : nothing}</span><b>${price(one.total_cents, one.currency)}</b></p>
  </article>`;
}

/** The signed-in customer's orders, newest first. */
export function ordersPage() {
  return {
    key: "orders",
    title: "My orders",
    load: (app) => (app.customer ? shop.orders() : null),
    view: (orders, app) => {
      if (!app.customer)
        return notice("My orders", "Sign in to see your orders and where they are.", html`<button type="button" class="button" @click=${app.openPicker}>Sign in</button>`);
      if (!orders?.length) return notice("My orders", "You have not ordered anything yet.", html`<a class="button" href="/">To the shop</a>`);
      return html`<h1 class="list-title" tabindex="-1">My orders</h1>
        <p class="lead">To track, cancel or return something, just tell the assistant.
          <button type="button" class="text-button" @click=${() => globalThis.Counterhand?.open()}>Open the chat</button></p>
        <div class="orders">${orders.map(order)}</div>`;
    },
  };
}
