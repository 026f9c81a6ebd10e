// The conversation: messages and what is shown while one is on its way.
import { css } from "lit";

export const log = css`
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
