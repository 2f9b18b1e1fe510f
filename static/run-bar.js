// The bar over the room: quorum, begin and finish, and presenting without the names of other people.
import { openAttendance } from "./run-attendance.js";
import { openHelp } from "./run-help.js";
import { discuss } from "./run-case.js";
import { doNow } from "./run-outcome.js";
import { listed, make, part, root, say } from "./run-page.js";
import { isOver, minutesOf, onChange, openItem, room, tellAll } from "./run-state.js";
import { wordsOf } from "./run-words.js";
import { ask } from "./telling.js";

const KEPT_AS = "run-presenting";

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
  const button = part("presenting");
  button.setAttribute("aria-pressed", String(isPresenting()));
  button.querySelector("span").textContent = isPresenting() ? "Presenting: names hidden" : "Present";
  root.classList.toggle("is-presenting", isPresenting());
  part("begin").hidden = !(meeting.may_minute && ["planned", "published"].includes(meeting.state));
  part("finish").hidden = !(meeting.may_minute && meeting.state === "running");
}

async function begin() {
  if (!(await doNow("/begin"))) return;
  say("The meeting has begun.");
  const first = openItem() ?? room().items.find((item) => item.state === "planned");
  if (first) discuss(first.id);
}

/** Say what finishing leaves undone, so that nothing is forgotten without anybody knowing. */
function leftUndone() {
  const left = room().items.filter((item) => !isOver(item));
  const unread = left.filter((item) => wordsOf(item.id, "decision").trim() && !minutesOf(item.id).decision);
  const sentences = [];
  if (left.length) sentences.push(`${listed(left.map(({ ref }) => ref))} ${left.length === 1 ? "has" : "have"} no outcome and will count as not reached.`);
  if (unread.length) sentences.push(`${listed(unread.map(({ ref }) => ref))} ${unread.length === 1 ? "has a decision" : "have decisions"} that nobody read back.`);
  return sentences;
}

async function finish() {
  const undone = leftUndone();
  const question = [...undone, undone.length ? "Finish all the same?" : "Finish the meeting? The chair then reads and signs the minutes."].join(" ");
  if ((await ask(question, "Finish the meeting")) && (await doNow("/finish"))) say("The meeting is finished.");
}

export function beginBar() {
  part("quorum").addEventListener("click", openAttendance);
  part("presenting").addEventListener("click", present);
  part("help").addEventListener("click", openHelp);
  part("begin").addEventListener("click", begin);
  part("finish").addEventListener("click", finish);
  onChange(draw);
}
