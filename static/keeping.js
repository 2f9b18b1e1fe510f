// Keeps what is typed into a page's forms in this tab, and puts it back where a sign-in or a connection ended before it was sent.
import { fieldsOf, putBack } from "./keeping-fields.js";
import { tell } from "./telling.js";

const KEPT_AS = "kept-forms";
const KEEPER_AS = "kept-keeper";
const LONGEST = 12 * 3_600_000;
const RESTS = 300;
// A blind word for whoever is signed in: what one has typed is never put before another.
const keeper = document.querySelector('meta[name="keeper"]')?.content ?? "";
const here = whereTyped();
let kept = {};
let timer;
let isEnding = false;

/** Say where a page's forms are to be found again: one that came back with errors may have an address that takes no visits. */
function whereTyped() {
  const at = location.pathname + location.search;
  if (!hasErrors() || !document.referrer.startsWith(`${location.origin}/`)) return at;
  const from = new URL(document.referrer);
  return from.pathname === location.pathname ? at : from.pathname + from.search;
}

function hasErrors() {
  return document.querySelector(".nhsuk-error-summary") !== null;
}

const postForms = () => [...document.querySelectorAll("main form")].filter((form) => form.method === "post");

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT_AS)) ?? {};
  } catch {
    return {};
  }
}

function write() {
  try {
    if (Object.keys(kept).length) sessionStorage.setItem(KEPT_AS, JSON.stringify(kept));
    else sessionStorage.removeItem(KEPT_AS);
  } catch {
    // A tab whose store is full keeps what it had before.
  }
}

/** Note what differs from what the page came with; a page that came back with errors came with what was typed. */
function keep() {
  clearTimeout(timer);
  // What was thrown away or signed out of does not come back with a key that was pressed just before.
  if (isEnding) return;
  const fields = postForms().flatMap((form, place) => fieldsOf(form, place, hasErrors()));
  if (fields.length) kept[here] = { keeper, at: Date.now(), fields };
  else if (!kept[here]?.interrupted) delete kept[here];
  write();
}

function keepSoon() {
  clearTimeout(timer);
  timer = setTimeout(keep, RESTS);
}

function forget(url) {
  delete kept[url];
  write();
}

/** Forget all that this tab holds: the words of whoever leaves are nobody else's business. */
function forgetAll() {
  isEnding = true;
  kept = {};
  sessionStorage.clear();
}

/** Mark what was typed as not sent: it is put back when its page is open again. */
function interrupt() {
  for (const entry of Object.values(kept)) entry.interrupted = true;
  write();
}

/** Keep what is typed and leave for the door; no question holds a screen open that nobody watches. */
export function leaveForTheDoor() {
  keep();
  interrupt();
  isEnding = true;
  location.replace(here);
}

function dropWhatIsNotOurs() {
  const before = sessionStorage.getItem(KEEPER_AS);
  if (before !== keeper) sessionStorage.clear();
  sessionStorage.setItem(KEEPER_AS, keeper);
  kept = read();
  for (const [url, entry] of Object.entries(kept)) {
    if (entry.keeper !== keeper || Date.now() - entry.at > LONGEST) delete kept[url];
  }
}

/** On a page of nobody's: whoever was typing is led back there after signing in. */
function waitAtTheDoor() {
  kept = read();
  interrupt();
  const [latest] = Object.entries(kept).sort(([, one], [, other]) => other.at - one.at);
  const next = document.querySelector('form input[name="next"]');
  if (latest && next && !next.value) next.value = latest[0];
  for (const link of latest ? document.querySelectorAll("a[data-next]") : []) {
    const to = new URL(link.href);
    if (!to.searchParams.get("next")) to.searchParams.set("next", latest[0]);
    link.href = to;
  }
}

function offer(sentence, ...deeds) {
  tell(sentence, "good");
  const row = Object.assign(document.createElement("div"), { className: "actions" });
  row.append(...deeds);
  document.querySelector("#notices .note").append(row);
}

function link(text, href) {
  return Object.assign(document.createElement("a"), { href, textContent: text });
}

function button(text, act) {
  const made = Object.assign(document.createElement("button"), { type: "button", textContent: text });
  made.className = "nhsuk-button button--quiet nhsuk-button--small";
  made.addEventListener("click", act);
  return made;
}

/** Throw what was put back away: the page is read anew, as it is on the server. */
function throwAway(url) {
  forget(url);
  isEnding = true;
  location.replace(here);
}

function bringBack() {
  const { fields } = kept[here];
  const lacking = putBack(fields, postForms());
  delete kept[here].interrupted;
  keep();
  const more = fields.some((field) => field.isFile) ? " A file has to be chosen again." : "";
  const lost = lacking.length ? ` What has no place here any more: ${lacking.join(" | ")}` : "";
  offer(
    `What you typed here is back: it had not been sent. Look it over, then send it.${more}${lost}`,
    button("Throw it away", () => throwAway(here)),
  );
}

function leadBack(url) {
  offer(
    "What you typed on another page is kept: it had not been sent.",
    link("Go back to it", url),
    button("Throw it away", () => {
      forget(url);
      document.getElementById("notices").replaceChildren();
    }),
  );
}

function welcomeBack() {
  if (document.querySelector(".error-page")) interrupt();
  for (const [url, entry] of Object.entries(kept)) if (!entry.interrupted) delete kept[url];
  write();
  const elsewhere = Object.keys(kept).find((url) => url !== here);
  if (kept[here] && !document.querySelector(".error-page")) bringBack();
  else if (elsewhere ?? kept[here]) leadBack(elsewhere ?? here);
}

function mayStore() {
  try {
    return Boolean(sessionStorage);
  } catch {
    return false;
  }
}

/** Begin on any page; on one that nobody is signed in to, what was typed waits. */
export function beginKeeping() {
  if (!mayStore()) return;
  if (!keeper) {
    waitAtTheDoor();
    return;
  }
  dropWhatIsNotOurs();
  welcomeBack();
  document.addEventListener("input", keepSoon);
  document.addEventListener("change", keepSoon);
  document.addEventListener("htmx:afterSettle", keepSoon);
  document.addEventListener("submit", ({ target }) => ("forgets" in target.dataset ? forgetAll() : keep()));
  addEventListener("pagehide", keep);
  // Before those of the page's own modules: they would ask whether one really wants to leave.
  addEventListener("beforeunload", (event) => isEnding && event.stopImmediatePropagation());
}
