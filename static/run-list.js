// The list at the left: each case with its minutes, how it ended, and who may leave after it.
import { show } from "./run-case.js";
import { isPresenting } from "./run-bar.js";
import { deed, listed, make, minutesAndSeconds, part, redraw } from "./run-page.js";
import { isLeftOpen, isOver, minutesOf, onChange, openItem, plannedOf, room, secondsOf, shownItem } from "./run-state.js";
import { wordsOf } from "./run-words.js";

const narrow = matchMedia("(max-width: 60rem)");
const ENDS = { decided: "✓", noted: "noted", carried: "carried over", not_reached: "not reached" };

/** Tell how a case stands, in as few signs as the list has room for. */
function standing(item) {
  if (item.state === "decided") return `✓ ${minutesAndSeconds(item.taken_s)}`;
  if (isOver(item)) return ENDS[item.state];
  const planned = minutesAndSeconds(plannedOf(item));
  const hasBegun = item.state === "open" || isLeftOpen(item);
  return hasBegun ? `${minutesAndSeconds(secondsOf(item))} of ${planned}` : planned;
}

/** Say what nobody should forget of a case that is not open any more. */
function warning(item) {
  const isUnread = item.state === "planned" && !minutesOf(item.id).decision && wordsOf(item.id, "decision").trim();
  const left = [isLeftOpen(item) && "left open", isUnread && "not read back"].filter(Boolean);
  if (left.length) return left.join(", ");
  return item.carried_before && !isOver(item) ? `carried over ${item.carried_before === 1 ? "once" : `${item.carried_before} times`}` : "";
}

function choose(item) {
  if (narrow.matches) part("list").open = false;
  show(item.id);
}

function line(item) {
  const name = isPresenting() ? "" : item.name;
  const kind = [item.review && "review", item.is_for_note && "for note"].filter(Boolean).join(", ");
  const button = deed("", () => choose(item), "run-item");
  button.dataset.about = item.id;
  button.append(
    make("span", { className: "run-item__ref" }, `${item.position} · ${item.ref}${kind ? `, ${kind}` : ""}`),
    make("span", { className: "run-item__time" }, standing(item)),
  );
  if (name) button.append(make("span", { className: "run-item__name" }, name));
  const warned = warning(item);
  if (warned) button.append(make("span", { className: "run-item__warning" }, `▲ ${warned}`));
  if (item.id === shownItem()?.id) button.setAttribute("aria-current", "true");
  if (item.state === "open") button.append(make("span", { className: "nhsuk-u-visually-hidden" }, " being discussed"));
  return make("li", { className: `is-${item.state}` }, button);
}

function foot() {
  const { leave_after: leaving, here } = room();
  const lines = leaving.map(({ name, position }) => make("p", {}, `${name} may leave after case ${position}`));
  if (here.length) lines.push(make("p", { className: "soft" }, `Looking at this screen: ${listed(here)}`));
  return lines;
}

function draw() {
  redraw(part("items"), room().items.map(line));
  part("foot").replaceChildren(...foot());
  const shown = shownItem();
  part("list-where").textContent = shown ? `${room().items.indexOf(shown) + 1} of ${room().items.length}` : "";
}

/** Let the open case's time run, without drawing the rest. */
export function tick() {
  const open = openItem();
  const time = open && part("items").querySelector(`[data-about="${open.id}"] .run-item__time`);
  if (time) time.textContent = standing(open);
}

export function beginList() {
  // A narrow screen shows the case first: the list unfolds when it is wanted.
  if (narrow.matches) part("list").open = false;
  onChange(draw);
}
