// The button that opens the panel.
import { css } from "lit";

export const launcher = css`
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
