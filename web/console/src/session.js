import { reactive } from "vue";
import { StaffApi } from "./api.js";

/** Who is signed in: `staff` is undefined until it is known, null when nobody is. `amounts` is how the shop writes 1234.50. */
export const session = reactive({ staff: undefined, amounts: undefined, ended: false, unreachable: false });

export const api = new StaffApi(() => end());

function end() {
  if (session.staff) Object.assign(session, { staff: null, ended: true });
}

export async function restore() {
  session.unreachable = false;
  try {
    Object.assign(session, await api.session());
  } catch (error) {
    if (error.status === 401) session.staff = null;
    else session.unreachable = true;
  }
}

export async function signIn(email, password) {
  Object.assign(session, await api.signIn(email, password), { ended: false });
}

export async function signOut() {
  await api.signOut().catch(() => null);
  Object.assign(session, { staff: null, ended: false });
}

export async function changePassword(current, next) {
  await api.changePassword(current, next);
  await restore(); // the server may have renewed the session
}

export const sessionEnded = end;
