// What every page shares. Pages work without it: this only saves steps and warns in time.
import { beginIdle } from "./idle.js";
import { beginKeeping } from "./keeping.js";
import { ask, tell, token } from "./telling.js";
import { initAll } from "./vendor/nhsuk-frontend-10.6.1/nhsuk.js";

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

/** Show on a button that its form is under way, where that takes a while. */
function sayBusy(event) {
  const button = event.submitter;
  if (!button?.dataset.busy || event.defaultPrevented) return;
  // A button that is disabled before the form is read would not be sent with it.
  setTimeout(() => {
    [button.dataset.idle, button.textContent, button.disabled] = [button.textContent, button.dataset.busy, true];
  });
}

/** A page that the browser kept comes back as it was left: its buttons are wanted again. */
function wake(event) {
  if (!event.persisted) return;
  for (const button of document.querySelectorAll("button[data-idle]")) {
    [button.textContent, button.disabled] = [button.dataset.idle, false];
  }
}

initAll();
document.addEventListener("submit", confirmFirst, true);
document.addEventListener("submit", sayBusy);
window.addEventListener("pageshow", wake);
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
beginKeeping();
beginIdle();
