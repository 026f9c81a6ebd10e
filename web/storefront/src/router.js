import { cataloguePage } from "./pages/catalogue.js";
import { articlePage, helpPage } from "./pages/help.js";
import { missing } from "./pages/notices.js";
import { ordersPage } from "./pages/orders.js";
import { productPage } from "./pages/product.js";

const routes = [
  [/^\/$/, cataloguePage],
  [/^\/products\/([^/]+)$/, productPage],
  [/^\/orders$/, ordersPage],
  [/^\/help$/, helpPage],
  [/^\/help\/([^/]+)$/, articlePage],
];

/** The page of an address, as a function of the app: {title, load, view}. */
export function findPage({ pathname, searchParams }) {
  for (const [pattern, page] of routes) {
    const found = pattern.exec(pathname);
    if (found) return page({ id: found[1] && decodeURIComponent(found[1]), query: searchParams });
  }
  return { title: "Not found", load: () => null, view: () => missing("There is no such page.") };
}

/** Call `onChange(url, fresh)` whenever the address changes; links to this site change it without a reload, also those in the chat. */
export function watchAddress(onChange) {
  addEventListener("popstate", () => onChange(new URL(location.href), false));
  addEventListener("click", (event) => {
    const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const url = new URL(link.href);
    if (url.origin !== location.origin || link.target === "_blank" || url.pathname.startsWith("/console")) return;
    event.preventDefault();
    go(url.pathname + url.search + url.hash);
  });
  addEventListener("counterhand-go", () => onChange(new URL(location.href), true));
}

/** Change the address and show its page. */
export function go(address, { replace = false } = {}) {
  history[replace ? "replaceState" : "pushState"](null, "", address);
  dispatchEvent(new Event("counterhand-go"));
}
