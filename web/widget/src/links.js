/** Addresses that came from outside, made safe to put into a page. */

/** Resolve `address` against `base`; null unless the result is http or https. */
export function safeUrl(address, base) {
  if (!address) return null;
  try {
    const url = new URL(address, base);
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
  } catch {
    return null;
  }
}

/** Where a link opens: on the shop's own pages in this window; any other leaves the page as it is. */
export const targetOf = (href) => (new URL(href).origin === location.origin ? "_self" : "_blank");

/** Cut `text` into plain strings and {href} pieces for the web addresses it holds. */
export function splitLinks(text) {
  return text.split(/(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]])/g).map((piece, index) => (index % 2 ? { href: piece } : piece));
}
