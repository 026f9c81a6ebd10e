/** Money as the shop writes it, times in the reader's own notation. */

/** Write cents as answers do, such as "1,049.00 EUR". `sample` is how the shop writes 1234.50. */
export function formatPrice(cents, currency, sample = "1,234.50") {
  if (!Number.isFinite(cents) || !currency) return "";
  const [units, rest] = (Math.abs(cents) / 100).toFixed(2).split(".");
  return `${cents < 0 ? "-" : ""}${units.replace(/\B(?=(\d{3})+$)/g, sample[1])}${sample[5]}${rest} ${currency}`;
}

/** The hour and minute of an ISO time; with the date when it was not today. */
export function formatTime(iso, locale, now = new Date()) {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return "";
  const time = { hour: "2-digit", minute: "2-digit" };
  const today = at.toDateString() === now.toDateString();
  return new Intl.DateTimeFormat(locale, today ? time : { day: "numeric", month: "short", ...time }).format(at);
}
