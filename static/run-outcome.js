// How a case ends: read back and confirmed, noted, carried over or not reached; and opened again to put it right.
import { Refused, SignedOut, Unreachable, ask } from "./run-asking.js";
import { askReason } from "./run-help.js";
import { discuss, next } from "./run-case.js";
import { clock, hush, make, part, root, say } from "./run-page.js";
import { missingIn, readBack } from "./run-readback.js";
import { isOver, mayEnd, minutesOf, onChange, room, shownItem, take } from "./run-state.js";
import { saveAll } from "./run-words.js";

const ENDS = { decided: "Decided", noted: "Noted", carried: "Carried over to the next meeting", not_reached: "Not reached" };
const BOXES = { decision: "decision", view_heard: "views" };
const WHY = {
  carry: { title: "Carry over", label: "Why does it wait for the next meeting?", button: "Carry over" },
  note: { title: "Note only", label: "Why does it need no decision?", button: "Note it" },
};
const NO_CONNECTION = "No connection: that was not done. Your words are kept here; try again in a moment.";
const NOT_SAVED = "Your last words are not saved yet: see the line under the decision.";
let isBusy = false;

/** Do something whose answer must be known at once; says whether it was done. */
export async function doNow(path, body = {}, refused = refuse) {
  if (isBusy) return false;
  isBusy = true;
  part("wrong").replaceChildren();
  hush();
  try {
    if (!(await saveAll())) throw new Refused(0, { sentence: NOT_SAVED });
    take(await ask(path, body));
    return true;
  } catch (error) {
    refused(error);
    return false;
  } finally {
    isBusy = false;
  }
}

/** Say in a sentence why something was not done. */
export function whyNot(error) {
  if (error instanceof SignedOut) return "You have been signed out: sign in on another tab, then try again.";
  if (error instanceof Unreachable) return NO_CONNECTION;
  if (error instanceof Refused) return error.message;
  throw error;
}

function refuse(error) {
  const missing = error.answer?.missing ?? [];
  if (missing.length) return askFor(missing);
  part("wrong").replaceChildren(make("span", {}, whyNot(error)));
}

function askFor(missing) {
  part("wrong").replaceChildren(
    ...missing.map(({ box, sentence }) => {
      const line = make("span", {}, sentence);
      line.dataset.missing = box;
      return line;
    }),
  );
  lead(missing[0].box);
}

/** Take away the sentence about what has been put in since. */
function drawMissing() {
  const lines = part("wrong").querySelectorAll("[data-missing]");
  if (!lines.length) return;
  const missing = missingIn(shownItem().id).map(({ box }) => box);
  for (const line of lines) if (!missing.includes(line.dataset.missing)) line.remove();
}

/** Lead to what is missing, so that it can be put in at once. */
function lead(box) {
  const place = part(BOXES[box] ?? "");
  (place?.matches("textarea") ? place : place?.querySelector("input"))?.focus();
}

/** Say whether all that was typed is saved: nothing else is read back. */
async function isSaved() {
  part("wrong").replaceChildren();
  const isDone = await saveAll();
  if (!isDone) part("wrong").replaceChildren(make("span", {}, NOT_SAVED));
  return isDone;
}

/** Read back what was decided; then confirm it, and go on to the next case where that is wanted. */
export async function confirm() {
  const item = shownItem();
  if (!item || !mayEnd() || !(await isSaved())) return;
  if (shownItem()?.id !== item.id || !mayEnd() || document.querySelector("dialog[open]")) return;
  const answer = await readBack(item);
  if (!answer) return mayEnd() && missingIn(item.id).length ? askFor(missingIn(item.id)) : undefined;
  if (!(await doNow(`/items/${item.id}/confirm`))) return;
  say(`${item.ref} is confirmed.`);
  if (answer === "next") return next();
  part("minutes").scrollTo(0, 0);
  part("next").focus();
}

/** End a case in another way than with a decision. */
export async function end(how) {
  const item = shownItem();
  if (!item || !mayEnd()) return;
  let body = {};
  if (how in WHY && !(how === "note" && item.is_for_note)) {
    const warned = how === "carry" && item.carried_before > 1 ? `Carried over ${item.carried_before} times already: say what has to happen so that it is decided next time.` : "";
    const reason = await askReason(`${WHY[how].title}: ${item.ref}`, WHY[how].label, WHY[how].button, warned);
    if (!reason) return;
    body = { reason };
  }
  if (await doNow(`/items/${item.id}/${how}`, body)) {
    say(`${item.ref}: ${ENDS[shownItem().state] ?? "done"}.`);
    part("next").focus();
  }
}

function said(item) {
  const { decision } = minutesOf(item.id);
  if (item.state !== "decided" || !decision) return `${ENDS[item.state] ?? ""}.`;
  return `Read back by ${decision.read_back_by} and confirmed, ${clock(decision.confirmed_at)}.`;
}

function draw() {
  const item = shownItem();
  part("minutes").hidden = !item;
  if (!item) return;
  const isEnded = isOver(item);
  const mayMinute = room().meeting.may_minute;
  part("outcome").hidden = !isEnded;
  part("outcome").textContent = isEnded ? said(item) : "";
  part("outcome").className = `run-outcome is-${item.state}`;
  part("confirm").hidden = part("otherwise").hidden = !mayEnd();
  part("next").classList.toggle("nhsuk-button--secondary", !(isEnded && mayMinute));
  part("minutes").classList.toggle("is-looking", !mayMinute);
  part("again").hidden = !(isEnded && mayMinute && ["running", "minutes_draft"].includes(room().meeting.state));
  if (part("wrong").dataset.about !== item.id) part("wrong").replaceChildren();
  part("wrong").dataset.about = item.id;
  drawMissing();
}

export function beginOutcomes() {
  part("confirm").addEventListener("click", confirm);
  part("again").addEventListener("click", () => discuss(shownItem().id));
  for (const button of part("otherwise").children) button.addEventListener("click", () => end(button.dataset.outcome));
  root.addEventListener("input", drawMissing);
  onChange(draw);
}
