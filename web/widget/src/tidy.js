/**
 * Lit leaves notes about its version on the window. A host page that has no Lit of its own gets nothing from us.
 *
 * A list with more than one entry is the host page's, and stays.
 */
export function removeTraces() {
  for (const name of ["litHtmlVersions", "litElementVersions", "reactiveElementVersions"]) {
    if (globalThis[name]?.length === 1) delete globalThis[name];
  }
  if (!globalThis.litElementVersions) delete globalThis.litPropertyMetadata; // ours is inside the bundle (vite.config.js)
}
