// The rota grid: brings its keys, mouse, clipboard, panel and pulse together. Without it the grid is a page of links.
import { listenToClipboard } from "./rota-clipboard.js";
import { listenToDragging } from "./rota-dragging.js";
import { standAgain, takeBack } from "./rota-editing.js";
import { gapAbove, narrowAgain, narrowWhileTyping, nextGap } from "./rota-finding.js";
import { offerHelp } from "./rota-help.js";
import { letters, listenToKeys } from "./rota-keys.js";
import { markChosen, open } from "./rota-panel.js";
import { beginPulse } from "./rota-pulse.js";
import { cellOf, isPersons, moveTo, restore, table } from "./rota-table.js";

function onClick(event) {
  const clicked = cellOf(event.target);
  if (!clicked) return;
  const cell = isPersons(clicked) || clicked.dataset.line ? clicked : (gapAbove(clicked) ?? clicked);
  moveTo(cell, event.shiftKey && isPersons(cell));
  if (!event.shiftKey) open(cell, false);
}

function onSubmit(event) {
  const name = event.target.id;
  if (name !== "undo" && name !== "redo") return;
  event.preventDefault();
  takeBack(name);
}

function onLink(event) {
  const link = event.target.closest?.("a[href*='#']");
  const cell = link?.hash && table.querySelector(`td[id="${link.hash.slice(1)}"]`);
  if (!cell && link?.id !== "next-gap") return;
  event.preventDefault();
  if (link.id === "next-gap") nextGap();
  else moveTo(cell);
}

/** Put back what belongs to the page and not to the server, whenever cells have been drawn anew. */
function keepUp() {
  narrowAgain();
  restore();
  markChosen();
}

function start() {
  new MutationObserver(keepUp).observe(table, { childList: true, subtree: true });
  table.addEventListener("click", onClick);
  document.addEventListener("submit", onSubmit);
  document.addEventListener("click", onLink);
  listenToKeys();
  listenToClipboard();
  listenToDragging();
  narrowWhileTyping();
  offerHelp(document.querySelector(".rota-legend"));
  standAgain();
  beginPulse(() => letters.isTyping);
}

if (table) start();
