/** Money and times in the reader's own notation. */

/** Format minor units of a currency, such as 8900 EUR. */
export function formatPrice(cents, currency, locale) {
  if (!Number.isFinite(cents) || !currency) return "";
  try {
    const format = new Intl.NumberFormat(locale, { style: "currency", currency });
    return format.format(cents / 10 ** format.resolvedOptions().maximumFractionDigits);
  } catch {
    return `${(cents / 100).toFixed(2)} ${currency}`;
  }
}

/** The hour and minute of an ISO time; with the date when it was not today. */
export function formatTime(iso, locale, now = new Date()) {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return "";
  const time = { hour: "2-digit", minute: "2-digit" };
  const today = at.toDateString() === now.toDateString();
  return new Intl.DateTimeFormat(locale, today ? time : { day: "numeric", month: "short", ...time }).format(at);
}
