// Clinics that the person is booked into: chosen from a list, dropped again with one click, asked for when it is signed.
import * as outbox from "./run-outbox.js";
import { deed, make, newKey, part, redraw, say } from "./run-page.js";
import { mayWrite, minutesOf, onChange, shownItem, tellAll } from "./run-state.js";
import { tell } from "./telling.js";

const form = part("book");

const chosen = () => part("book-clinic").selectedOptions[0].textContent.trim();

function add(event) {
  event.preventDefault();
  const item = shownItem();
  if (!item || !mayWrite()) return;
  const [clinic, weeks] = [part("book-clinic").value, Number(part("book-weeks").value)];
  outbox.post("book", `/items/${item.id}/booking`, { clinic, weeks, key: newKey() }, { item: item.id, text: chosen() });
  tellAll();
}

function done({ about }, { booking }) {
  const { bookings } = minutesOf(about.item);
  if (!bookings.some((each) => each.id === booking.id)) bookings.push(booking);
  say(`Booked into ${booking.clinic}, to be seen by ${booking.due_said}.`);
  tellAll();
}

function refused(job, refusal) {
  tell(refusal.message);
  tellAll();
}

function drop(item, booking) {
  const minutes = minutesOf(item);
  minutes.bookings = minutes.bookings.filter((each) => each.id !== booking.id);
  outbox.post("unbook", `/bookings/${booking.id}/drop`, {}, { item, booking });
  say(`${booking.clinic} dropped.`);
  part("book-clinic").focus();
  tellAll();
}

function restore({ about }, refusal) {
  minutesOf(about.item).bookings.push(about.booking);
  tell(refusal.message);
  tellAll();
}

function line(item, booking) {
  const said = [make("span", { className: "run-action__words" }, booking.clinic), make("span", { className: "run-action__due" }, `by ${booking.due_said}`)];
  said.push(make("span", { className: "run-action__owner" }, "asked for when the minutes are signed"));
  if (mayWrite()) {
    const button = deed("Drop", () => drop(item, booking), "run-link run-action__drop");
    button.append(make("span", { className: "nhsuk-u-visually-hidden" }, ` ${booking.clinic}`));
    button.dataset.about = booking.id;
    said.push(button);
  }
  return make("li", { className: "run-action" }, ...said);
}

function draw() {
  const item = shownItem();
  if (!item) return;
  const sending = outbox.waiting((job) => job.kind === "book" && job.about.item === item.id);
  const lines = minutesOf(item.id).bookings.map((booking) => line(item.id, booking));
  lines.push(...sending.map(({ about }) => make("li", { className: "run-action is-sending" }, `${about.text} (not saved yet)`)));
  redraw(part("bookings"), lines);
  part("bookings").hidden = !lines.length;
  form.hidden = !mayWrite();
  part("booked").hidden = !lines.length && !mayWrite();
}

/** Begin only where the network has clinics. */
export function beginBookings() {
  if (!form) return;
  outbox.handle("book", { done, refused });
  outbox.handle("unbook", { done: () => {}, refused: restore });
  form.addEventListener("submit", add);
  onChange(draw);
}
