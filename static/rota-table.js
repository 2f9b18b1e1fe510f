// The grid as a table of cells: where one stands, what lies beside it, and the range that is chosen.

export const table = document.querySelector("table.rota");
export const mayEdit = Boolean(table?.classList.contains("rota--editable"));

const CELL = "td[id][tabindex]";
let anchor = null; // Ids, not cells: a cell is replaced whenever the server says something about it.
let standing = null;

export const cellOf = (element) => element?.closest?.(`table.rota ${CELL}`) ?? null;
export const isPersons = (cell) => Boolean(cell?.parentElement.dataset.member);
/** Say whether somebody is placed there, whatever else is drawn over it. */
export const isPlaced = (cell) => Boolean(cell?.dataset.seen);
/** Give what is written in a cell; where leave is drawn over a duty, the duty. */
export const textOf = (cell) => (cell.querySelector("s") ?? cell).textContent.trim().replace(/\s+/g, " ");
export const here = () => (standing ? document.getElementById(standing) : null);

/** Say which person, day and session a cell is. */
export function addressOf(cell) {
  const [, , day, kind] = cell.id.split("-");
  const dashed = `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`;
  return { member: cell.parentElement.dataset.member, day: dashed, kind };
}

const isShown = (cell) => cell.getClientRects().length > 0;
const isPlace = (cell) => cell?.matches(CELL) && isShown(cell);
const column = (cell) => [...cell.parentElement.children].indexOf(cell);

export function rows() {
  return [...table.querySelectorAll("tbody tr, tfoot tr")].filter((row) => row.querySelector(CELL) && isShown(row));
}

export const placesIn = (row) => [...row.children].filter(isPlace);

function above(cell, down) {
  const all = rows();
  for (let at = all.indexOf(cell.parentElement) + down; all[at]; at += down) {
    const next = all[at].children[column(cell)];
    if (isPlace(next)) return next;
  }
  return null;
}

function beside(cell, right) {
  let next = cell;
  do next = right > 0 ? next.nextElementSibling : next.previousElementSibling;
  while (next && !isPlace(next));
  return next;
}

export const neighbour = (cell, down, right) => (down ? above(cell, down) : beside(cell, right));

/** Find the first or the last cell of a row, or of the whole grid. */
export function edge(cell, isLast, isWhole) {
  const all = rows();
  const row = isWhole ? all.at(isLast ? -1 : 0) : cell.parentElement;
  return placesIn(row).at(isLast ? -1 : 0) ?? cell;
}

/** Make a cell the one tab stop of the grid, without taking the focus there. */
export function standOn(cell) {
  for (const other of table.querySelectorAll('td[tabindex="0"]')) other.tabIndex = -1;
  cell.tabIndex = 0;
  standing = cell.id;
}

// However the focus came to a cell, that is where one stands.
table?.addEventListener("focusin", (event) => {
  const cell = cellOf(event.target);
  if (!cell || cell.id === standing) return;
  anchor = cell.id;
  standOn(cell);
  markRange();
});

/** Go to a cell; with `extend` the range reaches from where it began to there. */
export function moveTo(cell, extend = false) {
  if (!extend) anchor = cell.id;
  standOn(cell);
  cell.focus({ preventScroll: true });
  cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  markRange();
}

/** Give the chosen cells of people, row by row: one cell where no range is chosen. */
export function range() {
  const [from, to] = [document.getElementById(anchor) ?? here(), here()];
  if (!to) return [];
  const all = rows();
  const down = [all.indexOf(from.parentElement), all.indexOf(to.parentElement)].sort((a, b) => a - b);
  const across = [column(from), column(to)].sort((a, b) => a - b);
  return all
    .slice(down[0], down[1] + 1)
    .map((row) => [...row.children].slice(across[0], across[1] + 1).filter((cell) => isPlace(cell) && isPersons(cell)))
    .filter((cells) => cells.length);
}

function markRange() {
  for (const cell of table.querySelectorAll(".is-range")) cell.classList.remove("is-range");
  const cells = range().flat();
  if (cells.length > 1) for (const cell of cells) cell.classList.add("is-range");
}

/** Put the tab stop and the range back after cells have been replaced. */
export function restore() {
  const cell = here() ?? table.querySelector(`tbody ${CELL}`);
  if (cell) standOn(cell);
  // Names lead to a person's own sheet; inside the grid the arrows reach them, so they are no tab stops.
  for (const name of table.querySelectorAll("tr[data-member] th a")) name.tabIndex = -1;
  markRange();
}

/** Find the name to which an arrow leads: from the first cell of a row, or from another name. */
export function nameBeside(element, key) {
  const row = element.closest("tr[data-member]");
  if (!row) return null;
  if (element.tagName === "TD") return key === "ArrowLeft" && !neighbour(element, 0, -1) ? row.querySelector("th a") : null;
  const all = rows();
  const step = { ArrowUp: -1, ArrowDown: 1 }[key];
  return step ? (all[all.indexOf(row) + step]?.querySelector("th a") ?? null) : null;
}
