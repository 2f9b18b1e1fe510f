// The front door: says how much room a question has left, and keeps what was typed from being left by a slip.
const form = document.querySelector("main form.form");
const counted = form?.querySelector("[data-count]");

if (counted) {
  const room = document.createElement("p");
  room.className = "soft";
  room.setAttribute("aria-live", "polite");
  counted.after(room);
  const say = () => {
    const left = Number(counted.dataset.count) - counted.value.length;
    room.textContent = left >= 0 ? (left <= 50 ? `${left} characters left` : "") : `${-left} characters too many`;
    room.classList.toggle("is-bad", left < 0);
  };
  counted.addEventListener("input", say);
  say();
}

let isSent = false;
form?.addEventListener("submit", () => { isSent = true; });
window.addEventListener("beforeunload", (event) => {
  const isTyped = [...(form?.querySelectorAll("textarea") ?? [])].some((box) => box.value !== box.defaultValue);
  if (isTyped && !isSent) event.preventDefault();
});
