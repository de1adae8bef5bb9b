// The team's keyboard on a list: j and k move, x chooses, Enter opens, / searches, ? explains and turns it off.
(() => {
  "use strict";
  const OFF = "jalons-keys-off";
  const kept = { get: () => { try { return localStorage.getItem(OFF); } catch { return null; } },
    set: (value) => { try { localStorage.setItem(OFF, value); } catch { /* a private window forgets it */ } } };
  let row = -1;

  const help = document.createElement("dialog");
  help.className = "card keys";
  help.innerHTML = `<h2>Le clavier sur cette liste</h2>
    <dl class="facts"><dt>Ligne suivante</dt><dd>j</dd><dt>Ligne précédente</dt><dd>k</dd><dt>Cocher la ligne</dt><dd>x</dd>
    <dt>Ouvrir le dossier</dt><dd>Entrée</dd><dt>Rechercher</dt><dd>/</dd><dt>Cette aide</dt><dd>?</dd></dl>
    <form method="dialog" class="signbar"><button class="btn primary">Fermer</button>
    <button class="btn" value="switch"></button></form>`;
  document.body.append(help);
  const say = () => { help.querySelector("[value]").textContent = kept.get() === "yes" ? "Activer ces touches" : "Ne plus utiliser ces touches"; };
  help.querySelector("[value]").addEventListener("click", () => kept.set(kept.get() === "yes" ? "no" : "yes"));

  function show() { say(); help.showModal(); }

  function move(by) {
    const rows = [...document.querySelectorAll("[data-keys] tbody tr")];
    row = Math.max(0, Math.min(rows.length - 1, row + by));
    const link = rows[row] && rows[row].querySelector("td.title a");
    if (link) link.focus();
  }

  function choose() {
    const here = document.querySelectorAll("[data-keys] tbody tr")[row];
    const box = here && here.querySelector(".pick input");
    if (box) box.click();
  }

  const does = { j: () => move(1), k: () => move(-1), x: choose, "/": () => document.getElementById("id_search").focus(), "?": show };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
    if (event.target.matches("input:not([type=checkbox]), textarea, select")) return;
    if (!does[event.key] || (kept.get() === "yes" && event.key !== "?")) return;
    event.preventDefault();
    does[event.key]();
  });
  document.addEventListener("htmx:afterSwap", () => { row = -1; });

  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn quiet noprint";
  button.textContent = "Clavier (?)";
  button.addEventListener("click", show);
  document.querySelector(".head").append(button);
})();
