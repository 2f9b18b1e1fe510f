// A month one can tap on, in place of two date fields: the fields stay, for those who would rather type.
const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MARKS = { off: ["not worked", ""], holiday: ["bank holiday", "hol."], full: ["full", "full"], away: ["away already", "away"], asked: ["asked for", "asked"] };
const MONTH = new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });
const DAY = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

const parse = (iso) => new Date(`${iso}T00:00:00Z`);
const told = (day) => day.toISOString().slice(0, 10);
const plus = (day, days) => new Date(day.getTime() + days * 86_400_000);
const weekday = (day) => (day.getUTCDay() + 6) % 7;
const firstOf = (day) => new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), 1));
const monthsOn = (day, months) => new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + months, 1));

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

class Calendar {
  constructor(box) {
    this.from = box.querySelector(`[name="${box.dataset.from}"]`);
    this.to = box.querySelector(`[name="${box.dataset.to}"]`);
    this.marks = JSON.parse(box.dataset.marks);
    this.today = parse(told(new Date()));
    // Managers enter leave that is past already.
    this.earliest = "past" in box.dataset ? parse("2000-01-01") : this.today;
    this.shown = firstOf(this.from.value ? parse(this.from.value) : this.today);
    this.stop = this.from.value || told(this.today);
    this.root = element("div", { class: "month" });
    this.said = element("p", { class: "month__said", "aria-live": "polite" });
    const fields = element("details", { class: "why" }, element("summary", {}, "Type the dates instead"));
    fields.open = Boolean(box.querySelector(".nhsuk-form-group--error"));
    const answer = element("div", { class: "why__answer" }, ...box.childNodes);
    fields.append(answer);
    box.append(this.root, this.said, fields);
    for (const field of [this.from, this.to]) field.addEventListener("change", () => this.draw());
    this.root.addEventListener("click", (event) => this.onClick(event));
    this.root.addEventListener("keydown", (event) => this.onKey(event));
    this.draw();
  }

  onClick(event) {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.turn) this.turn(Number(button.dataset.turn), button.dataset.turn);
    else if (button.getAttribute("aria-disabled") !== "true") this.choose(button.dataset.day);
  }

  onKey(event) {
    const day = event.target.dataset.day;
    if (!day || !(event.key in STEPS || event.key === "PageUp" || event.key === "PageDown")) return;
    event.preventDefault();
    const here = parse(day);
    const step = STEPS[event.key] ?? (event.key === "PageUp" ? -28 : 28);
    this.stop = told(plus(here, step));
    this.shown = firstOf(parse(this.stop));
    this.draw();
    this.root.querySelector(`[data-day="${this.stop}"]`).focus();
  }

  turn(months, focus) {
    this.shown = monthsOn(this.shown, months);
    this.draw();
    const button = this.root.querySelector(`[data-turn="${focus}"]`);
    (button.disabled ? this.root.querySelector("[data-turn]:enabled") : button).focus();
  }

  /** Take a day: the first tap is the first day, the next one, where it is later, the last. */
  choose(day) {
    const isSecond = this.from.value && !this.to.value && day > this.from.value;
    if (isSecond) this.to.value = day;
    else [this.from.value, this.to.value] = [day, ""];
    this.stop = day;
    this.from.dispatchEvent(new Event("change", { bubbles: true }));
    this.root.querySelector(`[data-day="${day}"]`).focus();
  }

  draw() {
    const month = MONTH.format(this.shown);
    const head = element("tr", {}, ...WEEKDAYS.map((name) => element("th", { scope: "col" }, name)));
    const table = element("table", {}, element("caption", { class: "nhsuk-u-visually-hidden" }, `${month}: choose the first and the last day`), element("thead", {}, head), this.weeks());
    this.root.replaceChildren(this.bar(month), table);
    this.said.textContent = this.sentence();
  }

  bar(month) {
    const back = element("button", { type: "button", "data-turn": "-1", "aria-label": "Month before" }, "‹");
    back.disabled = this.shown <= firstOf(this.earliest);
    const on = element("button", { type: "button", "data-turn": "1", "aria-label": "Next month" }, "›");
    return element("div", { class: "month__bar" }, back, element("p", { class: "month__name", "aria-live": "polite" }, month), on);
  }

  weeks() {
    const body = element("tbody");
    const end = monthsOn(this.shown, 1);
    if (parse(this.stop) < this.shown || parse(this.stop) >= end) this.stop = told(this.shown);
    let day = plus(this.shown, -weekday(this.shown));
    while (day < end) {
      const row = element("tr");
      for (let count = 0; count < 7; count += 1, day = plus(day, 1)) {
        const inside = day >= this.shown && day < end;
        row.append(inside ? element("td", {}, this.day(told(day))) : element("td"));
      }
      body.append(row);
    }
    return body;
  }

  day(iso) {
    const mark = this.marks[iso];
    const [words, short] = MARKS[mark] ?? ["", ""];
    const chosen = this.from.value && iso >= this.from.value && iso <= (this.to.value || this.from.value);
    const label = [DAY.format(parse(iso)), words].filter(Boolean).join(", ");
    const button = element("button", {
      type: "button",
      "data-day": iso,
      "aria-label": label,
      "aria-pressed": String(Boolean(chosen)),
      tabindex: iso === this.stop ? "0" : "-1",
      class: [mark && `is-${mark}`, chosen && "is-chosen"].filter(Boolean).join(" "),
    }, String(parse(iso).getUTCDate()));
    if (short) button.append(element("small", { "aria-hidden": "true" }, short));
    if (iso < told(this.earliest)) button.setAttribute("aria-disabled", "true");
    return button;
  }

  sentence() {
    if (!this.from.value) return "Choose the first day.";
    const first = DAY.format(parse(this.from.value));
    if (!this.to.value || this.to.value === this.from.value) return `${first}. For more days, choose the last one too.`;
    return `${first} to ${DAY.format(parse(this.to.value))}`;
  }
}

for (const box of document.querySelectorAll("[data-calendar]")) new Calendar(box);
