import { html, nothing } from "lit";
import { live } from "lit/directives/live.js";
import { go } from "./router.js";

const mark = html`<img class="mark" src="/storefront/mark.svg" alt="" width="34" height="34" />`;

function search(event) {
  event.preventDefault();
  const q = new FormData(event.target).get("q").trim();
  go(q ? `/?q=${encodeURIComponent(q)}` : "/");
}

function link(address, title) {
  const here = location.pathname === address || (address !== "/" && location.pathname.startsWith(`${address}/`));
  return html`<a href=${address} aria-current=${here ? "page" : nothing}>${title}</a>`;
}

function account(app) {
  if (!app.customer) return html`<button type="button" class="button quiet" @click=${app.openPicker}>Sign in</button>`;
  return html`<div class="account">
    <span>Hello, <b>${app.customer.name.split(" ")[0]}</b></span>
    <button type="button" class="button quiet" @click=${app.signOut}>Sign out</button>
  </div>`;
}

function header(app) {
  const q = new URL(location.href).searchParams.get("q") ?? "";
  return html`<header class="top">
    <div class="bar">
      <a class="brand" href="/">${mark}<span>${app.config.brand_name}</span></a>
      <nav aria-label="Main">${link("/", "Shop")} ${link("/orders", "My orders")} ${link("/help", "Help")}</nav>
      <form class="search" role="search" @submit=${search}>
        <input type="search" name="q" aria-label="Search the shop" placeholder="Search the shop" .value=${live(q)} />
      </form>
      ${account(app)}
    </div>
  </header>`;
}

function picker(app) {
  const { customers, filter } = app.picker ?? { customers: null, filter: "" };
  const wanted = (customers ?? []).filter((one) => `${one.name} ${one.city}`.toLowerCase().includes(filter));
  const type = (event) => ((app.picker.filter = event.target.value.toLowerCase()), app.draw());
  return html`<dialog id="picker" aria-labelledby="picker-title">
    <div class="picker-head">
      <h2 id="picker-title">Sign in as a demo customer</h2>
      <form method="dialog"><button class="button quiet" aria-label="Close">Close</button></form>
    </div>
    <p>A real shop has its own sign-in here. Pick anyone: their orders are there to try things with.</p>
    <input type="search" aria-label="Find a customer" placeholder="Find by name or town" @input=${type} />
    <ul class="people" tabindex="0" aria-label="Demo customers">
      ${wanted.map((one) => html`<li><button type="button" @click=${() => app.signIn(one.customer_id)}><b>${one.name}</b> <span>${one.city}</span></button></li>`)}
    </ul>
    ${customers && !wanted.length ? html`<p>Nobody of that name.</p>` : nothing}
  </dialog>`;
}

function footer(app) {
  return html`<footer class="bottom">
    <div>
      <p><b>${app.config.brand_name}</b> is a demo shop. Nothing here is sold; every customer is made up.</p>
      <nav aria-label="Service">${link("/help", "Help")} ${link("/orders", "My orders")} <a href="/console/">Staff console</a></nav>
    </div>
  </footer>`;
}

/** The frame around every page. */
export function shell(app, body) {
  return html`<a class="skip" href="#main">Skip to the content</a>
    ${header(app)}
    <main id="main" tabindex="-1">${body}</main>
    ${footer(app)} ${picker(app)}`;
}
