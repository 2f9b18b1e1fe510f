// Who came: one line for each who was expected, and the quorum as it stands.
import { Refused, ask } from "./run-asking.js";
import { make, part } from "./run-page.js";
import { onChange, room, take } from "./run-state.js";

const STATES = Object.fromEntries(part("people").dataset.states.split(";").map((each) => each.split("=")));
const dialog = part("attendance");
const wrong = part("came-wrong");
// Those of whom it was just said that somebody came instead: the name is still to be written.
const sentDeputy = new Set();

export function openAttendance() {
  draw();
  dialog.showModal();
}

async function send(path, body) {
  wrong.textContent = "";
  try {
    const answer = await ask(path, body);
    take(answer);
    // Whoever came unasked may be somebody who is not to know of a case.
    wrong.textContent = (answer.said ?? []).join(" ");
    return true;
  } catch (error) {
    wrong.textContent = error instanceof Refused ? error.message : "No connection: that was not noted. Try again.";
    return false;
  }
}

function note(person, state, deputy = "") {
  sentDeputy.delete(person.id);
  return send(`/attendances/${person.id}`, { state, deputy });
}

function choose(person, state) {
  if (state !== "deputy") return note(person, state);
  if (person.deputy) return note(person, state, person.deputy);
  sentDeputy.add(person.id);
  draw();
  return document.getElementById(`run-deputy-${person.id}`).focus();
}

const stateOf = (person) => (sentDeputy.has(person.id) ? "deputy" : person.state);

function choice(person, [state, label]) {
  const id = `run-came-${person.id}-${state}`;
  const radio = make("input", { type: "radio", name: `run-came-${person.id}`, id, value: state, checked: stateOf(person) === state });
  radio.disabled = !room().meeting.may_minute;
  radio.addEventListener("change", () => choose(person, state));
  return make("span", {}, radio, make("label", { htmlFor: id }, label));
}

function deputyBox(person) {
  const box = make("input", { type: "text", className: "nhsuk-input", id: `run-deputy-${person.id}`, value: person.deputy, maxLength: 120 });
  box.disabled = !room().meeting.may_minute;
  box.addEventListener("change", () => {
    if (!box.value.trim()) return;
    person.deputy = box.value.trim();
    note(person, "deputy", person.deputy);
  });
  return make("span", { className: "run-person__deputy" }, make("label", { htmlFor: box.id }, "Who came instead"), box);
}

function partOf(person) {
  if (!person.from && !person.to) return "";
  return `, cases ${person.from ?? 1} to ${person.to ?? room().items.at(-1)?.position ?? ""}`;
}

function line(person) {
  const about = [person.discipline, person.organisation].filter(Boolean).join(", ") + partOf(person);
  const legend = make("legend", {}, make("strong", {}, person.name), ` ${about}`);
  const choices = make("div", { className: "run-person__choices" }, ...Object.entries(STATES).map((state) => choice(person, state)));
  const set = make("fieldset", { className: "run-person" }, legend, choices);
  if (stateOf(person) === "deputy") set.append(deputyBox(person));
  return make("li", {}, set);
}

/** Draw the people; whoever stood on an answer still stands there. */
function draw() {
  const { attendances, meeting } = room();
  const at = document.activeElement?.id;
  // Whoever writes a name is not to lose it to what somebody else noted meanwhile.
  if (!at?.startsWith("run-deputy-")) part("people").replaceChildren(...attendances.map(line));
  if (at && dialog.contains(document.getElementById(at))) document.getElementById(at).focus();
  const { is_met: isMet, have, waiting } = meeting.quorum;
  const said = waiting.length ? `Not quorate yet, waiting for ${waiting.join(", ")}.` : `Quorate${have.length ? `: ${have.join(", ")}` : ""}.`;
  const quorum = isMet || waiting.length ? said : "";
  if (part("attendance-quorum").textContent !== quorum) part("attendance-quorum").textContent = quorum;
  part("all-here").parentElement.hidden = !meeting.may_minute || !attendances.some(({ state }) => state === "expected");
  part("came").hidden = !meeting.may_minute;
}

async function allHere() {
  for (const person of room().attendances.filter(({ state }) => state === "expected")) {
    // Somebody whose deputy was announced is not here themselves.
    if (!(await note(person, person.deputy ? "deputy" : "present", person.deputy))) return;
  }
}

async function addSomebody(event) {
  event.preventDefault();
  const box = part("came-name");
  const name = box.value.trim();
  if (!name) wrong.textContent = "Enter the name of who came.";
  else if (await send("/attendances", { name })) box.value = "";
}

export function beginAttendance() {
  part("all-here").addEventListener("click", allHere);
  part("came").addEventListener("submit", addSomebody);
  onChange(() => dialog.open && draw());
}
