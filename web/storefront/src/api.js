/** What the shop's server said no to. `status` 404 is a page of its own, 401 asks to sign in. */
export class ShopError extends Error {
  constructor(status) {
    super(`The shop answered ${status}.`);
    this.status = status;
  }
}

async function call(path, { method = "GET", body } = {}) {
  const headers = { accept: "application/json", ...(body && { "content-type": "application/json" }) };
  const response = await fetch(`/storefront/api${path}`, { method, headers, body: body && JSON.stringify(body) });
  if (!response.ok) throw new ShopError(response.status);
  return response.status === 204 ? null : response.json();
}

export const shop = {
  config: () => call("/config"),
  types: () => call("/types"),
  products: ({ type, q, page }) => call(`/products?${new URLSearchParams({ type, q, page })}`),
  product: (id) => call(`/products/${encodeURIComponent(id)}`),
  customers: () => call("/customers"),
  session: () => call("/session"),
  signIn: (customerId) => call("/session", { method: "POST", body: { customer_id: customerId } }),
  signOut: () => call("/session", { method: "DELETE" }),
  orders: () => call("/orders"),
  articles: () => call("/articles"),
  article: (slug) => call(`/articles/${encodeURIComponent(slug)}`),
};
