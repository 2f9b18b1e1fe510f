// Watches over the end of a sign-in: what somebody does here is told to the server, and the end is warned of.
import { leaveForTheDoor } from "./keeping.js";
import { tell, token } from "./telling.js";

const SECOND = 1_000;
const WARN_BEFORE = 120;
const LOOK_AGAIN_AFTER = 15;
const TELL_EVERY = 60 * SECOND;
const dialog = document.getElementById("idle-warning");
const keeper = document.querySelector('meta[name="keeper"]')?.content;
let toldAt = Date.now();
let isWarned = false;
let timer;

/** Ask how long the sign-in still holds; null where no answer came. Asking is no deed. */
async function askWhatIsLeft() {
  try {
    const options = { headers: { Accept: "application/json" }, redirect: "manual", cache: "no-store" };
    const answer = await fetch(dialog.dataset.left, options);
    if (answer.type === "opaqueredirect") return { seconds: 0 };
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

/** Take a new sign-in's token over into the page, as long as it is the same person's. */
function renew(fresh) {
  document.querySelector('meta[name="csrf-token"]').content = fresh;
  for (const field of document.querySelectorAll('input[name="csrf_token"]')) field.value = fresh;
}

async function look() {
  clearTimeout(timer);
  const left = await askWhatIsLeft();
  if (!left) return lookIn(LOOK_AGAIN_AFTER);
  // Somebody else's pages begin with their own sign-in.
  if (left.seconds <= 0 || left.keeper !== keeper) return leaveForTheDoor();
  if (left.token !== token()) renew(left.token);
  if (left.seconds > WARN_BEFORE) {
    dialog.close();
    return lookIn(left.seconds - WARN_BEFORE);
  }
  warn(left);
  return lookIn(Math.min(left.seconds, LOOK_AGAIN_AFTER));
}

function lookIn(seconds) {
  clearTimeout(timer);
  timer = setTimeout(look, seconds * SECOND);
}

function warn({ may_stay: mayStay }) {
  if (mayStay) {
    if (!dialog.open) dialog.showModal();
  } else if (!isWarned) {
    isWarned = true;
    tell("You will be signed out in 2 minutes: no sign-in lasts longer than 12 hours. What you type is kept: sign in again and go on.", "warning");
  }
}

async function stay() {
  toldAt = Date.now();
  const headers = { "X-CSRFToken": token() };
  await fetch(dialog.dataset.stay, { method: "POST", headers, redirect: "manual" }).catch(() => null);
  await look();
}

/** Whoever types or clicks is there, even where nothing of it reaches the server. */
function onDeed() {
  if (!dialog.open && Date.now() - toldAt > TELL_EVERY) stay();
}

export function beginIdle() {
  if (!dialog) return;
  for (const deed of ["keydown", "pointerdown"]) addEventListener(deed, onDeed, { capture: true, passive: true });
  dialog.addEventListener("close", () => dialog.returnValue === "stay" && stay());
  dialog.addEventListener("cancel", stay);
  // A laptop that slept has missed its moment, and another tab may have signed in anew.
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look());
  lookIn(Number(dialog.dataset.idleMinutes) * 60 - WARN_BEFORE);
}
