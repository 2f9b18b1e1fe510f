// What every page shares. Pages work without it: this only saves steps and warns in time.
import { ask, tell, token } from "./telling.js";
import { initAll } from "./vendor/nhsuk-frontend-10.6.1/nhsuk.js";

const WARN_BEFORE_MINUTES = 2;
const MINUTE = 60_000;

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
  document.addEventListener("quorate:reached", start);
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
