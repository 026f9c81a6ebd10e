// The customer's ways to answer besides words: ratings and buttons.
import { css } from "lit";

export const replies = css`
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
