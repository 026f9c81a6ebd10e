import { css } from "lit";

const host = css`
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

const dark = css`
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

const launcher = css`
  .launcher {
    position: fixed;
    inset-block-end: 20px;
    inset-inline-end: 20px;
    display: grid;
    place-items: center;
    width: 60px;
    height: 60px;
    border: 0;
    border-radius: 50%;
    background: var(--ch-accent);
    color: #fff;
    box-shadow: 0 1px 2px rgb(10 25 18 / 24%), 0 10px 28px rgb(10 25 18 / 24%);
    transition: transform 0.16s ease, box-shadow 0.16s ease;
  }
  .launcher:hover {
    transform: translateY(-2px);
  }
  .launcher:focus-visible {
    outline-offset: 4px;
  }
  .launcher svg {
    font-size: 28px;
  }
  .badge {
    position: absolute;
    inset-block-start: -3px;
    inset-inline-end: -3px;
    min-width: 22px;
    padding: 0 6px;
    border: 2px solid #fff;
    border-radius: 12px;
    background: #b3261e;
    font-size: 12px;
    font-weight: 700;
    line-height: 18px;
  }
`;

const panel = css`
  .panel {
    position: fixed;
    inset-block-end: 94px;
    inset-inline-end: 20px;
    display: flex;
    flex-direction: column;
    width: 400px;
    height: min(680px, calc(var(--ch-viewport) - 114px));
    overflow: hidden;
    border: 1px solid var(--ch-line);
    border-radius: 20px;
    background: var(--ch-ground);
    box-shadow: 0 2px 6px rgb(10 25 18 / 10%), 0 24px 64px rgb(10 25 18 / 24%);
    animation: rise 0.2s cubic-bezier(0.2, 0.8, 0.3, 1);
  }
  @keyframes rise {
    from {
      opacity: 0;
      transform: translateY(14px) scale(0.985);
    }
  }
  .head {
    position: relative;
    display: flex;
    align-items: center;
    gap: 12px;
    padding: 14px 12px 14px 16px;
    background: var(--ch-accent);
    color: #fff;
  }
  .head :focus-visible {
    outline-color: #fff;
  }
  .avatar {
    display: grid;
    place-items: center;
    flex: none;
    width: 40px;
    height: 40px;
    border-radius: 50%;
    background: #fff;
    color: var(--ch-accent);
    font-size: 19px;
    font-weight: 700;
  }
  .names {
    flex: 1;
    min-width: 0;
  }
  h2 {
    overflow: hidden;
    font-size: 16.5px;
    font-weight: 650;
    line-height: 1.25;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .head p {
    font-size: 13px;
    line-height: 1.35;
  }
  .icon {
    display: grid;
    place-items: center;
    width: 38px;
    height: 38px;
    border: 0;
    border-radius: 10px;
    background: transparent;
  }
  .icon:hover {
    background: rgb(0 0 0 / 14%);
  }
  .icon:first-of-type svg {
    stroke-width: 3.4;
  }
  .menu {
    position: absolute;
    z-index: 2;
    inset-block-start: calc(100% - 6px);
    inset-inline-end: 12px;
    padding: 6px;
    border: 1px solid var(--ch-line);
    border-radius: 14px;
    background: var(--ch-paper);
    color: var(--ch-ink);
    box-shadow: 0 12px 32px rgb(10 25 18 / 20%);
  }
  .menu button {
    display: flex;
    align-items: center;
    gap: 10px;
    padding: 9px 14px 9px 10px;
    border: 0;
    border-radius: 9px;
    background: transparent;
  }
  .menu button:hover {
    background: var(--ch-ground);
  }
  .menu :focus-visible {
    outline-color: var(--ch-link);
  }
  .banner {
    display: flex;
    align-items: center;
    gap: 10px;
    padding: 9px 16px;
    border-bottom: 1px solid var(--ch-line);
    background: var(--ch-paper);
    font-size: 13.5px;
    line-height: 1.35;
  }
  .banner svg {
    font-size: 18px;
  }
  .banner.agent {
    color: var(--ch-link);
    font-weight: 600;
  }
  .banner.trouble {
    background: var(--ch-warn-ground);
    color: var(--ch-warn);
  }
  .pulse {
    flex: none;
    width: 9px;
    height: 9px;
    margin-inline: 4px;
    border-radius: 50%;
    background: #b26a00;
    animation: pulse 1.4s ease-in-out infinite;
  }
  @keyframes pulse {
    50% {
      opacity: 0.35;
    }
  }
  .question {
    padding: 14px 16px;
    border-bottom: 1px solid var(--ch-line);
    background: var(--ch-paper);
  }
  .question p {
    margin-bottom: 10px;
  }
  .question .reply {
    margin-inline-end: 8px;
  }
`;

