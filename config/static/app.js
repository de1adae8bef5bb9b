// What the pages do better with JavaScript; each of them works without.
(() => {
  "use strict";

  // « Tout cocher », and the number of rows chosen, said in the bulk bar.
  function countChosen(form) {
    const boxes = [...form.querySelectorAll(".pick input")];
    const chosen = boxes.filter((box) => box.checked).length;
    const all = form.querySelector("[data-check-all]");
    const said = form.querySelector("[data-chosen]");
    if (all) {
      all.checked = chosen > 0 && chosen === boxes.length;
      all.indeterminate = chosen > 0 && chosen < boxes.length;
    }
    if (form.elements.whole?.checked) said.textContent = "Toute la liste";
    else if (said) said.textContent = chosen > 1 ? `${chosen} lignes choisies` : `${chosen} ligne choisie`;
  }

  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (!form) return;
    if (event.target.matches("[data-check-all]")) {
      form.querySelectorAll(".pick input").forEach((box) => { box.checked = event.target.checked; });
      countChosen(form);
    } else if (event.target.matches(".pick input, [name=whole]")) {
      countChosen(form);
    }
  });

  // A message stays until somebody closes it; the button exists only where it works.
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-close]");
    if (button) button.closest(".message").remove();
  });

  // A second click on the same button sends nothing twice; the server would answer « déjà fait » anyway.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    if (event.submitter) event.submitter.setAttribute("aria-disabled", "true");
    setTimeout(release, 8000);
  });

  // A lost answer, a download or the browser's « back » must not leave a form that cannot be sent.
  function release() {
    document.querySelectorAll("[data-sent]").forEach((form) => { delete form.dataset.sent; });
    document.querySelectorAll("button[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
  }
  window.addEventListener("pageshow", release);

  function wake(root) {
    root.querySelectorAll("[data-needs-script]").forEach((part) => { part.hidden = false; });
    root.querySelectorAll("form").forEach((form) => { if (form.querySelector(".pick")) countChosen(form); });
    const errors = root.querySelector("[data-focus]");
    if (errors) errors.focus();
  }

  wake(document);
  document.addEventListener("htmx:afterSwap", () => wake(document));
})();
