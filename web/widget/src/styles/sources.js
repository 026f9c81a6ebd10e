// What an answer rests on.
import { css } from "lit";

export const sources = css`
  .sources {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px;
    max-width: 100%;
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
    border: 1px solid var(--ch-line);
    border-radius: 12px;
    background: var(--ch-paper);
    color: var(--ch-link);
    text-decoration: none;
    overflow-wrap: anywhere;
  }
  .sources a:hover {
    text-decoration: underline;
  }
  counterhand-cards {
    display: block;
    width: 100%;
    min-width: 0;
  }
`;
