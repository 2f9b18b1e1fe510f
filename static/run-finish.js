// Ends the meeting: first it is told what is left open, what was not reached, and what cannot wait so long.
import { openDialog } from "./run-help.js";
import { doNow, whyNot } from "./run-outcome.js";
import { hush, listed, make, part, root, say } from "./run-page.js";
import { paneOf } from "./run-panes.js";
import { isLeftOpen, isOver, room, secondsOf } from "./run-state.js";
import { tell } from "./telling.js";

function minutesSaid(item) {
  const minutes = Math.round(secondsOf(item) / 60);
  if (minutes < 1) return "less than a minute";
  return minutes === 1 ? "1 minute" : `${minutes} minutes`;
}

/** Tell what becomes of the cases without an outcome, those talked about by themselves. */
function standings(left) {
  const wasBegun = (item) => item.state === "open" || isLeftOpen(item);
  const lines = left.filter(wasBegun).map((item) => `${item.ref} is left open, ${minutesSaid(item)}.`);
  const unreached = left.filter((item) => !wasBegun(item)).map(({ ref }) => ref);
  if (unreached.length) lines.push(`${listed(unreached)} ${unreached.length === 1 ? "was" : "were"} not reached.`);
  return make("ul", {}, ...lines.map((each) => make("li", {}, each)));
}

/** Offer a huddle on what is urgent: the next date may be weeks away. */
function urgentSaid({ id, ref }) {
  const { urgent: address } = paneOf(id)?.dataset ?? {};
  if (address === undefined) return [];
  const line = make("p", { className: "note note--warning" }, `${ref} is urgent: this week.`);
  if (address) line.append(" ", make("a", { href: address, target: "_blank", rel: "noopener" }, `Call a huddle on ${ref} (opens a new tab)`));
  return [line];
}

/** Ask before the meeting ends; resolves to whether it is to. */
function isWanted() {
  const left = room().items.filter((item) => !isOver(item));
  const { then } = root.dataset;
  const told = left.length
    ? [standings(left), ...(then ? [make("p", {}, then)] : []), ...left.flatMap(urgentSaid)]
    : [make("p", {}, "The chair then reads and signs the minutes.")];
  const yes = make("button", { className: "nhsuk-button", value: "yes" }, "Finish the meeting");
  // An Enter too many must not end anything.
  const no = make("button", { className: "nhsuk-button nhsuk-button--secondary", value: "", autofocus: true }, "Cancel");
  const dialog = openDialog("run-reason", "Finish the meeting?", ...told, make("form", { method: "dialog", className: "actions" }, yes, no));
  return new Promise((resolve) => dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes")));
}

/** Say on the button that the end is under way: it may take a moment until all is saved. */
function isFinishing(is) {
  part("finish").textContent = is ? "Finishing…" : "Finish the meeting";
  part("finish").setAttribute("aria-disabled", String(is));
}

export async function finish() {
  if (part("finish").getAttribute("aria-disabled") === "true") return;
  hush();
  if (!(await isWanted())) return;
  say("Finishing the meeting.");
  isFinishing(true);
  const isDone = await doNow("/finish", {}, (error) => tell(whyNot(error)));
  isFinishing(false);
  if (!isDone) return say("");
  say("The meeting is finished.");
  if (room().meeting.may_sign) part("sign").focus();
  else tell("The meeting is finished. Its chair reads and signs the minutes.", "plain");
}
