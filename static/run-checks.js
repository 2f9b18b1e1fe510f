// The six lines before a decision is confirmed: three are ticked, three follow from what stands beside them.
import * as outbox from "./run-outbox.js";
import { part, root } from "./run-page.js";
import { isRunning, mayWrite, minutesOf, onChange, room, shownItem, tellAll } from "./run-state.js";
import { tell } from "./telling.js";

const boxes = [...part("checks").querySelectorAll('input[type="checkbox"]')];
const views = [...part("views").querySelectorAll("input")];
const months = [...root.querySelectorAll("[data-months]")];
const inWords = months[0].previousElementSibling;

/** Change something of the case that is shown: seen at once, sent when the line is free. */
function put(kind, path, body, change) {
  const item = shownItem();
  const was = structuredClone(minutesOf(item.id));
  change(minutesOf(item.id));
  outbox.post(kind, `/items/${item.id}/${path}`, body, { item: item.id, was });
  tellAll();
}

function refused({ about }, refusal) {
  const { checklist, view_heard, review_due } = about.was;
  Object.assign(minutesOf(about.item), { checklist, view_heard, review_due });
  tell(refusal.message);
  tellAll();
}

function onBox({ currentTarget: box }) {
  put("check", "check", { line: box.value, on: box.checked }, (minutes) => {
    minutes.checklist = minutes.checklist.filter((line) => line !== box.value);
    if (box.checked) minutes.checklist.push(box.value);
  });
}

function onView({ currentTarget: radio }) {
  put("view", "view", { how: radio.value }, (minutes) => (minutes.view_heard = radio.value));
}

function review(day) {
  if (day === (minutesOf(shownItem().id).review_due ?? "")) return;
  put("review", "review", { due: day }, (minutes) => (minutes.review_due = day || null));
}

function inMonths(count) {
  const day = new Date(`${room().server_now.slice(0, 10)}T12:00:00Z`);
  const wanted = (day.getUTCMonth() + count) % 12;
  day.setUTCMonth(day.getUTCMonth() + count);
  // The 31st of a shorter month is its last day, not the first of the next.
  if (day.getUTCMonth() !== wanted) day.setUTCDate(0);
  return day.toISOString().slice(0, 10);
}

/** What follows from the rest of the page. */
function follows({ view_heard: view, actions, review_due: day }) {
  return { view_heard: Boolean(view), owned: actions.length > 0, review: Boolean(day) };
}

const lines = [...part("checks").querySelectorAll("[data-line]")];

/** Name the lines that are open; how the view was heard is told by itself. */
export function notTicked(minutes) {
  const isDone = { ...follows(minutes), view_heard: true, ...(minutes.goal_id && { goal_linked: true }) };
  const open = lines.filter(({ dataset: { line } }) => !(isDone[line] ?? minutes.checklist.includes(line)));
  return open.map((each) => each.textContent);
}

/** Tell how the person's view came into the room, or nothing. */
export const viewSaid = ({ view_heard: view }) => views.find(({ value }) => value === view)?.labels[0].textContent ?? "";

function draw() {
  const item = shownItem();
  if (!item) return;
  const minutes = minutesOf(item.id);
  const isLocked = !mayWrite();
  for (const box of boxes) {
    // A goal that is chosen links the decision by itself.
    const isLinked = box.value === "goal_linked" && Boolean(minutes.goal_id);
    [box.checked, box.disabled] = [isLinked || minutes.checklist.includes(box.value), isLocked || isLinked];
  }
  for (const radio of views) [radio.checked, radio.disabled] = [minutes.view_heard === radio.value, isLocked];
  for (const each of [inWords, ...months]) each.hidden = isLocked;
  const day = part("review");
  day.disabled = isLocked;
  if (document.activeElement !== day) day.value = minutes.review_due ?? "";
  for (const [line, isDone] of Object.entries(follows(minutes))) {
    const place = part("checks").querySelector(`[data-follows="${line}"]`);
    place.querySelector("[data-said]").textContent = isDone ? "done" : "open";
    place.classList.toggle("is-done", isDone);
  }
  part("checks").hidden = !isRunning() && !minutes.decision;
}

export function beginChecks() {
  for (const kind of ["check", "view", "review"]) outbox.handle(kind, { done: () => {}, refused });
  for (const box of boxes) box.addEventListener("change", onBox);
  for (const radio of views) radio.addEventListener("change", onView);
  for (const button of months) button.addEventListener("click", () => review(inMonths(Number(button.dataset.months))));
  // While a date is typed it is no date yet, or one of the year 2.
  part("review").addEventListener("change", ({ target }) => target.validity.valid && (!target.value || target.value > "2000") && review(target.value));
  onChange(draw);
}
