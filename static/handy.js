// Small services of pages that work without them: printing, and copying an address.
import { tell } from "./telling.js";

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

for (const button of document.querySelectorAll("[data-copy]")) {
  // Browsers let only pages of a safe address touch the clipboard.
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(field.value);
      tell("Copied.", "good");
    } catch {
      field.select();
      tell("Your browser did not let us copy: the address is marked, press Ctrl+C.");
    }
  });
}
