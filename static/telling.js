// Saying and asking things, for the modules of pages. Loaded as often as it is named, so it does nothing by itself.

export const token = () => document.querySelector('meta[name="csrf-token"]').content;

/** Say something in the live region under the header. */
export function tell(sentence, tone = "bad") {
  const note = document.createElement("div");
  note.className = `note note--${tone}`;
  const line = document.createElement("p");
  line.textContent = sentence;
  note.append(line);
  document.getElementById("notices").replaceChildren(note);
}

/** Ask before something is done, the first line being the question; resolves to true or false. */
export function ask(question, yes = "Continue") {
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  dialog.setAttribute("aria-labelledby", "dialog-title");
  const title = document.createElement("h2");
  title.className = "dialog__title";
  title.id = "dialog-title";
  const [asked, ...lines] = question.split("\n");
  title.textContent = asked;
  const form = document.createElement("form");
  form.method = "dialog";
  form.className = "actions";
  const cancel = answer("Cancel", "no", " nhsuk-button--secondary");
  // An Enter too many must not delete anything.
  cancel.autofocus = true;
  form.append(answer(yes, "yes", ""), cancel);
  const more = document.createElement("div");
  more.id = "dialog-more";
  more.append(...lines.map(paragraph));
  if (lines.length) dialog.setAttribute("aria-describedby", more.id);
  dialog.append(title, more, form);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      resolve(dialog.returnValue === "yes");
      dialog.remove();
    });
  });
}

function paragraph(words) {
  const element = document.createElement("p");
  element.textContent = words;
  return element;
}

function answer(text, value, extra) {
  const button = document.createElement("button");
  button.className = `nhsuk-button${extra}`;
  button.value = value;
  button.textContent = text;
  return button;
}
