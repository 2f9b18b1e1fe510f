// Asks the server in JSON, and names what went wrong where no answer came.
import { base } from "./run-page.js";
import { token } from "./telling.js";

export class Unreachable extends Error {}
export class SignedOut extends Error {}

/** A "no" with a sentence; `answer` is all that the server said. */
export class Refused extends Error {
  constructor(status, answer) {
    super(answer.sentence ?? "That was not possible. Load the page again.");
    [this.status, this.answer] = [status, answer];
  }
}

// A server that answers so is not there, or has stumbled: the same is asked again.
const BROKEN = 500;
// What stood in a page that was open too long is no use any more, whoever is signed in now.
const SIGNED_OUT = [400, 401];
const TOO_LONG = 15_000;

/** Ask something; with a body it is a change. Resolves to the answer, or to null where there is nothing new. */
export async function ask(path, body) {
  const headers = { Accept: "application/json", "X-CSRFToken": token() };
  if (body) headers["Content-Type"] = "application/json";
  const answer = await reach(`${base}${path}`, { method: body ? "POST" : "GET", headers, body: body && JSON.stringify(body) });
  if (answer.type === "opaqueredirect" || SIGNED_OUT.includes(answer.status)) throw new SignedOut();
  document.dispatchEvent(new Event("quorate:reached"));
  if (answer.status === 204) return null;
  const said = await read(answer);
  if (!answer.ok) throw new Refused(answer.status, said);
  return said;
}

async function reach(url, options) {
  let answer;
  try {
    answer = await fetch(url, { ...options, redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(TOO_LONG) });
  } catch {
    throw new Unreachable();
  }
  if (answer.status >= BROKEN) throw new Unreachable();
  return answer;
}

async function read(answer) {
  try {
    return await answer.json();
  } catch {
    // Cut off in the middle, or a page where JSON was asked for.
    if (answer.ok) throw new Unreachable();
    return {};
  }
}

/** Say whose page it is, by a word that stands for them: nobody's words are sent as somebody else's. */
const keeperOf = (page) => page.querySelector('meta[name="keeper"]')?.content;

/** Take over a new sign-in's token from a fresh copy of the page; false where nobody, or somebody else, is signed in. */
export async function renewToken() {
  const answer = await reach(location.href, { redirect: "manual" });
  if (!answer.ok) return false;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const found = fresh.querySelector('meta[name="csrf-token"]');
  if (!found || !fresh.getElementById("run") || keeperOf(fresh) !== keeperOf(document)) return false;
  document.querySelector('meta[name="csrf-token"]').content = found.content;
  return true;
}