const log = css`
  .scroll {
    flex: 1;
    min-height: 0;
    padding: 16px;
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
  }
  .scroll:focus-visible {
    outline-offset: -3px;
  }
  .message {
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    margin-block-start: 5px;
  }
  .message.opens:not(:first-child) {
    margin-block-start: 18px;
  }
  .message.customer {
    align-items: flex-end;
  }
  .by {
    margin: 0 4px 5px;
    color: var(--ch-soft);
    font-size: 12.5px;
    line-height: 1.2;
  }
  .by b {
    color: var(--ch-ink);
    font-weight: 600;
  }
  .hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .bubble {
    max-width: 86%;
    padding: 10px 14px;
    border: 1px solid var(--ch-line);
    border-radius: 18px;
    border-start-start-radius: 6px;
    background: var(--ch-said);
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }
  .bubble a {
    color: var(--ch-link);
  }
  .customer .bubble {
    border: 0;
    border-radius: 18px;
    border-end-end-radius: 6px;
    background: var(--ch-accent);
    color: #fff;
  }
  .customer .bubble a {
    color: inherit;
  }
  .agent .bubble {
    border-color: var(--ch-link);
    box-shadow: inset 3px 0 0 var(--ch-link);
  }
  .system {
    margin: 16px auto;
    max-width: 88%;
    color: var(--ch-soft);
    font-size: 13px;
    text-align: center;
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }
  .pending .bubble {
    opacity: 0.72;
  }
  .failed .bubble {
    border: 1.5px solid var(--ch-warn);
    background: var(--ch-warn-ground);
    color: var(--ch-ink);
    opacity: 1;
  }
  .note {
    margin: 4px 4px 0;
    color: var(--ch-soft);
    font-size: 12.5px;
  }
  .failed .note {
    color: var(--ch-warn);
  }
  .plain {
    padding: 0;
    border: 0;
    background: none;
    color: var(--ch-link);
    font-weight: 600;
    text-decoration: underline;
  }
  .caret {
    display: inline-block;
    width: 2px;
    height: 1em;
    margin-inline-start: 2px;
    background: var(--ch-soft);
    vertical-align: -2px;
    animation: pulse 1s step-end infinite;
  }
  .typing {
    display: flex;
    gap: 5px;
    width: fit-content;
    margin-block-start: 18px;
    padding: 15px 16px;
    border: 1px solid var(--ch-line);
    border-radius: 18px;
    border-start-start-radius: 6px;
    background: var(--ch-said);
  }
  .typing i {
    width: 7px;
    height: 7px;
    border-radius: 50%;
    background: var(--ch-soft);
    animation: hop 1.1s ease-in-out infinite;
  }
  .typing i:nth-child(2) {
    animation-delay: 0.14s;
  }
  .typing i:nth-child(3) {
    animation-delay: 0.28s;
  }
  @keyframes hop {
    40% {
      transform: translateY(-4px);
    }
  }
  .loading i {
    display: block;
    width: 72%;
    height: 40px;
    margin-block-end: 10px;
    border-radius: 18px;
    background: var(--ch-line);
    animation: pulse 1.4s ease-in-out infinite;
  }
  .loading i:last-child {
    width: 48%;
  }
`;

