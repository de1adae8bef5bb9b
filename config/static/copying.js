// One answer copied by its button; without this file each text is still there to be selected.
(() => {
  "use strict";

  async function copy(source) {
    source.select();
    try {
      await navigator.clipboard.writeText(source.value);
    } catch {
      document.execCommand("copy"); // because a page without HTTPS has no clipboard
    }
  }

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    await copy(document.getElementById(button.dataset.copy));
    button.firstChild.textContent = "Copié";
    document.querySelector("[data-copied]").textContent = button.textContent;
  });
})();
