// Completes names after an @, from those who can take an action.
import { ask } from "./run-asking.js";
import { make, part } from "./run-page.js";
import { shownItem } from "./run-state.js";

const MOST = 6;
// Whom the person allows differs from case to case.
const known = new Map();
let owners = [];
let found = [];
let at = 0;

const box = part("action");
const list = part("owners");

async function load() {
  const item = shownItem()?.id;
  if (!item) return;
  const found = known.get(item) ?? (await ask(`/owners?q=&item=${item}`).catch(() => null));
  if (found) known.set(item, found);
  if (shownItem()?.id === item) owners = found ?? [];
  if (document.activeElement === box) search();
}

/** What is being typed after the last @ that stands alone, up to where one writes. */
function asked() {
  const typed = /(?:^|\s)@([^@]*)$/.exec(box.value.slice(0, box.selectionStart));
  return typed ? typed[1] : null;
}

function fits(owner, typed) {
  const words = `${owner.handle} ${owner.discipline ?? ""} ${owner.organisation ?? ""}`.toLowerCase();
  return words.startsWith(typed) || words.includes(` ${typed}`);
}

function search() {
  const typed = asked()?.toLowerCase();
  const isWhole = owners.some(({ handle }) => typed?.startsWith(`${handle.toLowerCase()} `));
  found = typed === undefined || isWhole ? [] : owners.filter((owner) => fits(owner, typed)).slice(0, MOST);
  at = 0;
  draw();
}

function option(owner, place) {
  const about = [owner.discipline, owner.organisation].filter((each) => each && !owner.handle.includes(each)).join(", ");
  const line = make("li", { role: "option", id: `run-owner-${place}`, "aria-selected": String(place === at) }, make("strong", {}, owner.name));
  if (about) line.append(` ${about}`);
  // The box keeps the focus: a press must not take it away before the click comes.
  line.addEventListener("mousedown", (event) => event.preventDefault());
  line.addEventListener("click", () => choose(place));
  return line;
}

function draw() {
  list.hidden = !found.length;
  list.replaceChildren(...found.map(option));
  box.setAttribute("aria-expanded", String(Boolean(found.length)));
  if (found.length) box.setAttribute("aria-activedescendant", `run-owner-${at}`);
  else box.removeAttribute("aria-activedescendant");
}

function choose(place) {
  const end = box.selectionStart;
  const start = end - asked().length;
  box.setRangeText(`${found[place].handle} `, start, end, "end");
  found = [];
  box.dispatchEvent(new Event("input"));
  draw();
}

function onKey(event) {
  // Elsewhere in the line there is no name to complete.
  if (!found.length || asked() === null || event.ctrlKey || event.metaKey) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    at = (at + (event.key === "ArrowDown" ? 1 : found.length - 1)) % found.length;
    draw();
  } else if (event.key === "Enter" || (event.key === "Tab" && !event.shiftKey)) choose(at);
  else if (event.key === "Escape") {
    found = [];
    draw();
  } else return;
  event.preventDefault();
  event.stopPropagation();
}

export function beginOwners() {
  box.addEventListener("focus", load);
  box.addEventListener("input", search);
  box.addEventListener("keydown", onKey);
  box.addEventListener("blur", () => {
    found = [];
    draw();
  });
}
