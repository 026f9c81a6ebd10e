/** Keys that work while nobody is writing. */
export const SHORTCUTS = [
  ["j", "Next conversation"],
  ["k", "Previous conversation"],
  ["1 – 5", "Waiting, mine, team, assistant, resolved"],
  ["c", "Claim"],
  ["r", "Reply"],
  ["b", "Give back to the assistant"],
  ["e", "Resolve"],
  ["?", "This list"],
];

const writes = (target) => target.closest?.("input, textarea, select, [contenteditable]");

/** Call `actions[key]` for a lone key press outside of fields and dialogs; gives back how to stop. */
export function bindKeys(actions) {
  const onKey = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || writes(event.target) || document.querySelector("dialog[open]")) return;
    if (location.hash === "#knowledge") return; // the desk is behind that page
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  };
  addEventListener("keydown", onKey);
  return () => removeEventListener("keydown", onKey);
}
