// Building a list by dragging, beside its buttons: onto the list, to another place of it, and off it again.
const page = () => document.getElementById("building");
const POINTED = ["drop-before", "drop-after", "drop-here"];
let dragged = null;
let landed = null;
let pressed = null;

/** Marked text is dragged as text: what counts is where it stands. */
const at = (event) => (event.target.closest ? event.target : event.target.parentElement);

function send(url, values = {}) {
  window.htmx.ajax("POST", url, { target: "#building", swap: "outerHTML", values });
}

function unpoint() {
  for (const name of POINTED) page().querySelector(`.${name}`)?.classList.remove(name);
}

/** Say where a drop would put what is dragged: a row and the side of it, or the list itself. */
function placeOf(event) {
  const list = at(event)?.closest(".building__list");
  if (!list || !dragged) return null;
  const row = at(event).closest("[data-move-url]");
  if (!row || dragged.dataset.case) return { list };
  const box = row.getBoundingClientRect();
  return { row, isAfter: event.clientY > box.top + box.height / 2 };
}

function isOverPool(event) {
  return dragged?.dataset.moveUrl && at(event)?.closest(".building__pool");
}

document.addEventListener("dragstart", (event) => {
  const row = at(event)?.closest(".agenda-row__grip")?.closest(".agenda-row");
  if (!row) return;
  dragged = row;
  row.classList.add("is-dragged");
  event.dataTransfer.effectAllowed = "move";
  // No name and no id leaves the page, should it be dropped on another.
  event.dataTransfer.setData("text/plain", "");
  event.dataTransfer.setDragImage(row, 20, 20);
});

document.addEventListener("dragover", (event) => {
  const place = placeOf(event);
  if (!place && !isOverPool(event)) return;
  event.preventDefault();
  unpoint();
  if (!place) at(event).closest(".building__pool").classList.add("drop-here");
  else if (place.row) place.row.classList.add(place.isAfter ? "drop-after" : "drop-before");
  else place.list.classList.add("drop-here");
});

document.addEventListener("drop", (event) => {
  const place = placeOf(event);
  if (!place && !isOverPool(event)) return;
  event.preventDefault();
  const [row, position] = [dragged, place?.row && landing(place)];
  if (!place) landed = () => row.querySelector("form[action$='/off']").requestSubmit();
  else if (row.dataset.case) landed = () => send(page().dataset.addUrl, { case_id: row.dataset.case });
  else if (place.row && place.row !== row) landed = () => send(row.dataset.moveUrl, { position });
});

/** Count the place a row lands on: taking it away first moves those behind it up by one. */
function landing({ row, isAfter }) {
  const [from, to] = [Number(dragged.dataset.position), Number(row.dataset.position)];
  const wanted = isAfter ? to + 1 : to;
  return from < wanted ? wanted - 1 : wanted;
}

// Only now: a row that is swapped away while it is dragged would never let go.
document.addEventListener("dragend", () => {
  dragged?.classList.remove("is-dragged");
  unpoint();
  landed?.();
  dragged = landed = null;
});

document.addEventListener("click", (event) => {
  const number = event.target.closest?.("[data-tick]")?.dataset.tick;
  if (number) [...page().querySelectorAll(".agenda-row__tick")].forEach((box, place) => { box.checked = place < number; });
});

function showTicker() {
  for (const button of document.querySelectorAll("[data-tick]")) button.hidden = false;
}

document.addEventListener("htmx:beforeRequest", (event) => {
  pressed = event.detail.requestConfig?.triggeringEvent?.submitter?.id ?? null;
});

/** What comes with its words in it is not read out: they are put in once it is there. */
function readOut(status) {
  const said = status.textContent;
  if (!said) return;
  status.textContent = "";
  requestAnimationFrame(() => { status.textContent = said; });
}

document.addEventListener("htmx:afterSettle", () => {
  showTicker();
  readOut(page().querySelector("[role=status]"));
  if (pressed === null) return;
  // A button that is there no more leaves the keys to the list.
  const button = document.getElementById(pressed) ?? document.getElementById("the-list");
  // At either end the pressed button can go no further: its neighbour takes the keys.
  (button.disabled ? button.closest("form").querySelector("button:not(:disabled)") : button)?.focus();
  pressed = null;
});

showTicker();