const extras = css`
  .sources {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px;
    margin-block-start: 7px;
    font-size: 13px;
  }
  .sources-label {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    margin-inline-start: 4px;
    color: var(--ch-soft);
  }
  .sources-label svg {
    font-size: 15px;
  }
  .sources a {
    max-width: 100%;
    padding: 3px 10px;
    overflow: hidden;
    border: 1px solid var(--ch-line);
    border-radius: 12px;
    background: var(--ch-paper);
    color: var(--ch-link);
    text-decoration: none;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .sources a:hover {
    text-decoration: underline;
  }
  counterhand-cards {
    display: block;
    width: 100%;
    min-width: 0;
  }
  .cards-head {
    display: flex;
    align-items: center;
    gap: 6px;
    min-height: 30px;
    margin: 8px 4px 0;
    color: var(--ch-soft);
    font-size: 13px;
  }
  .cards-head span {
    flex: 1;
  }
  .arrow {
    display: grid;
    place-items: center;
    width: 30px;
    height: 30px;
    border: 1px solid var(--ch-line);
    border-radius: 50%;
    background: var(--ch-paper);
    color: var(--ch-link);
  }
  .arrow svg {
    font-size: 17px;
    transform: rotate(-90deg);
  }
  .arrow.back svg,
  .arrow:dir(rtl) svg {
    transform: rotate(90deg);
  }
  .arrow.back:dir(rtl) svg {
    transform: rotate(-90deg);
  }
  .arrow[aria-disabled="true"] {
    opacity: 0.4;
    cursor: default;
  }
  .more-after {
    mask-image: linear-gradient(to right, #000 calc(100% - 52px), transparent);
  }
  .more-before {
    mask-image: linear-gradient(to left, #000 calc(100% - 52px), transparent);
  }
  .more-before.more-after {
    mask-image: linear-gradient(to right, transparent, #000 40px, #000 calc(100% - 40px), transparent);
  }
  .cards {
    display: flex;
    gap: 10px;
    width: calc(100% + 32px);
    margin: 4px -16px 0;
    padding: 2px 16px 10px;
    overflow-x: auto;
    scroll-padding-inline: 16px;
    scroll-snap-type: x proximity;
    scrollbar-width: thin;
  }
  .cards li {
    display: flex;
    flex: none;
    width: 190px;
    scroll-snap-align: start;
  }
  .card {
    display: flex;
    flex-direction: column;
    width: 100%;
    overflow: hidden;
    border: 1px solid var(--ch-line);
    border-radius: 16px;
    background: var(--ch-paper);
    color: inherit;
    text-decoration: none;
    transition: border-color 0.15s ease;
  }
  a.card:hover {
    border-color: var(--ch-link);
  }
  a.card:hover .card-title {
    text-decoration: underline;
  }
  .card-picture {
    position: relative;
    display: block;
    aspect-ratio: 4 / 3;
    background: var(--ch-ground);
  }
  .card-picture img {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    object-fit: cover;
  }
  .card-words {
    display: flex;
    flex: 1;
    flex-direction: column;
    gap: 3px;
    padding: 10px 12px 12px;
  }
  .card-title {
    font-weight: 600;
    line-height: 1.3;
  }
  .card-subtitle {
    color: var(--ch-soft);
    font-size: 13px;
    line-height: 1.35;
  }
  .card-price {
    margin-block-start: auto;
    padding-block-start: 5px;
    font-weight: 700;
  }
  .lone li {
    width: 100%;
  }
  .lone .card {
    flex-direction: row;
  }
  .lone .card-picture {
    flex: none;
    width: 104px;
    aspect-ratio: auto;
    min-height: 96px;
  }
  .feedback {
    display: flex;
    align-items: center;
    gap: 2px;
    margin-block-start: 4px;
  }
  .rate {
    display: grid;
    place-items: center;
    width: 32px;
    height: 30px;
    border: 0;
    border-radius: 9px;
    background: transparent;
    color: var(--ch-soft);
  }
  .rate svg {
    font-size: 17px;
  }
  .rate:hover {
    background: var(--ch-line);
  }
  .rate[aria-pressed="true"] {
    background: var(--ch-link);
    color: var(--ch-paper);
  }
  .thanks {
    margin-inline-start: 6px;
    color: var(--ch-soft);
    font-size: 12.5px;
  }
  .replies {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-block-start: 14px;
  }
  .reply {
    padding: 8px 14px;
    border: 1.5px solid var(--ch-link);
    border-radius: 20px;
    background: var(--ch-paper);
    color: var(--ch-link);
    font-weight: 550;
    text-align: start;
    overflow-wrap: anywhere;
  }
  .reply:hover,
  .reply.solid {
    background: var(--ch-accent);
    border-color: var(--ch-accent);
    color: #fff;
  }
  .to-end {
    position: absolute;
    inset-block-end: 132px;
    inset-inline: 0;
    display: flex;
    align-items: center;
    gap: 6px;
    width: fit-content;
    margin: auto;
    padding: 6px 14px 6px 10px;
    border: 1px solid var(--ch-line);
    border-radius: 18px;
    background: var(--ch-paper);
    font-size: 13.5px;
    box-shadow: 0 4px 14px rgb(10 25 18 / 16%);
  }
`;

