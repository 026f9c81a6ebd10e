// The composer and the way to a person.
import { css } from "lit";

export const footer = css`
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
