// Prints the page from its own button.
const button = document.querySelector("[data-print]");
button?.addEventListener("click", () => window.print());
