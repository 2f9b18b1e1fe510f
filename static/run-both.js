// Two wrote into the same box: both versions side by side, until somebody has chosen.
import { clock, deed, make, root, say } from "./run-page.js";

const BUTTON = "nhsuk-button nhsuk-button--secondary nhsuk-button--small";
const drawn = new Map();

function version(title, words) {
  return make("div", { className: "run-both__version" }, make("h3", {}, title), make("p", {}, words || "Nothing"));
}

function both(draft, choose) {
  const { theirs, words } = draft;
  const other = version(`${theirs.by}, ${clock(theirs.at)}`, theirs.words);
  const deeds = make(
    "div",
    { className: "run-both__deeds" },
    deed("Keep both", () => choose("both"), BUTTON),
    deed("Keep mine", () => choose("mine"), BUTTON),
    deed("Keep theirs", () => choose("theirs"), BUTTON),
  );
  return [other, version(words ? "Yours, not saved yet" : "Yours", words), deeds];
}

/** Draw under a box why its words are not saved, with both versions where somebody else was faster. */
export function draw(box, draft, choose) {
  const place = root.querySelector(`[data-both="${box.dataset.block}"]`);
  const about = draft?.wrong ? JSON.stringify(draft) : "";
  const before = drawn.get(place) ?? "";
  if (before === about) return;
  drawn.set(place, about);
  if (!about) return place.replaceChildren();
  const andFocus = (choice) => {
    choose(choice);
    box.focus();
  };
  const said = make("p", { className: "run-both__said" }, draft.wrong);
  place.replaceChildren(make("div", { className: "run-both" }, said, ...(draft.theirs ? both(draft, andFocus) : [])));
  // Once, not with every letter that is typed on.
  if (!before) say(draft.wrong);
}
