// Which case is shown: the next, the one chosen, the one the room talks about. None of it waits for the server.
import { ask } from "./run-asking.js";
import * as outbox from "./run-outbox.js";
import { deed, hush, part } from "./run-page.js";
import { beginPanes, drawPanes, paneOf } from "./run-panes.js";
import { isRunning, isToCome, itemOf, onChange, openItem, openNow, room, setShown, shownItem, take } from "./run-state.js";
import { saveAll } from "./run-words.js";
import { tell } from "./telling.js";

let roomAt = null;

/** Show a case, and lead there whoever reads by ear. */
export function show(id, isLed = true) {
  if (!itemOf(id)) return;
  if (shownItem() && shownItem().id !== id) saveAll();
  setShown(id);
  drawPanes();
  if (!isLed) return;
  hush();
  for (const place of [window, part("minutes"), paneOf(id).parentElement]) place.scrollTo(0, 0);
  paneOf(id).querySelector(".run-case__question")?.focus({ preventScroll: true });
}

/** Show a case and let the room talk about it; the screen does not wait for the server to agree. */
export function discuss(id) {
  show(id);
  const { meeting } = room();
  if (!meeting.may_minute || !["running", "minutes_draft"].includes(meeting.state) || openItem()?.id === id) return;
  openNow(itemOf(id));
  outbox.forget((job) => job.kind === "open");
  outbox.post("open", `/items/${id}/open`, {}, { id });
}

/** Go to the next case after this one that is still open; who only looks goes on to the next of the list. */
export function next() {
  const { items, meeting } = room();
  const place = items.indexOf(shownItem());
  const mayOpen = meeting.may_minute && isRunning();
  // Nothing is talked about yet: the case that is shown comes first.
  if (mayOpen && !openItem() && shownItem()?.state === "planned") return discuss(shownItem().id);
  const isWaiting = (item) => !mayOpen || isToCome(item);
  const found = items.slice(place + 1).find(isWaiting) ?? items.slice(0, Math.max(place, 0)).find(isWaiting);
  // Going through the list after the end opens nothing again.
  if (found) (mayOpen ? discuss : show)(found.id);
  else tell(mayOpen ? "That was the last case of the list. You can finish the meeting." : "That was the last case of the list.", "plain");
}

/** Go back to the last case before this one that is still open; who only looks goes back one of the list. */
export function previous() {
  const { items, meeting } = room();
  const mayOpen = meeting.may_minute && isRunning();
  const found = items.slice(0, Math.max(items.indexOf(shownItem()), 0)).findLast((item) => !mayOpen || isToCome(item));
  if (found) (mayOpen ? discuss : show)(found.id);
  else tell(mayOpen ? "No case before this one is still open." : "That was the first case of the list.", "plain");
}

/** Those who only look go where the room goes; whoever writes is told, and led nowhere. */
function follow() {
  const open = openItem();
  const hasMoved = open && open.id !== roomAt;
  const wasThere = !roomAt || shownItem()?.id === roomAt;
  roomAt = open?.id ?? roomAt;
  if (hasMoved && !room().meeting.may_minute && wasThere && shownItem()?.id !== open.id) show(open.id, false);
}

function drawElsewhere() {
  const [open, shown] = [openItem(), shownItem()];
  const mayOpen = room().meeting.may_minute && shown?.state === "planned";
  const isElsewhere = Boolean(isRunning() && shown && open?.id !== shown.id && (open || mayOpen));
  const place = part("elsewhere");
  const about = isElsewhere ? `${open?.id} ${shown.id} ${shown.state}` : "";
  if (place.dataset.about === about) return;
  place.dataset.about = about;
  place.hidden = !isElsewhere;
  if (!isElsewhere) return place.replaceChildren();
  const parts = open
    ? [`The room is at ${open.position} · ${open.ref}. You are looking at ${shown.ref}.`, deed("Go there", () => show(open.id))]
    : ["No case is being discussed."];
  if (mayOpen) parts.push(deed(`Discuss ${shown.ref} now`, () => discuss(shown.id)));
  place.replaceChildren(...parts.flatMap((each) => [each, " "]));
}

/** What the server did not agree to is drawn as it is there. */
async function refuse(job, refusal) {
  tell(refusal.message);
  take(await ask("/pulse?number=-1").catch(() => null));
}

export function beginCases() {
  beginPanes();
  // What waits to be sent is not in this answer: the next pulse tells it with all of that.
  outbox.handle("open", { done: (job, state) => outbox.pending() || take(state), refused: refuse });
  part("next").addEventListener("click", next);
  onChange(follow);
  onChange(drawElsewhere);
  const first = openItem() ?? room().items.find((item) => item.state === "planned") ?? room().items[0];
  if (first) show(first.id, false);
}
