// The boxes of the minutes: typed live here, saved while one types, and kept on this device until the server has them.
import * as both from "./run-both.js";
import { proposeFromLine } from "./run-actions.js";
import * as outbox from "./run-outbox.js";
import { base, newKey, root } from "./run-page.js";
import { itemOf, mayWrite, minutesOf, onChange, shownItem, tellAll } from "./run-state.js";

const KEPT_AS = `run-draft ${base} `;
// A save follows a short rest of the hands, and never longer after a word than this.
const RESTS = 600;
const AT_LATEST = 2_000;

const CHOICES = {
  both: (theirs, mine) => `${theirs}\n${mine}`.trim(),
  mine: (theirs, mine) => mine,
  theirs: (theirs) => theirs,
};

export const boxes = [...root.querySelectorAll("[data-block]")];
const drafts = new Map();
const timers = new Map();

const nameOf = (item, block) => `${item} ${block}`;
const savedOf = (item, block) => minutesOf(item).blocks[block] ?? { words: "", number: 0 };

/** What is not saved of the cases on the list; what was typed of one that was taken off keeps nobody waiting. */
const unsaved = () => [...drafts.values()].filter(({ item }) => itemOf(item));
const isOnItsWay = (name) => outbox.waiting((job) => job.about.name === name).length > 0;
const held = () => unsaved().filter((draft) => draft.wrong);

export const hasDrafts = () => unsaved().length > 0;
/** Name the cases of which words wait until somebody has chosen or put them right. */
export const heldIn = () => [...new Set(held().map(({ item }) => itemOf(item).ref))];
/** The words of a block as they stand here, saved or not. */
export const wordsOf = (item, block) => drafts.get(nameOf(item, block))?.words ?? savedOf(item, block).words;

function keep(name) {
  const draft = drafts.get(name);
  if (draft) sessionStorage.setItem(KEPT_AS + name, JSON.stringify(draft));
  else sessionStorage.removeItem(KEPT_AS + name);
}

function write(item, block, words) {
  const name = nameOf(item, block);
  const draft = drafts.get(name) ?? { item, block, seen: savedOf(item, block).number, since: Date.now() };
  if (words === savedOf(item, block).words && !draft.theirs && !isOnItsWay(name)) return forget(name);
  // Beside somebody else's words one's own grow on: nothing is chosen by typing.
  drafts.set(name, { ...draft, words, wrong: draft.theirs ? draft.wrong : "" });
  keep(name);
  if (draft.theirs) tellAll();
  else schedule(name);
}

/** What was typed and taken back again is not waited for. */
function forget(name) {
  drafts.delete(name);
  keep(name);
  tellAll();
}

function schedule(name) {
  clearTimeout(timers.get(name));
  const waited = Date.now() - (drafts.get(name)?.since ?? Date.now());
  timers.set(name, setTimeout(() => save(name), Math.max(0, Math.min(RESTS, AT_LATEST - waited))));
}

/** Send one draft, unless the one before it is still on its way or somebody else's words wait for an answer. */
function save(name) {
  clearTimeout(timers.get(name));
  const draft = drafts.get(name);
  if (!draft || draft.theirs || draft.wrong || isOnItsWay(name)) return;
  const body = { name: draft.block, words: draft.words, seen: draft.seen, key: newKey() };
  outbox.post("block", `/items/${draft.item}/block`, body, { name });
}

/** Send all that was typed; resolves to whether the server has it. */
export async function saveAll() {
  do {
    for (const name of drafts.keys()) save(name);
    if (!(await outbox.flush())) return false;
    // What was typed meanwhile goes too; what somebody has to choose about cannot.
  } while (unsaved().some((draft) => !draft.wrong));
  return !hasDrafts();
}

function done({ body, about }, { number, at, by }) {
  const draft = drafts.get(about.name);
  const [item, block] = about.name.split(" ");
  minutesOf(item).blocks[block] = { words: body.words, number, at, by };
  if (!draft) return;
  if (draft.words === body.words) drafts.delete(about.name);
  else drafts.set(about.name, { ...draft, seen: number, since: Date.now() });
  keep(about.name);
  if (drafts.has(about.name)) schedule(about.name);
}

/** Somebody else was faster: theirs are kept beside ours until somebody has chosen. Any other "no" is said as it is. */
function refused({ about }, refusal) {
  const draft = drafts.get(about.name);
  if (!draft) return;
  const { theirs } = refusal.answer;
  if (theirs) minutesOf(draft.item).blocks[draft.block] = theirs;
  drafts.set(about.name, { ...draft, theirs, wrong: refusal.message });
  keep(about.name);
  tellAll();
}

function choose(name, choice) {
  const { theirs, ...rest } = drafts.get(name);
  const words = CHOICES[choice](theirs.words, rest.words);
  if (words === theirs.words) drafts.delete(name);
  else drafts.set(name, { ...rest, words, wrong: "", seen: theirs.number, since: Date.now() });
  keep(name);
  save(name);
  tellAll();
}

function drawBox(box) {
  const item = shownItem();
  const name = item && nameOf(item.id, box.dataset.block);
  const words = item ? wordsOf(item.id, box.dataset.block) : "";
  // Whoever writes keeps their place: only what changed elsewhere is put in.
  if (box.value !== words) box.value = words;
  box.readOnly = !mayWrite();
  both.draw(box, drafts.get(name), (choice) => choose(name, choice));
}

function onInput({ currentTarget: box }) {
  const item = shownItem();
  if (item && mayWrite()) write(item.id, box.dataset.block, box.value);
}

/** A line such as "a @colleague +14 review medicines" in a box becomes an action. */
function onEnter(event) {
  const box = event.currentTarget;
  if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.shiftKey || box.selectionStart !== box.selectionEnd) return;
  const from = box.value.lastIndexOf("\n", box.selectionStart - 1) + 1;
  const line = box.value.slice(from, box.selectionStart);
  if (!/^a\s+@\S/i.test(line) || !mayWrite()) return;
  event.preventDefault();
  proposeFromLine(line);
  box.setRangeText("", from, box.selectionStart, "end");
  box.dispatchEvent(new Event("input"));
}

function readKept() {
  for (let place = 0; place < sessionStorage.length; place += 1) {
    const key = sessionStorage.key(place);
    if (key.startsWith(KEPT_AS)) drafts.set(key.slice(KEPT_AS.length), JSON.parse(sessionStorage.getItem(key)));
  }
}

/** Watch the boxes, and go on with what was not saved when the page was left. */
export function beginWords() {
  outbox.handle("block", { done, refused });
  readKept();
  for (const box of boxes) {
    box.addEventListener("input", onInput);
    box.addEventListener("keydown", onEnter);
    box.addEventListener("blur", () => saveAll());
  }
  onChange(() => boxes.forEach(drawBox));
  addEventListener("beforeunload", (event) => {
    if (hasDrafts() || outbox.pending()) event.preventDefault();
  });
  outbox.work();
  for (const name of drafts.keys()) schedule(name);
}
