// The bar over the room: quorum, begin and finish, and presenting without the names of other people.
import { openAttendance } from "./run-attendance.js";
import { finish } from "./run-finish.js";
import { openHelp } from "./run-help.js";
import { discuss } from "./run-case.js";
import { doNow, whyNot } from "./run-outcome.js";
import { make, part, root, say } from "./run-page.js";
import { onChange, openItem, room, tellAll } from "./run-state.js";
import { tell } from "./telling.js";

const KEPT_AS = "run-presenting";
let wasMet = room().meeting.quorum.is_met;

export const isPresenting = () => sessionStorage.getItem(KEPT_AS) === "on";

/** Hide the names of those who are not being talked about, or show them again. */
export function present() {
  sessionStorage.setItem(KEPT_AS, isPresenting() ? "off" : "on");
  say(isPresenting() ? "Presenting: names are hidden." : "Names are shown.");
  tellAll();
}

function quorumSaid({ is_met: isMet, have, waiting }) {
  if (isMet && !have.length) return ["Who is here"];
  const strong = make("strong", {}, isMet ? "Quorate ✓ " : "Not quorate yet ▲ ");
  const parts = [strong, have.join(", ")];
  if (waiting.length) parts.push(make("span", { className: "run-bar__waiting" }, `${have.length ? " · " : ""}waiting: ${waiting.join(", ")}`));
  return parts;
}

function draw() {
  const { meeting } = room();
  const quorum = part("quorum");
  quorum.replaceChildren(...quorumSaid(meeting.quorum));
  quorum.classList.toggle("is-short", !meeting.quorum.is_met);
  if (meeting.quorum.is_met !== wasMet) say(meeting.quorum.is_met ? "The meeting is quorate." : "The meeting is not quorate any more.");
  wasMet = meeting.quorum.is_met;
  const button = part("presenting");
  button.setAttribute("aria-pressed", String(isPresenting()));
  button.querySelector("span").textContent = isPresenting() ? "Presenting: names hidden" : "Present";
  root.classList.toggle("is-presenting", isPresenting());
  part("begin").hidden = !(meeting.may_minute && ["planned", "published"].includes(meeting.state));
  part("sign").hidden = !(meeting.may_sign && meeting.state === "minutes_draft");
  part("finish").hidden = !(meeting.may_minute && meeting.state === "running");
}

async function begin() {
  if (!(await doNow("/begin", {}, refused))) return;
  say("The meeting has begun.");
  const first = openItem() ?? room().items.find((item) => item.state === "planned");
  if (first) discuss(first.id);
}

const refused = (error) => tell(whyNot(error));

export function beginBar() {
  part("quorum").addEventListener("click", openAttendance);
  part("presenting").addEventListener("click", present);
  part("help").addEventListener("click", openHelp);
  part("begin").addEventListener("click", begin);
  part("finish").addEventListener("click", finish);
  onChange(draw);
}
