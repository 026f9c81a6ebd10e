// What holds for the whole element: its colours, light and dark, and its type.
import { css } from "lit";

export const host = css`
  :host {
    all: initial;
    --ch-viewport: 100dvh;
    --ch-paper: #ffffff;
    --ch-ground: #f5f6f4;
    --ch-ink: #1b211e;
    --ch-soft: #58615c;
    --ch-line: #dfe3e0;
    --ch-said: #ffffff;
    --ch-link: var(--ch-accent);
    --ch-warn: #8a2f1d;
    --ch-warn-ground: #fdeeea;
    position: fixed;
    z-index: 2147483000;
    inset-block-end: 0;
    inset-inline-end: 0;
    color-scheme: light;
    color: var(--ch-ink);
    font: 400 15px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif;
    -webkit-font-smoothing: antialiased;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  p,
  h2,
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  button,
  textarea {
    font: inherit;
    color: inherit;
  }
  button {
    cursor: pointer;
  }
  svg {
    display: block;
    font-size: 20px;
    flex: none;
  }
  :focus-visible {
    outline: 2.5px solid var(--ch-accent);
    outline-offset: 2px;
  }
`;

export const dark = css`
  :host([data-theme="dark"]) {
    --ch-paper: #1b201e;
    --ch-ground: #131715;
    --ch-ink: #eef1ef;
    --ch-soft: #aab4ae;
    --ch-line: #363e3a;
    --ch-said: #252c29;
    --ch-link: color-mix(in oklab, var(--ch-accent), white 62%);
    --ch-warn: #ffb9a8;
    --ch-warn-ground: #3c211b;
    color-scheme: dark;
  }
  @media (prefers-color-scheme: dark) {
    :host([data-theme="auto"]) {
      --ch-paper: #1b201e;
      --ch-ground: #131715;
      --ch-ink: #eef1ef;
      --ch-soft: #aab4ae;
      --ch-line: #363e3a;
      --ch-said: #252c29;
      --ch-link: color-mix(in oklab, var(--ch-accent), white 62%);
      --ch-warn: #ffb9a8;
      --ch-warn-ground: #3c211b;
      color-scheme: dark;
    }
  }
`;
