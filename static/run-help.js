// Dialogs of the room: what the keys do, and a reason that is asked for.
import { make } from "./run-page.js";

const KEPT_AS = "run-keys";
const KEYS = [
  ["N", "next case that is still open"],
  ["Shift + N", "the one before it"],
  ["D", "decision"],
  ["A", "new action"],
  ["C", "carry over; Escape changes your mind"],
  ["P", "present: hide the names of other people"],
  ["?", "this list"],
  ["Ctrl + Enter", "in a box: read back, then Enter confirms; in the action box: add"],
  ["Escape", "leave a box, so that letters are keys again"],
];

export const lettersAreOn = () => localStorage.getItem(KEPT_AS) !== "off";

/** Open a dialog with a title; it goes with its closing. */
export function openDialog(className, title, ...children) {
  const heading = make("h2", { className: "dialog__title", id: "run-dialog-title" }, title);
  const dialog = make("dialog", { className: `dialog ${className}`, "aria-labelledby": heading.id }, heading, ...children);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

function setting() {
  const box = make("input", { type: "checkbox", id: "run-letters", checked: lettersAreOn() });
  box.addEventListener("change", () => localStorage.setItem(KEPT_AS, box.checked ? "on" : "off"));
  return make("p", {}, box, make("label", { htmlFor: box.id }, " Single letters are keys (remembered on this device)"));
}

/** Show the keys, and let the letters among them be switched off. */
export function openHelp() {
  const lines = KEYS.flatMap(([key, deed]) => [make("dt", {}, make("kbd", {}, key)), make("dd", {}, deed)]);
  const hint = make("p", { className: "soft" }, "A line such as “a @colleague +14 Review medicines” in any box of the minutes becomes an action when you press Enter.");
  const shut = make("button", { className: "nhsuk-button", autofocus: true }, "Close");
  openDialog("run-keys", "Keys", make("dl", { className: "run-keys__list" }, ...lines), hint, setting(), make("form", { method: "dialog", className: "actions" }, shut));
}

/** Ask for a reason; resolves to it, or to nothing where somebody changed their mind. */
export function askReason(title, label, button, warned = "") {
  const box = make("textarea", { id: "run-reason", className: "nhsuk-textarea", rows: 3, required: true, autofocus: true });
  const send = make("button", { className: "nhsuk-button", value: "yes" }, button);
  const cancel = make("button", { type: "button", className: "nhsuk-button nhsuk-button--secondary" }, "Cancel");
  const form = make("form", { method: "dialog" }, make("label", { htmlFor: box.id }, label), box, make("div", { className: "actions" }, send, cancel));
  const dialog = openDialog("run-reason", title, ...(warned ? [make("p", { className: "note note--warning" }, warned)] : []), form);
  cancel.addEventListener("click", () => dialog.close(""));
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      form.requestSubmit(send);
    }
  });
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes" ? box.value.trim() : ""));
  });
}
