// Finds gaps and rows: the next short cell, and rows that fit what is typed.
import { readPageAgain } from "./rota-asking.js";
import { say } from "./rota-notice.js";
import { here, moveTo, placesIn, rows, table } from "./rota-table.js";

let box = null;

const column = (cell) => [...cell.parentElement.children].indexOf(cell);

/** Find the cells of a kind, those of the first day first. */
function find(kind) {
  const all = rows().flatMap((row, at) => placesIn(row).map((cell) => ({ cell, at, column: column(cell) })));
  return all.sort((a, b) => a.column - b.column || a.at - b.at).filter(({ cell }) => cell.matches(kind));
}

const gaps = () => find(".short[data-line]");

/** Go to the next short cell, the first day first; where none is in sight, to the page of the next one. */
export function nextGap() {
  const found = gaps();
  if (found.length) goTo(found, "Gap", inOtherWeeks());
  else goElsewhere();
}

/** Ask where the next gap is now: the link on this page knows the one from when it was loaded. */
async function goElsewhere() {
  const fresh = await readPageAgain().catch(() => null);
  const link = fresh?.getElementById("next-gap");
  if (link) location.assign(link.getAttribute("href"));
  else say("Nothing is short.");
}

/** Go to the next cell of the weeks in sight that breaks a rule. */
export function nextBreach() {
  const found = find(".breach");
  if (found.length) goTo(found, "Broken rule", "");
  else say("No rule is broken in what is shown.");
}

function inOtherWeeks() {
  const number = Number(table.dataset.gapsElsewhere ?? 0);
  return number ? ` (${number} more in other weeks)` : "";
}

function goTo(found, kind, more) {
  const from = here() ? [column(here()), rows().indexOf(here().parentElement)] : [-1, -1];
  const after = ({ column: right, at }) => right > from[0] || (right === from[0] && at > from[1]);
  const next = found.find(after) ?? found[0];
  moveTo(next.cell);
  const where = table.matches(".rota--four") ? "in these weeks" : "in this week";
  say(`${kind} ${found.indexOf(next) + 1} of ${found.length} ${where}${more}: ${next.cell.getAttribute("aria-label")}.`);
}

/** Find the first short cell in the column of a total. */
export function gapAbove(total) {
  return gaps().find((gap) => gap.column === column(total))?.cell ?? null;
}

/** Go to the search box. */
export function search() {
  box?.select();
  box?.focus();
  return Boolean(box);
}

function wordsOf(row) {
  const group = row.closest("tbody").querySelector(".rota__group")?.textContent ?? "";
  const cells = [...row.querySelectorAll("td")].map((cell) => `${cell.textContent} ${cell.getAttribute("aria-label") ?? ""}`);
  return `${row.querySelector("th")?.textContent} ${group} ${cells.join(" ")}`.toLowerCase();
}

/** Show only the rows in which every word occurs: in a name, a discipline, a site's code or name. */
function narrow(words) {
  let shown = 0;
  for (const body of table.tBodies) {
    const within = [...body.rows].filter((row) => !row.matches(".rota__group"));
    const fits = within.map((row) => words.every((word) => wordsOf(row).includes(word)));
    // Cover is looked at beside whoever is searched for, so it goes only where some of its rows fit better.
    const keepAll = body.matches(".rota__strips") && !fits.includes(true);
    within.forEach((row, at) => {
      row.hidden = !(fits[at] || keepAll);
      if (row.dataset.member && !row.hidden) shown += 1;
    });
    for (const heading of body.querySelectorAll(".rota__group")) heading.hidden = within.every((row) => row.hidden);
  }
  return shown;
}

const wordsTyped = () => box.value.toLowerCase().split(/\s+/).filter(Boolean);

function onTyped() {
  const words = wordsTyped();
  const shown = narrow(words);
  if (words.length) say(shown ? `${shown} ${shown === 1 ? "person" : "people"} shown.` : "Nobody fits. Escape shows everybody.");
  else say("Everybody is shown.");
}

function onKey(event) {
  if (event.key === "Escape" && box.value) {
    event.stopPropagation();
    box.value = "";
    onTyped();
  } else if (event.key === "Enter" && new URLSearchParams(location.search).get("name")) {
    // The address narrows the grid too: only the server can widen it.
    return;
  } else if (!["Escape", "Enter", "ArrowDown"].includes(event.key)) return;
  event.preventDefault();
  const cell = here()?.getClientRects().length ? here() : placesIn(rows()[0] ?? table)[0];
  if (cell) moveTo(cell);
}

/** Narrow the grid while one types in the search box, beside what the box asks the server for. */
export function narrowWhileTyping() {
  box = document.getElementById("rota-find");
  box?.addEventListener("input", onTyped);
  box?.addEventListener("keydown", onKey);
}

/** Narrow rows that the server has drawn anew, as those before them were. */
export function narrowAgain() {
  if (box?.value) narrow(wordsTyped());
}
