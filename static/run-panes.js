// The cases as the room looks at them. One that comes on the list late is fetched; one that is no longer for these
// eyes goes at once.
import { base, make, part, root } from "./run-page.js";
import { itemOf, onChange, room, shownItem } from "./run-state.js";
import { tell, token } from "./telling.js";

const panes = new Map([...root.querySelectorAll("[data-item]")].map((pane) => [pane.dataset.item, pane]));
const middle = root.querySelector(".run-middle");

export const paneOf = (id) => panes.get(id);

/** Show the pane of the case that is shown, and no other. */
export function drawPanes() {
  for (const [id, pane] of panes) pane.hidden = id !== shownItem()?.id;
}

function follow() {
  for (const [id, pane] of panes) {
    if (itemOf(id)) continue;
    if (!pane.hidden) sayGone();
    drop(id, pane);
  }
  for (const { id } of room().items) if (!panes.has(id)) fetchPane(id);
  drawPanes();
}

function sayGone() {
  tell("The case that was shown here is not on the list any more.", "plain");
  // What somebody is writing of one person must not run on into the minutes of the next.
  if (part("minutes").contains(document.activeElement)) document.activeElement.blur();
}

function drop(id, pane) {
  pane.remove();
  panes.delete(id);
}

async function fetchPane(id) {
  const place = make("section", { className: "run-case", hidden: true });
  panes.set(id, place);
  middle.append(place);
  const answer = await fetch(`${base}/items/${id}/pane`, { redirect: "manual" }).catch(() => null);
  // Without it the list goes on; the next change of the room asks again.
  if (!answer?.ok) return drop(id, place);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-item]");
  if (panes.get(id) !== place) return place.remove();
  place.replaceWith(fresh);
  panes.set(id, fresh);
  middle.querySelector(".empty-state")?.remove();
  listen(fresh);
  drawPanes();
}

/** Note with one click that somebody's words are still true. */
async function confirmWords({ currentTarget: button }) {
  const line = make("strong", {}, "still true, noted just now");
  const sent = { method: "POST", headers: { "X-CSRFToken": token() }, redirect: "manual" };
  const answer = await fetch(button.dataset.stillTrue, sent).catch(() => null);
  if (answer && (answer.ok || answer.type === "opaqueredirect")) button.replaceWith(line);
  else tell("That was not noted: the network did not answer. Try again.");
}

function listen(pane) {
  for (const button of pane.querySelectorAll("[data-still-true]")) button.addEventListener("click", confirmWords);
}

export function beginPanes() {
  panes.forEach(listen);
  onChange(follow);
}
