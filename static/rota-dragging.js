// Sessions dragged with the mouse: moved, copied with Ctrl held, and ranges chosen with Shift held.
import { change } from "./rota-editing.js";
import { say } from "./rota-notice.js";
import { cellOf, isPersons, isPlaced, mayEdit, moveTo, table, textOf } from "./rota-table.js";

const FAR_ENOUGH = 6;
let drag = null;

const under = (event) => cellOf(document.elementFromPoint(event.clientX, event.clientY));
const isTarget = (cell) => cell && isPersons(cell) && cell.id !== drag.id;

function onDown(event) {
  const cell = cellOf(event.target);
  // A finger on the grid scrolls it; on a phone sessions are moved from the panel.
  if (!cell || !isPersons(cell) || event.button !== 0 || event.pointerType === "touch") return;
  drag = { id: cell.id, x: event.clientX, y: event.clientY, isRange: event.shiftKey, isOn: false };
  if (event.shiftKey) event.preventDefault();
}

function onMove(event) {
  if (!drag) return;
  if (event.buttons === 0) {
    stop();
    return;
  }
  if (!drag.isOn && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < FAR_ENOUGH) return;
  const from = document.getElementById(drag.id);
  if (!drag.isOn && !begin(from)) return;
  const cell = under(event);
  if (drag.isRange) {
    if (cell && isPersons(cell)) moveTo(cell, true);
    return;
  }
  for (const old of table.querySelectorAll(".is-target")) old.classList.remove("is-target");
  if (isTarget(cell)) cell.classList.add("is-target");
}

function begin(from) {
  if (!drag.isRange && !(mayEdit && isPlaced(from))) {
    drag = null;
    return false;
  }
  drag.isOn = true;
  if (drag.isRange) moveTo(from);
  else from.classList.add("is-dragged");
  document.body.classList.add("is-dragging");
  return true;
}

function onUp(event) {
  if (!drag?.isOn) {
    drag = null;
    return;
  }
  const [from, to, done] = [document.getElementById(drag.id), under(event), drag];
  const drops = !done.isRange && isTarget(to);
  stop();
  // The click that ends a drag is not meant to open the panel.
  addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => removeEventListener("click", swallow, true));
  if (drops && from) drop(from, to, event.ctrlKey || event.metaKey);
}

const swallow = (event) => event.stopPropagation();

function drop(from, to, isCopy) {
  moveTo(to);
  const text = textOf(from);
  change(isCopy ? [[to, text]] : [[from, ""], [to, text]]);
}

function stop() {
  for (const cell of table.querySelectorAll(".is-target, .is-dragged")) cell.classList.remove("is-target", "is-dragged");
  document.body.classList.remove("is-dragging");
  drag = null;
}

function onKey(event) {
  if (event.key !== "Escape" || !drag?.isOn) return;
  event.stopPropagation();
  stop();
  say("Nothing was moved.");
}

export function listenToDragging() {
  table.addEventListener("pointerdown", onDown);
  document.addEventListener("pointermove", onMove);
  document.addEventListener("pointerup", onUp);
  document.addEventListener("pointercancel", stop);
  document.addEventListener("keydown", onKey, true);
}
