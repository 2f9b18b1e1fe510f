// The dialog that lists the keys, where those that are single letters can be switched off.
import { mayEdit, table } from "./rota-table.js";

const KEPT_AS = "rota-keys";
const MOVING = [
  ["Arrows", "move"],
  ["Home, End", "first or last session of the row; with Ctrl of the grid"],
  ["Page Up, Page Down", "week before or after"],
  ["Enter or F2", "open the panel of a cell; Escape closes it"],
  ["Alt + N, Alt + B", "next gap, next broken rule"],
  ["/", "find a person, site or discipline"],
  ["?", "this list"],
];
const EDITING = [
  ["Letters", "the code of a site, as many as it takes; then D for the duty doctor"],
  ["Delete", "clear"],
  ["Shift + P", "pin or unpin"],
  ["Shift + L", "leave"],
  ["Shift + arrows", "choose a range; or drag with Shift held"],
  ["Ctrl + C, X, V", "copy, cut, paste, also to and from a spreadsheet"],
  ["Ctrl + D", "fill down"],
  ["Ctrl + Z, Ctrl + Y", "undo, do again"],
  ["Drag", "move a session; with Ctrl held copy it"],
];

export const lettersAreOn = () => (localStorage.getItem(KEPT_AS) ?? table.dataset.keys) !== "off";

function setLetters(areOn) {
  const word = areOn ? "on" : "off";
  localStorage.setItem(KEPT_AS, word);
  document.cookie = `${KEPT_AS}=${word}; path=/; max-age=31536000; samesite=lax`;
}

function make(name, properties = {}, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

function list(keys) {
  const lines = keys.flatMap(([key, deed]) => [make("dt", {}, make("kbd", {}, key)), make("dd", {}, deed)]);
  return make("dl", { className: "rota-help" }, ...lines);
}

function question() {
  const box = make("input", { type: "checkbox", id: "rota-letters", checked: lettersAreOn() });
  box.addEventListener("change", () => setLetters(box.checked));
  return make("p", {}, box, make("label", { htmlFor: box.id }, " Single-letter keys: site codes, / and ?, Shift + P and L"));
}

function makeDialog() {
  const title = make("h2", { className: "dialog__title", id: "rota-help-title" }, "Keys of the grid");
  const shut = make("button", { className: "nhsuk-button", autofocus: true }, "Close");
  const form = make("form", { method: "dialog", className: "actions" }, shut);
  const keys = mayEdit ? [...MOVING, ...EDITING] : MOVING;
  const dialog = make("dialog", { className: "dialog rota-keys" }, title, list(keys), question(), form);
  dialog.setAttribute("aria-labelledby", title.id);
  dialog.addEventListener("close", () => dialog.remove());
  return dialog;
}

/** Show the keys; closing it leads back to where one was. */
export function openHelp() {
  const dialog = makeDialog();
  document.body.append(dialog);
  dialog.showModal();
}

/** Put a button for the keys beside what is said of them. */
export function offerHelp(place) {
  const button = make("button", { type: "button", className: "rota-help-button" }, "All keys");
  button.addEventListener("click", openHelp);
  place?.append(make("li", {}, button));
}
