// One line that says whether what was written is saved.
import { onStanding, sendAgain, standing, work } from "./run-outbox.js";
import { deed, listed, make, part, root, say } from "./run-page.js";
import { hasDrafts, heldIn } from "./run-words.js";

// Of a box that is empty nothing is unsaved: what else was done is kept all the same.
const KEPT = {
  offline: "No connection: what you do is kept here, and sent once it is back.",
  "signed-out": "You have been signed out: what you do is kept here.",
};
const SENTENCES = {
  offline: "Not saved yet: no connection. Your words are kept here.",
  "signed-out": "Not saved yet: you have been signed out. Your words are kept here.",
};
let wasTrouble = "";

function ago(since) {
  const seconds = Math.round((Date.now() - since) / 1000);
  if (seconds < 2) return "Saved just now";
  if (seconds < 60) return `Saved ${seconds} seconds ago`;
  const minutes = Math.floor(seconds / 60);
  return minutes === 1 ? "Saved a minute ago" : `Saved ${minutes} minutes ago`;
}

function sentence({ trouble, waiting, savedAt }) {
  const isEmpty = !part("decision").value.trim();
  if (trouble) return (isEmpty ? KEPT : SENTENCES)[trouble];
  const held = listed(heldIn());
  if (held) return `${isEmpty ? "Words wait for you" : "Not saved yet"}: look under the box in ${held}. Your words are kept here.`;
  if (waiting || hasDrafts()) return "Saving…";
  return savedAt ? ago(savedAt) : "";
}

function deedsFor(trouble) {
  if (trouble === "offline") return [deed("Try now", work)];
  if (trouble !== "signed-out") return [];
  const link = make("a", { href: "/sign-in", target: "_blank", rel: "noopener" }, "Sign in (opens a new tab)");
  return [link, deed("Send again", sendAgain)];
}

/** Draw the line; only its turns are said to those who listen, not each second. */
export function drawSaved() {
  const now = standing();
  const line = part("saved");
  line.classList.toggle("is-held", heldIn().length > 0);
  const said = sentence(now);
  if (line.firstChild?.textContent === said && line.dataset.trouble === now.trouble) return;
  line.dataset.trouble = now.trouble;
  const hadFocus = line.contains(document.activeElement);
  line.replaceChildren(said, ...deedsFor(now.trouble).flatMap((each) => [" ", each]));
  if (hadFocus) line.querySelector("button, a")?.focus();
  if (now.trouble !== wasTrouble) say(now.trouble ? said : "Saved: the connection is back.");
  wasTrouble = now.trouble;
}

export function beginSaved() {
  onStanding(drawSaved);
  root.addEventListener("input", drawSaved);
  setInterval(drawSaved, 1_000);
  drawSaved();
}
