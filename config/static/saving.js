// What one types is kept in this browser until the service has it: a cut, an ended session, a closed tab lose nothing.
(() => {
  "use strict";

  // A file that was chosen leaves at once: on a telephone, one tap less for each.
  document.querySelectorAll("form[data-upload]").forEach((upload) => {
    upload.querySelector("button").hidden = true;
    upload.addEventListener("change", () => { if (upload.elements.file.value) upload.requestSubmit(); });
  });

  const form = document.querySelector("form[data-keep]");
  const key = form && form.dataset.keep;
  const ours = ["csrfmiddlewaretoken", "seen", "page"];

  // The page that follows a save is proof that its words arrived.
  const sent = sessionStorage.getItem("sent");
  if (sent && sent !== key) localStorage.removeItem(sent);
  sessionStorage.removeItem("sent");
  if (!form) return;

  const said = document.getElementById("etat");
  let flying = null, signedOut = false, retry;

  const words = () => [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !ours.includes(name));
  const save = () => htmx.trigger(form, "change");

  function say(name) {
    said.replaceChildren(document.querySelector(`template[data-say="${name}"]`).content.cloneNode(true));
  }

  function keep() {
    const { seen, page } = form.elements;
    localStorage.setItem(key, JSON.stringify({ words: words(), seen: seen.value, page: page.value }));
  }

  // Put back with the marks of the page they were typed on, so that what others wrote since is seen.
  function restore() {
    const kept = JSON.parse(localStorage.getItem(key) || "null");
    if (!kept) return;
    if (JSON.stringify(kept.words) === JSON.stringify(words())) return localStorage.removeItem(key);
    for (const field of form.elements) {
      if (!field.name || ours.includes(field.name) || field.type === "submit") continue;
      const values = kept.words.filter(([name]) => name === field.name).map(([, value]) => value);
      if (["checkbox", "radio"].includes(field.type)) field.checked = values.includes(field.value);
      else if (values.length) field.value = values[0];
    }
    form.elements.seen.value = kept.seen;
    form.elements.page.value = kept.page;
    say("found");
    save();
  }

  // A sign-in in another tab gives this page a new token; nothing else of it is read again.
  async function signInAgain() {
    const answer = await fetch(location.href).catch(() => null);
    const page = new DOMParser().parseFromString(answer ? await answer.text() : "", "text/html");
    const token = page.querySelector("form[data-keep] [name=csrfmiddlewaretoken]");
    if (!token) return say("session");
    form.elements.csrfmiddlewaretoken.value = token.value;
    save();
  }

  form.addEventListener("input", keep);
  form.addEventListener("change", keep);
  form.addEventListener("submit", (event) => {
    keep();
    if (navigator.onLine) return sessionStorage.setItem("sent", key);
    event.preventDefault();
    event.stopPropagation();
    say("offline");
  });
  addEventListener("online", save);
  document.addEventListener("visibilitychange", () => { if (signedOut && !document.hidden) signInAgain(); });

  document.addEventListener("htmx:beforeRequest", (event) => {
    clearTimeout(retry);
    if (event.detail.elt === form) flying = localStorage.getItem(key);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const { elt, successful, xhr } = event.detail;
    if (elt !== form) return;
    if (successful) {
      signedOut = false;
      if (localStorage.getItem(key) === flying) localStorage.removeItem(key);
    } else if ([401, 403].includes(xhr.status)) {
      if (signedOut) return say("session");
      signedOut = true;
      signInAgain();
    } else if (xhr.status === 0 || xhr.status >= 500) {
      say(xhr.status ? "fault" : "offline");
      retry = setTimeout(save, 15000);
    }
  });

  addEventListener("load", restore);
})();
