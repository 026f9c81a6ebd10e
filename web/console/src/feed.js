import { readEvents } from "../../widget/src/live.js";

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * What happens at the counter, live, until `stop()`.
 *
 * The feed has no memory: after every cut `onOpen` is called, and the desk reads again what it shows.
 */
export function listen({ onFrame, onOpen, onCut, onSignedOut }) {
  const stopping = new AbortController();
  const run = async () => {
    for (let failures = 0; !stopping.signal.aborted; failures += 1) {
      try {
        const response = await fetch("/api/v1/staff/events", { headers: { accept: "text/event-stream" }, signal: stopping.signal });
        if (response.status === 401) return onSignedOut();
        if (response.ok) {
          failures = 0;
          onOpen();
          for await (const frame of readEvents(response.body)) onFrame(frame);
        }
      } catch {
        // Cut, or the server is away: listen again.
      }
      if (stopping.signal.aborted) return undefined;
      onCut();
      await pause(Math.min(500 * 2 ** failures, 10_000));
    }
    return undefined;
  };
  run();
  return { stop: () => stopping.abort() };
}
