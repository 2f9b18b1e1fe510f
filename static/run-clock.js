// The quiet clock: minutes of the meeting and of the case, a bar that turns amber at the plan, no sound.
import { tick } from "./run-list.js";
import * as outbox from "./run-outbox.js";
import { minutesAndSeconds, part } from "./run-page.js";
import { countedSince, isRunning, mayWrite, onChange, plannedOf, room, secondsOf, shownItem, tellAll } from "./run-state.js";
import { tell } from "./telling.js";

const A_MINUTE = 60;

function drawMeeting() {
  const { minutes, elapsed_s: elapsed, state } = room().meeting;
  const passed = Math.floor((elapsed + countedSince()) / A_MINUTE);
  const texts = { running: `${passed} of ${minutes} minutes`, minutes_draft: `Took ${passed} of ${minutes} minutes`, signed: "Signed" };
  part("clock").textContent = texts[state] ?? `${minutes} minutes`;
  part("clock").classList.toggle("is-over", isRunning() && passed >= minutes);
}

function drawCase() {
  const item = shownItem();
  if (!item) return;
  const [taken, planned] = [secondsOf(item), plannedOf(item)];
  part("ref").textContent = item.ref;
  part("taken").textContent = `${minutesAndSeconds(taken)} of ${minutesAndSeconds(planned)}`;
  part("fill").setAttribute("width", Math.min((100 * taken) / planned, 100).toFixed(1));
  part("minutes").classList.toggle("is-late", taken >= planned);
  part("borrow").hidden = !mayWrite() || item.state !== "open";
}

/** Let time pass on the page. */
export function drawClock() {
  drawMeeting();
  drawCase();
}

function borrow() {
  const item = shownItem();
  // Sent twice, it is lent once.
  const had = item.borrowed_s / A_MINUTE;
  item.borrowed_s += A_MINUTE;
  tellAll();
  outbox.post("borrow", `/items/${item.id}/borrow`, { minutes: 1, had });
}

export function beginClock() {
  outbox.handle("borrow", { done: () => {}, refused: (job, refusal) => tell(refusal.message) });
  part("borrow").addEventListener("click", borrow);
  onChange(drawClock);
  setInterval(() => {
    drawClock();
    tick();
  }, 1_000);
}
