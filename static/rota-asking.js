// Asks the server: one question, its answer put into the page, and a named error where none came.
import { token } from "./telling.js";

export class Unreachable extends Error {}
export class SignedOut extends Error {}

const GATEWAYS = [502, 503, 504];
// What stood in a page that was open too long is no use any more, whoever is signed in now.
const SIGNED_OUT = [400, 401];

/** Send a question, with a form where there is one; resolves to its status, its fragment and what it announces. */
export async function ask(url, form) {
  const headers = { "HX-Request": "true", "HX-Current-URL": location.href, "X-CSRFToken": token() };
  const body = form && new URLSearchParams(form);
  const answer = await reach(url, { method: form ? "POST" : "GET", headers, body, redirect: "manual" });
  if (answer.type === "opaqueredirect" || SIGNED_OUT.includes(answer.status)) throw new SignedOut();
  document.dispatchEvent(new Event("quorate:reached"));
  const html = answer.status === 204 ? "" : await answer.text();
  return { status: answer.status, html, news: newsOf(answer.headers.get("HX-Trigger")) };
}

async function reach(url, options) {
  let answer;
  try {
    answer = await fetch(url, options);
  } catch {
    throw new Unreachable();
  }
  if (GATEWAYS.includes(answer.status)) throw new Unreachable();
  return answer;
}

function newsOf(header) {
  return header?.startsWith("{") ? JSON.parse(header) : {};
}

/** Put the parts of an answer where they belong by their ids; what is not a part goes nowhere. */
export function placeParts(html) {
  if (html) window.htmx.swap(document.createElement("div"), known(html).content, { swapStyle: "none", settleDelay: 0 });
}

/** Read a fragment without the parts that this page does not show. */
function known(html) {
  const read = document.createElement("template");
  read.innerHTML = html;
  for (const content of [read.content, ...[...read.content.querySelectorAll("template")].map((each) => each.content)]) {
    for (const part of content.querySelectorAll("[hx-swap-oob]")) {
      if (!document.getElementById(part.id)) part.remove();
    }
  }
  return read;
}

document.addEventListener("htmx:beforeSwap", (event) => {
  event.detail.serverResponse = known(event.detail.serverResponse).innerHTML;
});

/** Put an answer into an element, and its parts where they belong. */
export function placeIn(element, html) {
  window.htmx.swap(element, known(html).content, { swapStyle: "innerHTML", settleDelay: 0 });
}

// A live region is heard only while it stays: what is said anew goes into it, not in its place.
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const { target, fragment } = event.detail;
  if (!target.hasAttribute("aria-live")) return;
  event.detail.shouldSwap = false;
  target.replaceChildren(...fragment.firstElementChild.childNodes);
});

/** Read this page anew; null where the sign-in page came instead. */
export async function readPageAgain() {
  const answer = await reach(location.href, {});
  if (answer.redirected && new URL(answer.url).pathname !== location.pathname) return null;
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}
