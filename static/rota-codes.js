// Letters typed in a cell, gathered until one site fits.

const FORGET_AFTER = 1_500;
const DUTY = "D";

/** Gather letters for a list of codes; `onCode(code)` is told what was meant, `onTyped(letters)` what to show. */
export class Letters {
  constructor(codes, onCode, onTyped) {
    Object.assign(this, { codes, onCode, onTyped, typed: "", placed: "" });
  }

  get isTyping() {
    return Boolean(this.typed);
  }

  forget() {
    clearTimeout(this.timer);
    this.typed = this.placed = "";
    this.onTyped("");
  }

  type(letter) {
    clearTimeout(this.timer);
    const typed = this.typed + letter.toUpperCase();
    if (this.placed) this.goOn(typed, letter.toUpperCase());
    else this.begin(typed);
    this.timer = setTimeout(() => this.settle(), FORGET_AFTER);
  }

  /** One code was meant already: what follows is the rest of it, a D for the duty doctor, or something new. */
  goOn(typed, letter) {
    if (this.placed.startsWith(typed)) this.typed = typed;
    else if (letter === DUTY) this.mean(`${this.placed} ${DUTY}`);
    else {
      this.placed = "";
      this.begin(letter);
    }
  }

  begin(typed) {
    const fitting = this.codes.filter((code) => code.startsWith(typed));
    if (!fitting.length) {
      this.typed = this.placed = "";
      this.onTyped(`No site begins with ${typed}`);
      return;
    }
    this.typed = typed;
    if (fitting.length === 1) this.mean(fitting[0]);
    else this.onTyped(`${typed}…`);
  }

  mean(code) {
    this.placed = code;
    this.onTyped(code);
    this.onCode(code);
  }

  /** Nothing more is typed: a code that is whole is meant, although longer ones begin like it. */
  settle() {
    const whole = !this.placed && this.codes.includes(this.typed) ? this.typed : "";
    this.forget();
    if (whole) this.onCode(whole);
  }
}
