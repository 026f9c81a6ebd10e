import { html, nothing } from "lit";

/** Shown while a page loads: its shape in grey. */
export const skeleton = (wide) => html`<div class="skeleton ${wide ? "grid" : ""}" role="status" aria-label="Loading">${Array.from({ length: wide ? 8 : 3 }, () => html`<i></i>`)}</div>`;

/** A heading, a line, and what can be done. */
export const notice = (title, text, action = nothing) => html`<section class="notice"><h1 tabindex="-1">${title}</h1><p>${text}</p>${action}</section>`;

export const missing = (text) => notice("Not found", text, html`<a class="button" href="/">To the shop</a>`);

/** What went wrong, in the visitor's words. */
export function failure(error, retry) {
  if (error.status === 404) return missing("It may have been moved, or the address has a typing error.");
  return notice("That did not work", "The shop cannot be reached right now.", html`<button type="button" class="button" @click=${retry}>Try again</button>`);
}
