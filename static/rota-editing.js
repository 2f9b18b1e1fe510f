// Changes cells as one edit: shown at once, sent in turn, taken back where the server refuses.
import { say, sayFirst } from "./rota-notice.js";
import { lookAgain, refuse } from "./rota-panel.js";
import { send, whenSent } from "./rota-sending.js";
import { addressOf, here, moveTo, restore, rows, standOn, table } from "./rota-table.js";

/** Put texts into cells: `wanted` is a list of [cell, text], an empty text clears. */
export function change(wanted, kind = "change", said = "") {
  const changes = wanted.map(([cell, to]) => ({
    id: cell.id,
    to,
    seen: cell.dataset.seen ?? "empty",
    ...addressOf(cell),
  }));
  if (!changes.length) return;
  const drawn = wanted.map(([cell, to]) => draw(cell, to));
  send({
    url: table.dataset.edit,
    changes,
    form: () => ({ changes: JSON.stringify(changes.map(({ id, ...change }) => change)), kind, said }),
    done({ cells = [] }) {
      restore();
      lookAgain(cells);
    },
    refused(answer) {
      for (const undraw of drawn) undraw();
      const cell = document.getElementById(changes[0].id);
      standOn(cell);
      refuse(cell, answer.html);
    },
  });
}

/** Show what was asked for before the server has answered; gives a way back. */
function draw(cell, to) {
  const [before, classes] = [cell.innerHTML, cell.className];
  cell.classList.add("saving");
  if (to !== "pin" && to !== "unpin") cell.textContent = to;
  return () => {
    cell.innerHTML = before;
    cell.className = classes;
  };
}

/** Undo or redo, and go to the cell concerned, in whichever week it is. */
export function takeBack(name) {
  const done = ({ cells = [] }) => {
    goToFirst(cells);
    lookAgain(cells);
    sayFirst(name === "undo" ? "Undone." : "Done again.");
  };
  send({ url: table.dataset[name], form: () => ({}), done, refused: (answer) => refuse(here(), answer.html) });
}

function goToFirst(cells) {
  restore();
  const cell = [...table.querySelectorAll("td[id]")].find((each) => cells.includes(each.id));
  if (cell) moveTo(cell);
  else if (cells.length) goToWeekOf(cells[0]);
}

function goToWeekOf(id) {
  const [, , day] = id.split("-");
  const there = new URL(location.href);
  there.searchParams.set("week", `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`);
  sessionStorage.setItem("rota-stand", id);
  location.assign(there);
}

/** Go to the week before or after, to the same person and column. */
export function turnWeek(cell, rel) {
  if (!document.querySelector(".rota-week")) return;
  const turn = document.querySelector(`.rota-week a[rel="${rel}"]`);
  if (!turn) {
    say(rel === "next" ? "This is the last week." : "This is the first week.");
    return;
  }
  const row = rows().indexOf(cell.parentElement);
  sessionStorage.setItem("rota-stand", JSON.stringify([row, [...cell.parentElement.children].indexOf(cell)]));
  whenSent(() => turn.click());
}

/** Stand where one stood before the page was turned, or on the first cell. */
export function standAgain() {
  const kept = sessionStorage.getItem("rota-stand") ?? location.hash.slice(1);
  sessionStorage.removeItem("rota-stand");
  restore();
  const [row, column] = kept?.startsWith("[") ? JSON.parse(kept) : [];
  const cell = row === undefined ? document.getElementById(kept) : rows()[row]?.children[column];
  if (cell?.tabIndex !== undefined && cell.id) moveTo(cell);
}

document.addEventListener("rota-edited", (event) => {
  const { number } = event.detail;
  // A number further on means that somebody else was in between: the next pulse brings what they did.
  if (number === Number(table.dataset.number) + 1) table.dataset.number = number;
});