const footer = css`
  .foot {
    padding: 8px 12px 12px;
    border-top: 1px solid var(--ch-line);
    background: var(--ch-paper);
  }
  .person {
    display: inline-flex;
    align-items: center;
    gap: 7px;
    margin-block-end: 8px;
    padding: 6px 12px 6px 9px;
    border: 0;
    border-radius: 16px;
    background: var(--ch-ground);
    color: var(--ch-ink);
    font-size: 13.5px;
    font-weight: 550;
  }
  .person svg {
    font-size: 18px;
  }
  .person:hover:not(:disabled) {
    background: var(--ch-line);
  }
  .person:disabled {
    color: var(--ch-soft);
    cursor: default;
  }
  .composer {
    display: flex;
    flex-wrap: wrap;
    align-items: flex-end;
    gap: 8px;
  }
  textarea {
    flex: 1;
    min-width: 0;
    min-height: 44px;
    max-height: 132px;
    padding: 10px 14px;
    border: 1.5px solid #7d8781;
    border-radius: 22px;
    background: var(--ch-paper);
    line-height: 1.4;
    resize: none;
  }
  textarea::placeholder {
    color: var(--ch-soft);
    opacity: 1;
  }
  textarea:focus {
    border-color: var(--ch-link);
    outline: 1px solid var(--ch-link);
    outline-offset: 0;
  }
  textarea[aria-invalid="true"] {
    border-color: var(--ch-warn);
  }
  .send {
    display: grid;
    place-items: center;
    flex: none;
    width: 44px;
    height: 44px;
    border: 0;
    border-radius: 50%;
    background: var(--ch-accent);
    color: #fff;
  }
  .send svg {
    font-size: 22px;
  }
  .send:disabled {
    background: var(--ch-line);
    color: var(--ch-soft);
    cursor: default;
  }
  .count {
    flex-basis: 100%;
    padding-inline-start: 14px;
    color: var(--ch-soft);
    font-size: 12.5px;
  }
  .count:empty {
    display: none;
  }
  .count.over {
    color: var(--ch-warn);
  }
`;

const screens = css`
  @media (max-width: 520px) {
    .panel {
      inset: 0;
      width: 100%;
      height: var(--ch-viewport);
      border: 0;
      border-radius: 0;
    }
    .head {
      padding-block-start: max(14px, env(safe-area-inset-top));
    }
    .foot {
      padding-block-end: max(12px, env(safe-area-inset-bottom));
    }
    textarea {
      font-size: 16px; /* below it, iOS zooms into the field */
    }
    :host([open]) .launcher {
      display: none;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation: none !important;
      transition: none !important;
    }
  }
  @media (forced-colors: active) {
    .bubble,
    .launcher,
    .send,
    .person {
      border: 1px solid;
    }
  }
`;

export const styles = [host, dark, launcher, panel, log, extras, footer, screens];
