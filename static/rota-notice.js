// Says things over the grid, where nothing moves when they appear.

/** Say something short, seen and heard, in the line above the grid. */
export function say(sentence) {
  const note = document.createElement("p");
  note.className = "note";
  note.textContent = sentence;
  document.getElementById("rota-said")?.replaceChildren(note);
}

/** Put a word before what the server said last. */
export function sayFirst(word) {
  const line = document.querySelector("#rota-said p");
  line?.prepend(`${word} `);
}

/** Show a sentence that stays until it is answered, with what can be done about it. */
export function notice(sentence, ...deeds) {
  const line = document.createElement("p");
  line.textContent = sentence;
  box().replaceChildren(line, ...deeds);
}

export function clearNotice() {
  box().replaceChildren();
}

export function deed(text, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "nhsuk-button nhsuk-button--secondary nhsuk-button--small";
  button.textContent = text;
  button.addEventListener("click", act);
  return button;
}

export function link(text, url) {
  const anchor = document.createElement("a");
  anchor.textContent = text;
  anchor.href = url;
  anchor.target = "_blank";
  anchor.rel = "noopener";
  return anchor;
}

function box() {
  const there = document.getElementById("rota-notice");
  if (there) return there;
  const made = document.createElement("div");
  made.id = "rota-notice";
  made.className = "rota-notice";
  made.setAttribute("role", "alert");
  document.getElementById("main").append(made);
  return made;
}
