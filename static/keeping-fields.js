// What somebody has typed or chosen in a form: read out of it, and put back into it. Never passwords, codes or files.

const NEVER = ["hidden", "password", "file", "submit", "button", "image", "reset"];
const SECRETS = ["one-time-code", "current-password", "new-password"];

const isKept = (field) => field.name && !NEVER.includes(field.type) && !SECRETS.includes(field.autocomplete);
const isTicked = (field) => ["checkbox", "radio"].includes(field.type);
const isChoice = (field) => field.localName === "select";
const chosen = (field) => [...field.options].filter((option) => option.selected).map((option) => option.value);

function givenChoice(field) {
  const given = [...field.options].filter((option) => option.defaultSelected).map((option) => option.value);
  // Where the page chose none, the browser shows the first.
  return given.length || field.multiple ? given : [...field.options].slice(0, 1).map((option) => option.value);
}

function isChanged(field) {
  if (isTicked(field)) return field.checked !== field.defaultChecked;
  if (isChoice(field)) return chosen(field).join("\n") !== givenChoice(field).join("\n");
  return field.value !== field.defaultValue;
}

function valueOf(field) {
  if (isTicked(field)) return field.checked;
  return isChoice(field) ? chosen(field) : field.value;
}

/** List a form's fields with their names and the place that each has among those of its name. */
function placed(form) {
  const seen = {};
  return [...form.elements].map((field) => {
    const nth = (seen[field.name] = (seen[field.name] ?? -1) + 1);
    return { field, nth };
  });
}

const nameOf = (form) => form.getAttribute("action") ?? "";

/** Read what was typed into the form that stands at a place; with `all`, what it came with counts as typed too. */
export function fieldsOf(form, place, all) {
  const found = placed(form)
    .filter(({ field }) => isKept(field) && (all || isChanged(field)))
    .map(({ field, nth }) => ({ form: nameOf(form), place, name: field.name, nth, value: valueOf(field) }));
  const file = [...form.elements].some((field) => field.type === "file" && field.value);
  return file ? [...found, { form: nameOf(form), place, isFile: true }] : found;
}

function formOf(kept, forms) {
  if (forms[kept.place] && nameOf(forms[kept.place]) === kept.form) return forms[kept.place];
  return forms.find((form) => nameOf(form) === kept.form);
}

function setValue(field, value) {
  if (isTicked(field)) field.checked = value;
  else if (isChoice(field)) for (const option of field.options) option.selected = value.includes(option.value);
  else field.value = value;
}

/** Put one back; false where its form has no such field any more. */
function putOneBack(kept, forms) {
  const form = formOf(kept, forms);
  const found = form && placed(form).find(({ field, nth }) => field.name === kept.name && nth === kept.nth);
  if (!found || !isKept(found.field)) return false;
  setValue(found.field, kept.value);
  // What counts letters, or shows one question after another, hears of it as if it were typed.
  for (const kind of ["input", "change"]) found.field.dispatchEvent(new Event(kind, { bubbles: true }));
  return true;
}

/** Put all back; resolves to the words for which there is no place, so that nobody has to think of them again. */
export function putBack(fields, forms) {
  const lacking = fields.filter((kept) => !kept.isFile && !putOneBack(kept, forms));
  return lacking.map(({ value }) => value).filter((value) => typeof value === "string" && value.trim());
}
