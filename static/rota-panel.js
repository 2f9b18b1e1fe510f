// The panel beside the grid: what stands in a cell, who could fill a gap, and what a change ran into.
import { SignedOut, Unreachable, ask, placeIn, placeParts } from "./rota-asking.js";
import { link, notice, say } from "./rota-notice.js";
import { addressOf, here, isPersons, moveTo, restore, table } from "./rota-table.js";

export const panel = document.getElementById("rota-panel");
let byKeyboard = false;
let chosen = null; // The id of the cell that the panel is about: the cell itself is replaced when it is saved.
let looked = 0;
let beforeOpening = null; // What the panel said while nothing was chosen.

export const isOpen = () => Boolean(chosen);

function choose(cell) {
  chosen = cell?.id ?? null;
  markChosen();
}

/** Mark the cell that the panel is about, also after it has been drawn anew. */
export function markChosen() {
  for (const other of table.querySelectorAll("[aria-selected]")) {
    if (other.id !== chosen) other.removeAttribute("aria-selected");
  }
  if (chosen) document.getElementById(chosen)?.setAttribute("aria-selected", "true");
}

function questionOf(cell) {
  if (isPersons(cell)) return `${table.dataset.panel}?${new URLSearchParams(addressOf(cell))}`;
  return cell.dataset.line && table.dataset.gap ? `${table.dataset.gap}?line=${cell.dataset.line}` : null;
}

/** Open what belongs to a cell; who came by keyboard is taken into the panel. */
export function open(cell, keyboard) {
  const url = questionOf(cell);
  if (!url) return;
  byKeyboard = keyboard;
  choose(cell);
  look(url);
}

/** Ask for leave beside the grid, where that can be done. */
export function openLeave(cell) {
  if (!table.dataset.leave) return;
  byKeyboard = true;
  choose(cell);
  const [, , , version] = location.pathname.split("/");
  look(`${table.dataset.leave}?${new URLSearchParams({ ...addressOf(cell), version })}`);
}

async function look(url) {
  const mine = ++looked;
  panel.setAttribute("aria-busy", "true");
  try {
    const answer = await ask(url);
    if (mine === looked) show(answer.html);
  } catch (error) {
    if (error instanceof SignedOut) notice("You have been signed out.", link("Sign in (opens a new tab)", "/sign-in"));
    else if (error instanceof Unreachable) notice("The network does not answer. Check your connection and try again.");
    else throw error;
  } finally {
    panel.removeAttribute("aria-busy");
  }
}

function show(html, first = "#panel-title") {
  beforeOpening ??= panel.innerHTML;
  placeIn(panel, html);
  panel.classList.add("is-open");
  const start = panel.querySelector(first) ?? panel.querySelector("#panel-title");
  if (byKeyboard) start?.focus({ preventScroll: true });
}

/** Show a fragment that needs an answer, and go there: to its title, or to what most will want. */
export function confront(cell, html, first) {
  looked += 1;
  byKeyboard = true;
  choose(cell);
  show(html, first);
}

/** Show what the server answered to a change that it refused. */
export function refuse(cell, html) {
  const read = document.createElement("template");
  read.innerHTML = html;
  if (read.content.querySelector("#panel-title")) confront(cell, html);
  else if (read.content.querySelector("#rota-said")) placeParts(html);
  else say(read.content.textContent.trim());
}

/** Close the panel and go back to the cell it was about. */
export function close() {
  looked += 1;
  panel.classList.remove("is-open");
  if (beforeOpening !== null) panel.innerHTML = beforeOpening;
  choose(null);
  const cell = here();
  if (cell) moveTo(cell);
}

/** Look again at the cell that the panel is about, if it is one of these. */
export function lookAgain(ids) {
  const cell = ids.includes(chosen) && document.getElementById(chosen);
  if (!cell || panel.contains(document.activeElement)) return;
  open(cell, false);
}

panel?.addEventListener("click", (event) => {
  if (event.target.closest("[data-close-panel]")) close();
});
// A conflict is an answer to what the panel asked, so it is shown there and not at the top of the page.
panel?.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status !== 409) return;
  event.detail.shouldSwap = true;
  event.detail.isError = false;
  event.detail.target = panel;
});
panel?.addEventListener("htmx:afterRequest", (event) => {
  const { requestConfig, xhr } = event.detail;
  if (requestConfig.verb !== "post") return;
  restore();
  if (xhr.status >= 400) {
    panel.querySelector("#panel-title")?.focus({ preventScroll: true });
    return;
  }
  const cell = here();
  // What needs no more answer from the panel leads back to the grid.
  if (xhr.getResponseHeader("HX-Reswap") === "none") close();
  else if (cell) choose(cell);
  if (cell && byKeyboard) cell.focus({ preventScroll: true });
});
