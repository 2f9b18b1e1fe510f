// Reads back what a case is about to be confirmed with; what others change meanwhile is shown to be read again.
import { notTicked, viewSaid } from "./run-checks.js";
import { goalSaid } from "./run-goal.js";
import { openDialog } from "./run-help.js";
import { listed, make } from "./run-page.js";
import { isToCome, mayEnd, minutesOf, onChange, room, shownItem } from "./run-state.js";
import { boxes, wordsOf } from "./run-words.js";

const MISSING = {
  decision: "Write down the decision.",
  view_heard: "Say how the person's own view came into the room.",
};
let follow = () => {};

/** Name what a case still needs before it can be confirmed. */
export function missingIn(id) {
  const has = { decision: wordsOf(id, "decision").trim(), view_heard: minutesOf(id).view_heard };
  return Object.entries(MISSING).filter(([box]) => !has[box]).map(([box, sentence]) => ({ box, sentence }));
}

function actionSaid({ owner, organisation, words, due_said: due }) {
  const who = organisation && organisation !== owner ? `${owner}, ${organisation}` : owner;
  return make("li", {}, make("strong", {}, who), `: ${words}, by ${due}`);
}

/** Tell the words of a box by its name; of the decision also that there are none. */
function wordsSaid(id, box) {
  const words = wordsOf(id, box.dataset.block).trim();
  if (!words && box.dataset.block !== "decision") return [];
  const name = box.labels[0].firstElementChild ?? box.labels[0];
  return [make("dt", {}, name.textContent), make("dd", {}, words || "Nothing written.")];
}

function content(id) {
  const { actions, bookings } = minutesOf(id);
  const done = actions.length ? make("ul", {}, ...actions.map(actionSaid)) : "None.";
  const [open, goal] = [notTicked(minutesOf(id)), goalSaid(id)];
  return [
    ...boxes.filter((box) => box.dataset.block !== "discussion").flatMap((box) => wordsSaid(id, box)),
    ...(goal ? [make("dt", {}, "Serves their goal"), make("dd", {}, `“${goal}”`)] : []),
    make("dt", {}, "Actions"),
    make("dd", {}, done),
    ...bookings.flatMap(({ clinic, due_said: due }) => [make("dt", {}, "Booked into"), make("dd", {}, `${clinic}, to be seen by ${due}`)]),
    make("dt", {}, "Their own view"),
    make("dd", {}, viewSaid(minutesOf(id)) || "Not said yet."),
    ...(open.length ? [make("dt", {}, "Not ticked"), make("dd", { className: "run-readback__open" }, `${listed(open)}.`)] : []),
  ];
}

/** Make the buttons: the first is the one that Enter presses. */
function answers(id, isReady) {
  const hasNext = room().items.some((item) => item.id !== id && isToCome(item));
  const ways = isReady
    ? [...(hasNext ? [["Confirm, next case", "next"]] : []), ["Confirm", "confirm"], ["Go back", ""]]
    : [["Go back and put it in", ""]];
  return ways.map(([text, value], place) =>
    make("button", { className: place ? "nhsuk-button nhsuk-button--secondary" : "nhsuk-button", value, autofocus: !place }, text),
  );
}

/** Show the words, actions, view and open lines of a case; resolves to "next", "confirm", or nothing. */
export function readBack(item) {
  const missing = missingIn(item.id);
  const list = make("dl", { className: "run-readback__list" }, ...content(item.id));
  const said = make("p", { className: "run-wrong", role: "alert" }, ...missing.map(({ sentence }) => make("span", {}, sentence)));
  const form = make("form", { method: "dialog", className: "actions" }, ...answers(item.id, !missing.length));
  const dialog = openDialog("run-readback", `Read back ${item.ref}`, list, said, form);
  // A key that is held down has read nothing back.
  dialog.addEventListener("keydown", (event) => event.repeat && event.key === "Enter" && event.preventDefault());
  follow = () => {
    if (shownItem()?.id !== item.id || !mayEnd()) return dialog.close("");
    const fresh = make("dl", {}, ...content(item.id));
    if (fresh.innerHTML === list.innerHTML) return;
    list.replaceChildren(...fresh.childNodes);
    said.textContent = "Somebody changed this just now: read it back again.";
  };
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      follow = () => {};
      resolve(dialog.returnValue);
    });
  });
}

export function beginReadBack() {
  onChange(() => follow());
}
