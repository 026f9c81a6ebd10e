import { render } from "lit";
import { shop } from "./api.js";
import { failure, skeleton } from "./pages/notices.js";
import { findPage, watchAddress } from "./router.js";
import { shell } from "./shell.js";
import { writeAmountsAs } from "./words.js";

/** The whole shop: who is signed in, which page is shown, and what it has loaded. */
const app = { config: { brand_name: "Harbour & Pine", currency: "EUR" }, customer: null, picker: null, page: null, data: null, error: null, loading: true };

function body() {
  if (app.error) return failure(app.error, () => load());
  if (app.loading) return skeleton(app.page.wide);
  return app.page.view(app.data, app);
}

function draw() {
  document.title = `${app.page.title ?? "Shop"} · ${app.config.brand_name}`;
  render(shell(app, body()), document.querySelector("#app"));
}

/** Load the present page's data and show it; an answer that comes after the page was left is dropped. */
async function load() {
  const { page } = app;
  Object.assign(app, { error: null, loading: true });
  draw();
  try {
    const data = await page.load(app);
    if (page === app.page) Object.assign(app, { data, loading: false });
  } catch (error) {
    if (page === app.page) Object.assign(app, { error, loading: false });
  }
  if (page === app.page) draw();
}

async function show(url, fresh) {
  const before = app.page;
  app.page = findPage(url);
  await load();
  if (url.hash) document.getElementById(decodeURIComponent(url.hash.slice(1)))?.scrollIntoView();
  else if (fresh && before?.key !== app.page.key) scrollTo(0, 0);
  if (fresh && before?.key !== app.page.key) document.querySelector("h1")?.focus({ preventScroll: true });
}

app.draw = draw;

app.openPicker = async () => {
  app.picker = { customers: null, filter: "" };
  draw();
  document.querySelector("#picker").showModal();
  app.picker.customers = await shop.customers().catch(() => []);
  draw();
};

app.signIn = (customerId) => changeCustomer(async () => (await shop.signIn(customerId)).customer);
app.signOut = () => changeCustomer(async () => shop.signOut());

/** Sign in or out, and tell the chat, which keeps its thread. */
async function changeCustomer(change) {
  try {
    app.customer = await change();
    globalThis.Counterhand?.identify();
  } catch (error) {
    Object.assign(app, { error });
    return draw();
  } finally {
    document.querySelector("#picker").close();
  }
  return load();
}

async function start() {
  const [config, session] = await Promise.all([shop.config().catch(() => app.config), shop.session().catch(() => ({ customer: null }))]);
  writeAmountsAs(config.amounts);
  Object.assign(app, { config, customer: session.customer });
  watchAddress(show);
  await show(new URL(location.href), false);
}

start();
