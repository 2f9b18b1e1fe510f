// Which of the person's goals the decision serves: chosen from those that stand beside the case, or none.
import * as outbox from "./run-outbox.js";
import { make, part } from "./run-page.js";
import { paneOf } from "./run-panes.js";
import { mayWrite, minutesOf, onChange, shownItem, tellAll } from "./run-state.js";
import { tell } from "./telling.js";

const list = part("goal");

/** Give what can be chosen in a case, each an id and its words. */
function goalsOf(id) {
  const found = [...(paneOf(id)?.querySelectorAll("[data-goal]") ?? [])].map((each) => [each.dataset.goal, each.textContent]);
  const chosen = minutesOf(id).goal_id;
  // Somebody else put it down after this page was loaded.
  if (chosen && !found.some(([goal]) => goal === chosen)) found.push([chosen, "A new goal: load the page again to read it"]);
  return found;
}

/** Tell the words of the goal that is chosen, or nothing. */
export const goalSaid = (id) => goalsOf(id).find(([goal]) => goal === minutesOf(id).goal_id)?.[1] ?? "";

function choose() {
  const item = shownItem();
  const was = minutesOf(item.id).goal_id;
  minutesOf(item.id).goal_id = list.value;
  outbox.post("goal", `/items/${item.id}/goal`, { goal: list.value }, { item: item.id, was });
  tellAll();
}

function refused({ about }, refusal) {
  minutesOf(about.item).goal_id = about.was;
  tell(refusal.message);
  tellAll();
}

function draw() {
  const item = shownItem();
  if (!item) return;
  const goals = goalsOf(item.id);
  part("goals").hidden = !goals.length;
  const options = [["", "None of them"], ...goals].map(([value, words]) => make("option", { value }, words));
  const fresh = make("select", {}, ...options);
  if (fresh.innerHTML !== list.innerHTML) list.replaceChildren(...fresh.childNodes);
  list.value = minutesOf(item.id).goal_id;
  list.disabled = !mayWrite();
}

export function beginGoal() {
  outbox.handle("goal", { done: () => {}, refused });
  list.addEventListener("change", choose);
  onChange(draw);
}
