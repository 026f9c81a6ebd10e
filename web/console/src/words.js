import { formatPrice, formatTime } from "../../widget/src/format.js";
import { session } from "./session.js";

const locale = document.documentElement.lang;

export const price = (cents, currency) => formatPrice(cents, currency, session.amounts);
export const time = (iso) => formatTime(iso, locale);
export const day = (iso) => new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric" }).format(new Date(iso));

export const human = (word) => {
  const spaced = (word ?? "").replaceAll("_", " ");
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
};

/** How long ago, in the largest unit that says enough: 40 s, 12 min, 3 h, 2 d. */
export function since(iso, now) {
  const seconds = Math.max(0, Math.round((now - Date.parse(iso)) / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  return seconds < 86_400 ? `${Math.floor(seconds / 3600)} h` : `${Math.floor(seconds / 86_400)} d`;
}

/** The name staff see; whoever has not signed in is told apart by the id's end. */
export const nameOf = (conversation) => conversation.customer_name || `Visitor ${conversation.conversation_id.slice(-4)}`;

export const initials = (name) => name.split(/\s+/).slice(0, 2).map((word) => word[0]?.toUpperCase()).join("");
