// The keys of a projected page: each is written on what it presses (data-key); ? explains them and turns them off.
(() => {
  "use strict";
  const OFF = "jalons-sitting-keys-off";
  const NAMES = { ArrowLeft: "←", ArrowRight: "→", Home: "Début", Enter: "Entrée", Escape: "Échap" };
  const kept = { get: () => { try { return localStorage.getItem(OFF); } catch { return null; } },
    set: (value) => { try { localStorage.setItem(OFF, value); } catch { /* a private window forgets it */ } } };

  const help = document.createElement("dialog");
  help.className = "card keys";
  document.body.append(help);

  function show() {
    const list = document.createElement("dl");
    list.className = "facts";
    document.querySelectorAll("[data-key]").forEach((one) => {
      const what = document.createElement("dt");
      const key = document.createElement("dd");
      what.textContent = one.textContent.trim();
      key.textContent = NAMES[one.dataset.key] || one.dataset.key;
      list.append(what, key);
    });
    const off = kept.get() === "yes";
    help.innerHTML = `<h2>Le clavier sur cette page</h2>
      <form method="dialog" class="signbar"><button class="btn primary">Fermer</button>
      <button class="btn" value="switch">${off ? "Activer ces touches" : "Ne plus utiliser ces touches"}</button></form>`;
    help.querySelector("h2").after(list);
    help.querySelector("[value]").addEventListener("click", () => kept.set(off ? "no" : "yes"));
    help.showModal();
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
    if (event.target.matches("input, textarea, select")) return;
    if (event.key === "Enter" && event.target.matches("a, button, summary")) return;
    if (event.key === "?") { show(); return; }
    const pressed = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!pressed || kept.get() === "yes") return;
    event.preventDefault();
    pressed.click();
  });

  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn quiet noprint";
  button.textContent = "Clavier (?)";
  button.addEventListener("click", show);
  document.querySelector(".turn").append(button);
})();
