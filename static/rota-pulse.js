// Every few seconds: who else is here, and what others have changed meanwhile.
import { SignedOut, Unreachable, ask, placeParts, readPageAgain } from "./rota-asking.js";
import { say } from "./rota-notice.js";
import { isSending } from "./rota-sending.js";
import { here, mayEdit, restore, table } from "./rota-table.js";

const EVERY = 15_000;
// Whoever does nothing for this long is no longer here, and their sign-in may run out.
const RESTS_AFTER = 5 * 60_000;
let lastDeed = Date.now();
let isTyping = () => false;

function mayAsk() {
  return document.visibilityState === "visible" && Date.now() - lastDeed < RESTS_AFTER && !isSending() && !isTyping();
}

async function beat() {
  if (!mayAsk()) return;
  const question = new URLSearchParams({ number: table.dataset.number, cell: here()?.id ?? "" });
  try {
    const answer = await ask(`${table.dataset.pulse}?${question}`);
    // What one has begun meanwhile goes first; the next pulse tells the same again.
    if (answer.status < 300 && mayAsk()) take(answer);
  } catch (error) {
    // Looking is no deed: only what somebody wanted saved is worth a sentence.
    if (!(error instanceof Unreachable || error instanceof SignedOut)) throw error;
  }
}

function take({ html, news }) {
  placeParts(html);
  restore();
  const { number, cells = [] } = news["rota-news"] ?? {};
  if (number) table.dataset.number = number;
  mark("is-news", cells);
  mark("is-theirs", [...document.querySelectorAll("#rota-here [data-at]")].map((each) => each.dataset.at));
  const changed = document.querySelector(".rota-here__changed");
  if (changed) say(changed.textContent.trim());
}

function mark(word, ids) {
  for (const cell of table.querySelectorAll(`.${word}`)) cell.classList.remove(word);
  for (const id of ids) document.getElementById(id)?.classList.add(word);
}

/** Draw the grid anew, after leave or another fact of the rota has changed. */
async function drawAnew() {
  const fresh = await readPageAgain().catch(() => null);
  const drawn = fresh?.querySelector("table.rota");
  if (!drawn) return;
  const wasHere = table.contains(document.activeElement);
  table.replaceChildren(...drawn.childNodes);
  table.dataset.number = drawn.dataset.number;
  document.getElementById("rota-figures").replaceWith(fresh.getElementById("rota-figures"));
  restore();
  if (wasHere) here()?.focus({ preventScroll: true });
}

/** Ask every few seconds, while somebody is there; `typing` says whether letters are being gathered. */
export function beginPulse(typing) {
  isTyping = typing;
  document.addEventListener("rota-facts-changed", drawAnew);
  if (!(mayEdit && table.dataset.pulse)) return;
  for (const deed of ["keydown", "pointerdown", "scroll"]) {
    addEventListener(deed, () => (lastDeed = Date.now()), { capture: true, passive: true });
  }
  document.addEventListener("visibilitychange", beat);
  setInterval(beat, EVERY);
  beat();
}
