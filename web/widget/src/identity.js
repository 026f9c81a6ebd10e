import { Refused, Unreachable } from "./errors.js";

/** Claims of a JWT, unverified: the server verifies; here they only say whose it is and when to renew it. */
export function readClaims(token) {
  try {
    const body = token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/");
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(body), (char) => char.codePointAt(0))));
  } catch {
    return {};
  }
}

/**
 * Ask the host page's server who is signed in.
 *
 * Returns:
 *   {token, subject, expiresAt (ms)}, or null when nobody is signed in.
 * Throws:
 *   Unreachable when that cannot be told right now.
 */
export async function fetchIdentity(url) {
  if (!url) return null;
  const response = await fetch(url, { credentials: "include", headers: { accept: "application/json" } }).catch((cause) => {
    throw new Unreachable("The identity address cannot be reached.", { cause });
  });
  if (response.status === 401 || response.status === 403 || response.status === 204) return null;
  if (!response.ok) throw new Refused(response.status, "IdentityUnavailable");
  const { identity_token: token } = await response.json();
  if (!token) return null;
  const { sub: subject, exp } = readClaims(token);
  return { token, subject, expiresAt: exp ? exp * 1000 : Date.now() + 5 * 60_000 };
}
