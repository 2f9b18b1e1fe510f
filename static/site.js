// What every page shares. Pages work without it: this only saves steps and warns in time.
import { initAll } from "./vendor/nhsuk-frontend-10.6.1/nhsuk.js";

const WARN_BEFORE_MINUTES = 2;
const MINUTE = 60_000;

export const token = () => document.querySelector('meta[name="csrf-token"]').content;

/** Say something in the live region under the header. */
export function tell(sentence, tone = "bad") {
  const note = document.createElement("div");
  note.className = `note note--${tone}`;
  const line = document.createElement("p");
  line.textContent = sentence;
  note.append(line);
  document.getElementById("notices").replaceChildren(note);
}

/** Ask before something is done; resolves to true or false. */
export function ask(question, yes = "Continue") {
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  dialog.setAttribute("aria-labelledby", "dialog-title");
  const title = document.createElement("h2");
  title.className = "dialog__title";
  title.id = "dialog-title";
  title.textContent = question;
  const form = document.createElement("form");
  form.method = "dialog";
  form.className = "actions";
  const cancel = answer("Cancel", "no", " nhsuk-button--secondary");
  // An Enter too many must not delete anything.
  cancel.autofocus = true;
  form.append(answer(yes, "yes", ""), cancel);
  dialog.append(title, form);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      resolve(dialog.returnValue === "yes");
      dialog.remove();
    });
  });
}

function answer(text, value, extra) {
  const button = document.createElement("button");
  button.className = `nhsuk-button${extra}`;
  button.value = value;
  button.textContent = text;
  return button;
}

function confirmFirst(event) {
  const button = event.submitter;
  if (!button?.dataset.confirm || button.dataset.confirmed) return;
  event.preventDefault();
  // Bubbling handlers, htmx among them, must not see a submit that nobody has confirmed.
  event.stopImmediatePropagation();
  ask(button.dataset.confirm, button.textContent.trim()).then((agreed) => {
    if (!agreed) return;
    button.dataset.confirmed = "yes";
    event.target.requestSubmit(button);
    delete button.dataset.confirmed;
  });
}

function watchIdleness(dialog) {
  const limit = Number(dialog.dataset.idleMinutes);
  let timer;
  const start = () => {
    clearTimeout(timer);
    timer = setTimeout(() => dialog.showModal(), (limit - WARN_BEFORE_MINUTES) * MINUTE);
  };
  let expiry;
  dialog.addEventListener("toggle", () => {
    clearTimeout(expiry);
    if (dialog.open) expiry = setTimeout(() => location.reload(), WARN_BEFORE_MINUTES * MINUTE);
  });
  dialog.addEventListener("close", () => fetch(location.href, { method: "HEAD" }).then(start));
  // Only what reached the server kept the session alive there, so only that restarts the clock here.
  document.addEventListener("htmx:afterRequest", start);
  start();
}

initAll();
document.addEventListener("submit", confirmFirst, true);
document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = token();
});
document.addEventListener("htmx:sendError", () => tell("The network did not answer. Check your connection and try again."));
document.addEventListener("htmx:load", (event) => {
  // htmx announces the whole body once at the start, which is already done.
  if (event.detail.elt !== document.body) initAll({ scope: event.detail.elt });
});
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.who[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  const menu = document.querySelector("details.who[open]");
  if (event.key !== "Escape" || !menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
const idle = document.getElementById("idle-warning");
if (idle) watchIdleness(idle);
