import { formatPrice } from "../../widget/src/format.js";

const locale = document.documentElement.lang;

let amounts;

/** Have prices written as the shop writes 1234.50. */
export const writeAmountsAs = (sample) => (amounts = sample);

export const price = (cents, currency) => formatPrice(cents, currency, amounts);

/** An ISO time as a day, such as 22 November 2026. */
export const day = (iso) => new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", year: "numeric" }).format(new Date(iso));

/** An ISO time as day and hour, such as 22 Nov, 06:12. */
export const moment = (iso) => new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" }).format(new Date(iso));

/** A record's word as a person writes it: "return_requested" becomes "Return requested". */
export const human = (word) => {
  const spaced = word.replaceAll("_", " ");
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
};

export const optionText = (options) => Object.values(options ?? {}).join(", ");
