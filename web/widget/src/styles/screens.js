// Small screens, less motion, and forced colours; these come last.
import { css } from "lit";

export const screens = css`
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
