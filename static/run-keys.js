// What the keys do: single letters outside the boxes, Ctrl and Enter inside them.
import { add } from "./run-actions.js";
import { present } from "./run-bar.js";
import { next, previous } from "./run-case.js";
import { lettersAreOn, openHelp } from "./run-help.js";
import { confirm, end } from "./run-outcome.js";
import { part } from "./run-page.js";
import { boxes } from "./run-words.js";

const LETTERS = {
  n: next,
  d: () => part("decision").focus(),
  a: () => part("action").focus(),
  c: () => end("carry"),
  p: present,
  "?": openHelp,
};

const isWriting = (element) => element.closest?.("textarea, select, input:not([type=checkbox], [type=radio]), [contenteditable]");

function onLetter(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat || !lettersAreOn()) return;
  if (isWriting(event.target) || event.target.closest?.("dialog")) return;
  const letter = event.key.toLowerCase();
  const act = letter === "n" && event.shiftKey ? previous : LETTERS[letter];
  if (!act) return;
  event.preventDefault();
  act();
}

function onEnter(event) {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  if (event.target === part("action")) add();
  else if (boxes.includes(event.target)) confirm();
  else return;
  event.preventDefault();
}

/** Escape leaves a box for the case, where letters are keys again. */
function onEscape(event) {
  const isBox = boxes.includes(event.target) || event.target === part("action");
  if (event.key !== "Escape" || event.defaultPrevented || !isBox) return;
  document.querySelector("[data-item]:not([hidden]) .run-case__question")?.focus({ preventScroll: true });
}

export function beginKeys() {
  document.addEventListener("keydown", onLetter);
  document.addEventListener("keydown", onEnter);
  document.addEventListener("keydown", onEscape);
}
