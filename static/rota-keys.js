// What each key does in a cell of the grid.
import { fillDown } from "./rota-clipboard.js";
import { Letters } from "./rota-codes.js";
import { change, takeBack, turnWeek } from "./rota-editing.js";
import { nextBreach, nextGap, search } from "./rota-finding.js";
import { lettersAreOn, openHelp } from "./rota-help.js";
import { say } from "./rota-notice.js";
import { close, isOpen, open, openLeave, panel } from "./rota-panel.js";
import { cellOf, edge, here, isPersons, isPlaced, mayEdit, moveTo, nameBeside, neighbour, placesIn, range, table } from "./rota-table.js";

const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const codes = [...JSON.parse(table?.dataset.sites ?? "[]").map((site) => site.code.toUpperCase()), "REM"];
const hint = document.createElement("div");
hint.className = "rota-typed";
hint.hidden = true;
hint.setAttribute("aria-hidden", "true");

export const letters = new Letters(codes, place, showTyped);

const chosen = () => range().flat();

function place(code) {
  change(chosen().map((cell) => [cell, code]));
}

function showTyped(typed) {
  hint.hidden = !typed;
  hint.textContent = typed;
  const cell = here();
  if (!typed || !cell) return;
  const box = cell.getBoundingClientRect();
  document.body.append(hint);
  hint.style.setProperty("left", `${box.left}px`);
  hint.style.setProperty("top", `${box.bottom + 2}px`);
  if (typed.startsWith("No ")) say(`${typed}.`);
}

function clear() {
  const cells = chosen().filter(isPlaced);
  if (cells.length) change(cells.map((cell) => [cell, ""]));
  else say("There is nothing to clear.");
}

function pin() {
  const cells = chosen().filter(isPlaced);
  const deed = cells.every((cell) => cell.classList.contains("pinned")) ? "unpin" : "pin";
  if (cells.length) change(cells.map((cell) => [cell, deed]));
  else say("Only somebody's session can be pinned.");
}

function go(cell, event) {
  if (event.key in MOVES) return neighbour(cell, ...MOVES[event.key]) ?? cell;
  if (event.key === "Home" || event.key === "End") return edge(cell, event.key === "End", event.ctrlKey);
  return null;
}

/** Moving about and opening: for everybody who sees the grid. */
function onMove(cell, event) {
  const next = event.altKey || event.metaKey || (event.ctrlKey && event.key in MOVES) ? null : go(cell, event);
  if (next) {
    letters.forget();
    moveTo(next, event.shiftKey);
  } else if (event.key === "PageUp" || event.key === "PageDown") turnWeek(cell, event.key === "PageUp" ? "prev" : "next");
  else if (["Enter", "F2", " "].includes(event.key)) open(cell, true);
  else return false;
  return true;
}

/** Keys with Ctrl, and those that are no characters: always there for those who may edit. */
function onDeed(cell, event) {
  const key = event.key.toLowerCase();
  const command = event.ctrlKey || event.metaKey;
  if (command && key === "d") fillDown();
  else if (command || event.altKey) return false;
  else if (key === "delete" || key === "backspace") clear();
  else return false;
  return true;
}

/** Single characters, which can be switched off. */
function onLetter(cell, event) {
  if (event.ctrlKey || event.metaKey || event.altKey || !lettersAreOn()) return false;
  if (event.key === "P" && event.shiftKey) pin();
  else if (/^[a-z0-9]$/i.test(event.key)) letters.type(event.key);
  else return false;
  return true;
}

/** Say why a key that would change a cell does nothing here. */
function onLocked(event) {
  const isOther = event.ctrlKey || event.metaKey || event.altKey || !table.dataset.locked;
  const isMeant = ["Delete", "Backspace"].includes(event.key) || (/^[a-z0-9]$/i.test(event.key) && lettersAreOn());
  if (isOther || !isMeant) return false;
  say(table.dataset.locked);
  return true;
}

/** Leave is recorded beside a published rota too. */
function onLeave(cell, event) {
  const isOther = event.ctrlKey || event.metaKey || event.altKey || event.key !== "L" || !event.shiftKey;
  if (isOther || !lettersAreOn() || !table.dataset.leave) return false;
  openLeave(cell);
  return true;
}

/** Names stand before the first cell of their row. */
function onNameKey(event) {
  const from = cellOf(event.target) ?? event.target.closest("th a");
  if (!from || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
  const name = nameBeside(from, event.key);
  const back = from.tagName === "A" && event.key === "ArrowRight" ? placesIn(from.closest("tr"))[0] : null;
  if (!name && !back) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (back) moveTo(back);
  else name.focus();
}

function onCellKey(event) {
  const cell = cellOf(event.target);
  if (!cell) return;
  const isOne = isPersons(cell);
  const mayChange = mayEdit && isOne;
  const isDone =
    onMove(cell, event) ||
    (isOne && onLeave(cell, event)) ||
    (mayChange && (onDeed(cell, event) || onLetter(cell, event))) ||
    (isOne && onLocked(event));
  if (isDone) event.preventDefault();
}

const isTyping = (element) => element.closest?.("input, select, textarea, [contenteditable]");

/** Keys of the page: they work wherever nothing is being written. */
function onPageKey(event) {
  if (event.defaultPrevented || isTyping(event.target) || event.target.closest?.("dialog")) return;
  const key = event.key.toLowerCase();
  const command = (event.ctrlKey || event.metaKey) && !event.altKey;
  if (command && mayEdit && (key === "z" || key === "y")) {
    takeBack(key === "y" || event.shiftKey ? "redo" : "undo");
  } else if (event.altKey && !command && event.code === "KeyN") nextGap();
  else if (event.altKey && !command && event.code === "KeyB") nextBreach();
  else if (command || event.altKey || !lettersAreOn()) return;
  else if (event.key === "?") openHelp();
  else if (event.key !== "/" || !search()) return;
  event.preventDefault();
}

function onEscape(event) {
  if (event.key !== "Escape" || event.target.closest?.("dialog")) return;
  if (letters.isTyping) letters.forget();
  else if (panel.contains(event.target) || isOpen()) close();
}

export function listenToKeys() {
  table.addEventListener("keydown", onNameKey);
  table.addEventListener("keydown", onCellKey);
  let at = null;
  table.addEventListener("focusin", (event) => {
    // The same cell is focused anew whenever the server has drawn it anew.
    if (event.target.id !== at) letters.forget();
    at = event.target.id;
  });
  document.addEventListener("keydown", onPageKey);
  document.addEventListener("keydown", onEscape);
}

