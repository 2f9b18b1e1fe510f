// Copy, cut, paste and fill down, as a spreadsheet does it and with spreadsheets.
import { SignedOut, Unreachable, ask } from "./rota-asking.js";
import { change } from "./rota-editing.js";
import { notice, say } from "./rota-notice.js";
import { confront, refuse } from "./rota-panel.js";
import { addressOf, cellOf, here, isPersons, mayEdit, range, table, textOf } from "./rota-table.js";

let cut = null; // The text that was cut, and the ids of its cells, until it is pasted.

const asBlock = (rows) => rows.map((cells) => cells.map(textOf).join("\t")).join("\r\n");
const linesOf = (text) => text.replace(/\r?\n$/, "").split(/\r?\n/).map((line) => line.split("\t"));

/** Say whether a copy or paste is meant for the grid: not for text that is marked or written. */
function isMine(event) {
  const cell = cellOf(document.activeElement);
  return cell && isPersons(cell) && !event.target.closest?.("input, textarea") && !String(getSelection());
}

function onCopy(event) {
  if (!isMine(event)) return;
  const rows = range();
  const isCut = event.type === "cut" && mayEdit;
  event.clipboardData.setData("text/plain", asBlock(rows));
  event.preventDefault();
  cut = isCut ? { text: asBlock(rows), ids: rows.flat().map((cell) => cell.id) } : null;
  const count = rows.flat().length;
  say(`${isCut ? "Cut" : "Copied"}: ${count === 1 ? textOf(rows[0][0]) || "an empty cell" : `${count} cells`}.`);
}

function onPaste(event) {
  if (!mayEdit || !isMine(event)) return;
  const text = event.clipboardData.getData("text/plain");
  event.preventDefault();
  const lines = linesOf(text);
  if (cut?.text === text) pasteCut(lines);
  else if (lines.length === 1 && lines[0].length === 1) {
    change(range().flat().map((cell) => [cell, lines[0][0].trim()]), "paste");
  } else preview(text);
}

/** Move what was cut: its cells are emptied by the same edit, where nothing is put into them. */
function pasteCut(lines) {
  const wanted = new Map(cut.ids.map((id) => [document.getElementById(id), ""]));
  cut = null;
  const start = range()[0][0];
  const rows = [...table.querySelectorAll("tr[data-member]")].filter((row) => !row.hidden);
  const [top, left] = [rows.indexOf(start.parentElement), [...start.parentElement.children].indexOf(start)];
  lines.forEach((texts, down) =>
    texts.forEach((text, right) => {
      const cell = rows[top + down]?.children[left + right];
      if (cell) wanted.set(cell, text.trim());
    }),
  );
  wanted.delete(null);
  change([...wanted], "paste");
}

async function preview(block) {
  const cell = range()[0][0];
  const fields = { ...addressOf(cell), block };
  try {
    const answer = await ask(table.dataset.paste, fields);
    if (answer.status >= 400) refuse(cell, answer.html);
    else confront(cell, answer.html, "form button");
  } catch (error) {
    if (error instanceof SignedOut) notice("You have been signed out. Sign in again, then paste again.");
    else if (error instanceof Unreachable) notice("The network does not answer. Nothing was pasted: try again.");
    else throw error;
  }
}

/** Fill a range with its first row, or a single cell with what stands above it. */
export function fillDown() {
  const rows = range();
  if (rows.length > 1) {
    change(rows.slice(1).flatMap((cells) => cells.map((cell, at) => [cell, textOf(rows[0][at])])), "paste");
    return;
  }
  const all = [...table.querySelectorAll("tr[data-member]")].filter((row) => !row.hidden);
  const row = here().parentElement;
  const before = all[all.indexOf(row) - 1];
  if (!before) {
    say("There is nothing above to fill down.");
    return;
  }
  const texts = rows[0].map((cell) => [cell, textOf(before.children[[...row.children].indexOf(cell)])]);
  change(texts, "paste");
}

export function listenToClipboard() {
  document.addEventListener("copy", onCopy);
  document.addEventListener("cut", onCopy);
  document.addEventListener("paste", onPaste);
}
