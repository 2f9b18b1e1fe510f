// What the room knows: the state as the server told it last, and which case is shown here.

const told = document.getElementById("state");
let state = JSON.parse(told.textContent);
// Somebody who objects later is not to stay in the page.
told.remove();
let toldAt = Date.now();
let shownId = null;
const listeners = [];

const NOTHING_YET = { blocks: {}, actions: [], bookings: [], checklist: [], view_heard: null, review_due: null, goal_id: "", decision: null };

export const room = () => state;
export const itemOf = (id) => state.items.find((item) => item.id === id);
export const shownItem = () => itemOf(shownId);
export const openItem = () => state.items.find((item) => item.state === "open");
export const minutesOf = (id) => (state.minutes[id] ??= structuredClone(NOTHING_YET));
export const isRunning = () => state.meeting.state === "running";
export const isOver = (item) => ["decided", "noted", "carried", "not_reached", "withdrawn"].includes(item.state);
/** Say whether a case still waits to be talked about, or is. */
export const isToCome = (item) => ["planned", "open"].includes(item.state);
/** Say whether one may write into the minutes of the case that is shown: until it is read back, also of one put off. */
export const mayWrite = () => state.meeting.may_minute && isRunning() && Boolean(shownItem()) && shownItem().state !== "decided";
/** Say whether the case that is shown still waits for its outcome. */
export const mayEnd = () => mayWrite() && !isOver(shownItem());

/** How many seconds have passed since the state was true: the server's clock counts, only the passing is ours. */
const sinceTold = () => (Date.now() - toldAt) / 1000;

/** How many of them count: what is put right after the end is no time of the meeting's. */
export const countedSince = () => (isRunning() && state.meeting.is_timed ? sinceTold() : 0);

/** How long a case has been talked about. */
export const secondsOf = (item) => item.taken_s + (item.state === "open" ? countedSince() : 0);

/** Say whether the room left a case without an outcome; a glance of less than a second is none. */
export const isLeftOpen = (item) => item.state === "planned" && item.taken_s >= 1;

export const plannedOf = (item) => item.planned_s + item.borrowed_s;

/** Be told whenever something changed; listeners draw what is theirs. */
export function onChange(listener) {
  listeners.push(listener);
}

export function tellAll() {
  for (const listener of listeners) listener();
}

/** Take over what the server told, unless something newer is known. */
export function take(fresh) {
  if (!fresh || fresh.number < state.number) return;
  [state, toldAt] = [fresh, Date.now()];
  if (!shownItem()) shownId = (openItem() ?? state.items[0])?.id ?? null;
  tellAll();
}

/** Let the room talk about a case from this moment, before the server has agreed. */
export function openNow(item) {
  const left = openItem();
  if (left) {
    left.taken_s = secondsOf(left);
    left.state = minutesOf(left.id).decision ? "decided" : "planned";
  }
  [item.state, state.meeting.state] = ["open", "running"];
  // What passed before is not this case's.
  item.taken_s -= countedSince();
  tellAll();
}

/** Let a case be the one that is shown. */
export function setShown(id) {
  shownId = id;
  tellAll();
}
