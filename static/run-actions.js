// Actions of the case: typed in one line, listed with who and by when, dropped again with one click.
import * as outbox from "./run-outbox.js";
import { base, deed, make, newKey, part, redraw, say, shortDay } from "./run-page.js";
import { mayWrite, minutesOf, onChange, shownItem, tellAll } from "./run-state.js";

const KEPT_AS = `run-line ${base} `;
const wrong = new Map();

const keptLine = (item) => sessionStorage.getItem(KEPT_AS + item) ?? "";

function keepLine(item, text) {
  if (text) sessionStorage.setItem(KEPT_AS + item, text);
  else sessionStorage.removeItem(KEPT_AS + item);
}

function send(item, line) {
  const text = line.replace(/^\s*a\s+(?=@)/i, "").trim();
  if (text) outbox.post("action", `/items/${item}/action`, { text, key: newKey() }, { item, text });
  tellAll();
}

/** Make an action out of a line that was typed into another box. */
export function proposeFromLine(line) {
  send(shownItem().id, line);
}

/** Add what stands in the box. */
export function add() {
  const item = shownItem();
  if (!item || !mayWrite()) return;
  const line = part("action").value;
  keepLine(item.id, "");
  wrong.delete(item.id);
  part("action").value = "";
  send(item.id, line);
}

function done({ about }, { action }) {
  const { actions } = minutesOf(about.item);
  if (!actions.some((each) => each.id === action.id)) actions.push(action);
  say(`Action added: ${action.owner}, ${action.words}, by ${action.due_said}.`);
  tellAll();
}

/** What could not be read comes back into the box, before anything typed there since. */
function refused({ about }, refusal) {
  keepLine(about.item, `${about.text} ${keptLine(about.item)}`.trim());
  wrong.set(about.item, refusal.message);
  tellAll();
}

function drop(item, action) {
  const minutes = minutesOf(item);
  minutes.actions = minutes.actions.filter((each) => each.id !== action.id);
  outbox.post("drop", `/actions/${action.id}/drop`, {}, { item, action });
  say("Action dropped.");
  part("action").focus();
  tellAll();
}

function restore({ about }, refusal) {
  minutesOf(about.item).actions.push(about.action);
  wrong.set(about.item, refusal.message);
  tellAll();
}

function line(item, action) {
  const said = [make("span", { className: "run-action__words" }, action.words), make("span", { className: "run-action__due" }, action.due_said || shortDay(action.due_on))];
  const owner = make("span", { className: "run-action__owner" }, make("strong", {}, action.owner));
  if (action.organisation && action.organisation !== action.owner) owner.append(`, ${action.organisation}`);
  said.push(owner);
  if (mayWrite()) {
    const button = deed("Drop", () => drop(item, action), "run-link run-action__drop");
    button.append(make("span", { className: "nhsuk-u-visually-hidden" }, ` ${action.words}`));
    button.dataset.about = action.id;
    said.push(button);
  }
  return make("li", { className: "run-action" }, ...said);
}

function draw() {
  const item = shownItem();
  if (!item) return;
  const sending = outbox.waiting((job) => job.kind === "action" && job.about.item === item.id);
  const lines = minutesOf(item.id).actions.map((action) => line(item.id, action));
  lines.push(...sending.map(({ about }) => make("li", { className: "run-action is-sending" }, `${about.text} (not saved yet)`)));
  if (!lines.length) lines.push(make("li", { className: "soft" }, "None yet."));
  redraw(part("actions"), lines);
  part("add").hidden = !mayWrite();
  const box = part("action");
  if (box.value !== keptLine(item.id)) box.value = keptLine(item.id);
  const sentence = wrong.get(item.id) ?? "";
  if (part("action-wrong").textContent !== sentence) part("action-wrong").textContent = sentence;
  box.setAttribute("aria-invalid", String(Boolean(sentence)));
}

/** What was wrong with a line goes with it. */
function onInput({ target }) {
  const { id } = shownItem();
  keepLine(id, target.value);
  if (!target.value.trim() && wrong.delete(id)) tellAll();
}

export function beginActions() {
  outbox.handle("action", { done, refused });
  outbox.handle("drop", { done: () => {}, refused: restore });
  part("add").addEventListener("submit", (event) => {
    event.preventDefault();
    add();
  });
  part("action").addEventListener("input", onInput);
  onChange(draw);
}
