// The rota grid: one tab stop, arrow keys inside, and a panel for the chosen cell.
import { tell } from "./telling.js";

const table = document.querySelector("table.rota");
const panel = document.getElementById("rota-panel");
const undo = document.querySelector("form#undo");
let current = null; // The id of the chosen cell: the cell itself is replaced when it is saved.
let byKeyboard = false;

const rows = () => [...table.querySelectorAll("tr[data-member]")];
const shown = (cell) => cell.offsetParent !== null;

function moveTo(cell) {
  for (const other of table.querySelectorAll('td[tabindex="0"]')) other.tabIndex = -1;
  cell.tabIndex = 0;
  cell.focus();
  cell.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function neighbour(cell, down, right) {
  const all = rows();
  const row = cell.parentElement;
  if (!down) {
    let next = cell;
    do next = right > 0 ? next.nextElementSibling : next.previousElementSibling;
    while (next && next.tagName === "TD" && !shown(next));
    return next?.tagName === "TD" ? next : null;
  }
  const next = all[all.indexOf(row) + down];
  return next?.children[[...row.children].indexOf(cell)] ?? null;
}

function choose(cell) {
  for (const other of table.querySelectorAll("[aria-selected]")) other.removeAttribute("aria-selected");
  cell.setAttribute("aria-selected", "true");
  current = cell.id;
}

async function open(cell) {
  choose(cell);
  const [, , day, kind] = cell.id.split("-");
  const dashed = `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`;
  const question = new URLSearchParams({ member: cell.parentElement.dataset.member, day: dashed, kind });
  await window.htmx.ajax("GET", `${table.dataset.panel}?${question}`, { target: panel, swap: "innerHTML" });
  panel.classList.add("is-open");
  if (byKeyboard) panel.querySelector("#panel-title")?.focus();
}

function close() {
  panel.classList.remove("is-open");
  const cell = current && document.getElementById(current);
  if (cell) moveTo(cell);
}

const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

function onKey(event) {
  const cell = event.target.closest("tr[data-member] td");
  if (!cell) return;
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    byKeyboard = true;
    open(cell);
    return;
  }
  if (!(event.key in MOVES) || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  const next = neighbour(cell, ...MOVES[event.key]);
  if (next) moveTo(next);
}

table.addEventListener("keydown", onKey);
table.addEventListener("click", (event) => {
  const cell = event.target.closest("tr[data-member] td");
  if (!cell) return;
  byKeyboard = false;
  moveTo(cell);
  open(cell);
});
panel.addEventListener("click", (event) => {
  if (event.target.closest("[data-close-panel]")) close();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && (panel.contains(event.target) || panel.classList.contains("is-open"))) close();
  const typing = event.target.closest("input, select, textarea");
  if (event.key === "z" && (event.ctrlKey || event.metaKey) && undo && !typing) {
    event.preventDefault();
    undo.requestSubmit();
  }
});
panel.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.requestConfig.verb !== "post" || !current) return;
  const cell = document.getElementById(current);
  if (!cell) return;
  choose(cell);
  cell.tabIndex = 0;
  if (event.detail.successful) tell(`${document.getElementById("panel-title").textContent}: saved.`, "good");
  if (byKeyboard) cell.focus();
});

const first = table.querySelector("tr[data-member] td");
if (first) first.tabIndex = 0;
