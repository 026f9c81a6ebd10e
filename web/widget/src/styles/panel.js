// The panel, its head with the menu, and what is told and asked below the head.
import { css } from "lit";

export const panel = css`
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
