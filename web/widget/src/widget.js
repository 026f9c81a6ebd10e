import { readableAccent } from "./colour.js";
import { Session } from "./session.js";
import { Storage } from "./storage.js";
import { removeTraces } from "./tidy.js";
import { Transport } from "./transport.js";
import { ChatView } from "./view.js";

const TAG = "counterhand-chat";

/** What the script tag says. `data-api` is where the gateway is; by default, where the script came from. */
function readOptions(script) {
  const { widgetId = "counterhand-widget", identityUrl, api, accent, title, locale, theme } = script.dataset;
  return {
    widgetId,
    identityUrl: identityUrl && new URL(identityUrl, document.baseURI).href,
    base: new URL(api ?? "/", api ? document.baseURI : script.src || document.baseURI).href,
    accent,
    title,
    locale: locale || document.documentElement.lang || navigator.language || "en",
    theme,
  };
}

/** The server's settings under the page's own; while the server cannot be reached, sensible words. */
async function readConfig(transport, { widgetId, title, accent, locale }) {
  const told = await transport.config(widgetId).catch(() => ({}));
  const brand = told.brand_name ?? document.title ?? "us";
  return {
    human_button: true,
    ...told,
    brand_name: brand,
    title: title ?? told.title ?? brand,
    accent: readableAccent(accent ?? told.accent_colour),
    locale: locale ?? told.locale ?? "en",
  };
}

async function mount(script) {
  const options = readOptions(script);
  const transport = new Transport(options.base);
  const storage = new Storage(options.widgetId, options.base);
  const config = await readConfig(transport, options);
  if (!customElements.get(TAG)) customElements.define(TAG, ChatView);
  const view = document.createElement(TAG);
  const session = new Session({ ...options, transport, storage, onChange: () => view.requestUpdate() });
  Object.assign(view, { session, config, base: options.base, lang: "en" });
  if (options.theme) view.dataset.theme = options.theme;
  view.style.setProperty("--ch-accent", config.accent);
  view.addEventListener("opened", () => ((storage.panelOpen = true), session.keepOpening()));
  view.addEventListener("closed", () => (storage.panelOpen = false));
  document.body.append(view);
  if (storage.panelOpen) view.show();
  else if (storage.conversation) session.keepOpening(); // a reply may have come while the customer was away
  return { open: () => view.show(), close: () => view.hide(), identify: () => session.identify() };
}

/** The page's only global: open(), close(), and identify() for when the customer signs in or out. */
function install(script) {
  if (globalThis.Counterhand) return; // the tag is on the page twice
  const ready = (document.body ? Promise.resolve() : new Promise((resolve) => addEventListener("DOMContentLoaded", resolve, { once: true }))).then(() =>
    mount(script),
  );
  ready.catch((error) => console.warn("Counterhand could not start.", error));
  const forward = (name) => () => ready.then((chat) => chat[name]()).catch(() => undefined);
  globalThis.Counterhand = Object.freeze({ open: forward("open"), close: forward("close"), identify: forward("identify") });
}

try {
  removeTraces();
  install(document.currentScript ?? document.querySelector("script[data-widget-id]"));
} catch (error) {
  console.warn("Counterhand could not start.", error); // the host page goes on without a chat
}
