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

/** Cut `text` into plain strings and {href} pieces for the web addresses it holds. */
export function splitLinks(text) {
  return text.split(/(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]])/g).map((piece, index) => (index % 2 ? { href: piece } : piece));
}
