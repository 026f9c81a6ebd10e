import { svg } from "lit";

const icon = (paths) => svg`<svg viewBox="0 0 24 24" width="1em" height="1em" fill="none" stroke="currentColor" stroke-width="1.9"
  stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">${paths}</svg>`;

export const icons = {
  chat: icon(svg`<path d="M20.5 11.4c0 4.3-3.8 7.6-8.5 7.6-1 0-2-.2-2.9-.5L4.2 20l1.3-3.7c-1.3-1.3-2-3-2-4.9C3.5 7.1 7.3 3.7 12 3.7s8.5 3.4 8.5 7.7Z"/><path d="M8.4 11.5h.01M12 11.5h.01M15.6 11.5h.01"/>`),
  close: icon(svg`<path d="m6 6 12 12M18 6 6 18"/>`),
  down: icon(svg`<path d="m6 9 6 6 6-6"/>`),
  menu: icon(svg`<path d="M5 12h.01M12 12h.01M19 12h.01"/>`),
  send: icon(svg`<path d="M12 19V5.5M6 11l6-6 6 6"/>`),
  person: icon(svg`<circle cx="12" cy="8" r="3.6"/><path d="M4.8 19.6c.9-3.4 3.7-5.2 7.2-5.2s6.3 1.8 7.2 5.2"/>`),
  up: icon(svg`<path d="M7 11v9H4v-9h3Zm0 0 4.2-7.6c1.4 0 2.3 1 2.1 2.4L12.8 9h5.4c1.3 0 2.2 1.2 1.9 2.4l-1.6 6.8A2.3 2.3 0 0 1 16.3 20H7"/>`),
  thumbDown: icon(svg`<path d="M17 13V4h3v9h-3Zm0 0-4.2 7.6c-1.4 0-2.3-1-2.1-2.4l.5-3.2H5.8c-1.3 0-2.2-1.2-1.9-2.4l1.6-6.8A2.3 2.3 0 0 1 7.7 4H17"/>`),
  plus: icon(svg`<path d="M12 5v14M5 12h14"/>`),
  source: icon(svg`<path d="M6 3.5h8l4 4v13H6zM14 3.5v4h4M9 12h6M9 15.5h4"/>`),
  alert: icon(svg`<circle cx="12" cy="12" r="8.5"/><path d="M12 7.5v5M12 16h.01"/>`),
};
