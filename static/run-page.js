// What stands on the page of the room, by name, and making more of it.

export const root = document.getElementById("run");
/** Where this meeting's questions are asked, such as /meetings/7/run. */
export const base = root.dataset.base.replace(/\/$/, "");
export const part = (name) => document.getElementById(`run-${name}`);

/** Make an element with its properties, attributes that have a dash or start with aria, and what is in it. */
export function make(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.includes("-") || key === "role") element.setAttribute(key, value);
    else element[key] = value;
  }
  element.append(...children);
  return element;
}

/** Say something to those who listen; those who look see it where it happened. */
export function say(sentence) {
  part("said").textContent = sentence;
}

/** Take away what was told over the room. */
export function hush() {
  document.getElementById("notices").replaceChildren();
}

/** Make a button that looks like a link or, where it has a class of its own, as that says. */
export function deed(text, act, className = "run-link") {
  const button = make("button", { type: "button", className }, text);
  button.addEventListener("click", act);
  return button;
}

/** Draw lines anew where they have changed; whoever stood on a button of one still stands there. */
export function redraw(list, lines) {
  const fresh = make(list.localName, {}, ...lines);
  if (list.innerHTML === fresh.innerHTML) return;
  const at = list.contains(document.activeElement) ? document.activeElement.dataset.about : "";
  list.replaceChildren(...fresh.childNodes);
  if (at) list.querySelector(`[data-about="${at}"]`)?.focus();
}

const two = (number) => String(number).padStart(2, "0");

/** Tell a length as on a watch: 3:20. */
export const minutesAndSeconds = (seconds) => `${Math.floor(seconds / 60)}:${two(Math.floor(seconds % 60))}`;

/** Tell a day shortly: 14 Dec. */
export const shortDay = (iso) =>
  new Date(`${iso.slice(0, 10)}T12:00:00`).toLocaleDateString("en-GB", { day: "numeric", month: "short" });

/** Tell the time of day of a moment: 10:42. */
export const clock = (iso) => new Date(iso).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });

/** Put names in a row: Elm, Oak and Ash. */
export function listed(names) {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** Make a key by which the server knows a save again that it has had already. */
export function newKey() {
  const bytes = [...crypto.getRandomValues(new Uint8Array(16))];
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
