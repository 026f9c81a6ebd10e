// Products.
import { css } from "lit";

export const cards = css`
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
`;
