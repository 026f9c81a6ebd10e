/** Readable colours from one accent colour, so that no brand setting can break the contrast of WCAG AA. */

const FALLBACK = "#0b6e4f";

/** Give `hex` back as "#rrggbb", or the fallback when it is no hex colour. */
export function parseColour(hex) {
  const found = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(String(hex ?? "").trim());
  if (!found) return FALLBACK;
  const digits = found[1].length === 3 ? [...found[1]].map((digit) => digit + digit).join("") : found[1];
  return `#${digits.toLowerCase()}`;
}

const channels = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
const toHex = (parts) => `#${parts.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;

/** Relative luminance as WCAG 2 defines it, 0 to 1. */
export function luminance(hex) {
  const [red, green, blue] = channels(hex).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast of two colours, 1 to 21. */
export function contrast(one, other) {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** Darken `hex` until white text on it, and it on white, reach a contrast of 4.8. */
export function readableAccent(hex) {
  let parts = channels(parseColour(hex));
  while (contrast(toHex(parts), "#ffffff") < 4.8) parts = parts.map((part) => part * 0.94);
  return toHex(parts);
}
