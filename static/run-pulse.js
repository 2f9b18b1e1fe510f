// Asks every few seconds what others have changed.
import { Refused, SignedOut, Unreachable, ask } from "./run-asking.js";
import { answered, pending } from "./run-outbox.js";
import { isRunning, room, take } from "./run-state.js";
import { tell } from "./telling.js";

const EVERY = 2_500;
const EVERY_HIDDEN = 15_000;
// Outside a meeting, whoever does nothing for this long is no longer here, and their sign-in may run out.
const RESTS_AFTER = 5 * 60_000;
let lastDeed = Date.now();
let isGone = false;

const mayAsk = () => !pending() && !isGone && (isRunning() || Date.now() - lastDeed < RESTS_AFTER);

async function beat() {
  if (!mayAsk()) return;
  const before = answered();
  try {
    const fresh = await ask(`/pulse?number=${room().number}`);
    // What one has begun meanwhile goes first, and what was saved meanwhile is newer; the next pulse tells both.
    if (fresh && !pending() && before === answered()) take(fresh);
  } catch (error) {
    if (error instanceof Refused) leave(error);
    // Looking is no deed: only what somebody wanted saved is worth a sentence.
    else if (!(error instanceof Unreachable || error instanceof SignedOut)) throw error;
  }
}

/** Whoever may not know of the meeting any more is told so, once. */
function leave(refusal) {
  isGone = true;
  tell(refusal.message);
}

function schedule() {
  const pause = document.visibilityState === "visible" ? EVERY : EVERY_HIDDEN;
  setTimeout(() => beat().finally(schedule), pause);
}

export function beginPulse() {
  for (const deed of ["keydown", "pointerdown", "scroll"]) {
    addEventListener(deed, () => (lastDeed = Date.now()), { capture: true, passive: true });
  }
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && beat());
  schedule();
}
