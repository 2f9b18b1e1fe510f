// The plan of rotations by keyboard: one tab stop, arrows between placements, and a key for each deed.
import { token } from "./telling.js";

const table = document.getElementById("plan");
const panel = document.getElementById("plan-panel");
const KEPT = `plan-cell ${location.pathname}`;

/** Give the cells of each row that can be gone to, in order. */
const rows = () =>
  [...table.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("td a")]).filter((row) => row.length);

function enter(cell) {
  for (const other of table.querySelectorAll("td a")) other.tabIndex = other === cell ? 0 : -1;
}

function go(cell) {
  enter(cell);
  cell.focus();
  cell.scrollIntoView({ block: "nearest", inline: "nearest" });
}

/** Of the row above or below, the cell that lies nearest. */
function across(cell, step) {
  const all = rows();
  const row = all[all.findIndex((each) => each.includes(cell)) + step];
  if (!row) return null;
  const at = cell.getBoundingClientRect().left;
  return row.reduce((best, each) => {
    const far = (one) => Math.abs(one.getBoundingClientRect().left - at);
    return far(each) < far(best) ? each : best;
  });
}

function beside(cell, step) {
  const row = rows().find((each) => each.includes(cell));
  return row[row.indexOf(cell) + step];
}

/** Do something as a form would, and come back to the same cell. */
function send(url, cell) {
  if (!url || table.dataset.editable !== "yes") return;
  sessionStorage.setItem(KEPT, cell?.id ?? "");
  const form = document.createElement("form");
  form.method = "post";
  form.action = url;
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = "csrf_token";
  field.value = token();
  form.append(field);
  document.body.append(form);
  form.submit();
}

const KEYS = {
  ArrowLeft: (cell) => beside(cell, -1),
  ArrowRight: (cell) => beside(cell, 1),
  ArrowUp: (cell) => across(cell, -1),
  ArrowDown: (cell) => across(cell, 1),
};

function onKey(event) {
  const cell = event.target.closest("td a");
  if (!cell || event.altKey) return;
  if (event.ctrlKey || event.metaKey) return;
  const to = KEYS[event.key]?.(cell);
  if (to) go(to);
  else if (event.key === "p" || event.key === "P") send(cell.dataset.pin, cell);
  else if (event.key === "Delete") send(cell.dataset.clear, cell);
  if (to || ["Delete", ...Object.keys(KEYS)].includes(event.key)) event.preventDefault();
}

function onUndo(event) {
  const isTyping = event.target.closest?.("input, textarea, select");
  if (isTyping || event.key !== "z" || !(event.ctrlKey || event.metaKey)) return;
  const form = document.getElementById("undo");
  if (!form) return;
  event.preventDefault();
  sessionStorage.setItem(KEPT, document.activeElement?.id ?? "");
  form.requestSubmit();
}

const chosen = () => document.getElementById(panel.dataset.of ?? "");

function onOpened() {
  for (const cell of table.querySelectorAll("[aria-current]")) cell.removeAttribute("aria-current");
  chosen()?.setAttribute("aria-current", "true");
  const close = document.createElement("button");
  close.type = "button";
  close.className = "plan-panel__close";
  close.textContent = "Close";
  close.addEventListener("click", shut);
  panel.prepend(close);
  panel.focus();
}

function shut() {
  const cell = chosen();
  panel.replaceChildren();
  cell?.removeAttribute("aria-current");
  cell?.focus();
}

if (table) {
  const first = table.querySelector("td a");
  const before = document.getElementById(sessionStorage.getItem(KEPT) ?? "");
  sessionStorage.removeItem(KEPT);
  if (first) enter(before ?? first);
  before?.focus();
  table.addEventListener("keydown", onKey);
  table.addEventListener("click", (event) => {
    const cell = event.target.closest("td a");
    if (!cell) return;
    enter(cell);
    panel.dataset.of = cell.id;
  });
  panel.addEventListener("htmx:afterSwap", onOpened);
  panel.addEventListener("submit", () => sessionStorage.setItem(KEPT, panel.dataset.of ?? ""));
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") shut();
  });
  document.addEventListener("keydown", onUndo);
}
