"use strict";

/* The coach on a call sheet's page: saves and judges everything typed, after a short pause. */
const REST_MS = 500;

function setUpCoach(form) {
  const all = (selector, root = form) => Array.from(root.querySelectorAll(selector));
  const slots = all("[data-slot]");
  const trouble = form.querySelector("[data-trouble]");
  let waiting = null, sending = null, changed = false, drafts = [];

  function show(line, counts, text) {
    const sign = counts === null ? "" : counts ? "✓ " : "– ";
    if (line.textContent.trim() === (sign + text).trim()) return;
    line.textContent = sign + text;
    line.dataset.counts = counts === null ? "" : String(counts);
  }

  async function keep() {
    clearTimeout(waiting);
    waiting = null;
    changed = false;
    const fields = new FormData(form);
    fields.delete("file");
    const answer = await fetch("/sheets/keep", {
      method: "POST", headers: { "X-Form-Token": form.dataset.token }, body: fields,
    }).catch(() => null);
    if (!answer || !answer.ok) {
      problem("That did not reach the program. Is the terminal that it runs in still open? Nothing typed here is lost as long as this page is open.");
      return;
    }
    const said = await answer.json();
    problem(said.problem);
    if (said.name && !form.elements.old.value) {
      form.elements.old.value = said.name;
      history.replaceState(null, "", `/sheets/${encodeURIComponent(said.name)}`);
    }
    if (said.name && !said.problem) form.querySelector("[data-kept]").textContent = `Kept as ${said.name}.`;
    form.querySelector("[data-standing]").textContent = said.standing;
    show(form.querySelector("[data-phone-hint]"), null, said.phone);
    drafts = said.ways.map((way) => way.draft);
    slots.forEach((slot, place) => show(slot.querySelector("[data-judged]"), said.ways[place].counts, said.ways[place].text));
    show(form.querySelector("[data-slot-question] [data-judged]"), said.question.counts, said.question.text);
  }

  /* One at a time: two requests at once could make two sheets of one. */
  function keepNow() {
    sending = (sending || Promise.resolve()).then(keep);
    return sending;
  }

  function problem(text) {
    trouble.textContent = text || "";
    trouble.hidden = !text;
  }

  form.addEventListener("input", (event) => {
    if (event.target.type === "file") return;
    changed = true;
    clearTimeout(waiting);
    // The sheet gets its name from this field, so wait until the person leaves it.
    const namesIt = !form.elements.old.value && ["company", "manager", "job"].includes(event.target.name);
    if (!namesIt) waiting = setTimeout(keepNow, REST_MS);
  });
  form.addEventListener("change", (event) => {
    if (event.target.type === "file") {
      if (event.target.files.length) form.requestSubmit(form.querySelector("[value=stay]"));
    } else if (changed) keepNow();
  });
  form.addEventListener("submit", (event) => {
    if (!sending) form.dataset.ready = "1"; // the form itself submits all changes
    if (form.dataset.ready) return;
    event.preventDefault();
    clearTimeout(waiting);
    const button = event.submitter;
    sending.then(() => {
      form.dataset.ready = "1";
      const pressed = document.createElement("input"); // form.submit() does not say which button it was
      pressed.type = "hidden";
      pressed.name = button ? button.name : "then";
      pressed.value = button ? button.value : "";
      form.append(pressed);
      HTMLFormElement.prototype.submit.call(form);
    });
  });
  addEventListener("pageshow", () => { delete form.dataset.ready; });
  addEventListener("pagehide", () => {
    if (!changed || form.dataset.ready) return;
    const fields = new FormData(form);
    fields.delete("file");
    fetch("/sheets/keep", { method: "POST", keepalive: true, headers: { "X-Form-Token": form.dataset.token }, body: fields }).catch(() => {});
  });
  slots.forEach((slot, place) => setUpFive(slot, async () => {
    await keepNow();
    const way = slot.querySelector("[data-way]");
    if (!drafts[place]) { way.focus(); return; } // the line below it asks in other words
    way.value = drafts[place];
    slot.querySelector("[data-five]").open = false;
    way.focus();
    await keepNow();
  }));
  // On a busy computer people type before this script runs.
  if (all("input:not([type]), input[type=text], textarea").some((field) => field.value !== field.defaultValue)) {
    changed = true;
    waiting = setTimeout(keepNow, REST_MS);
  }
}

/* Five small questions, one at a time; Enter goes on. */
function setUpFive(slot, draft) {
  const questions = Array.from(slot.querySelectorAll("[data-question]"));
  const part = (name) => slot.querySelector(`[data-${name}]`);
  let at = 0;

  function show(focus) {
    questions.forEach((question, place) => { question.hidden = place !== at; });
    part("back").disabled = at === 0;
    part("next").textContent = at === questions.length - 1 ? "Make a sentence of my answers" : "Next";
    part("step").textContent = `${at + 1} of ${questions.length}; an empty answer skips it`;
    if (focus) questions[at].querySelector("input").focus();
  }

  function next() {
    if (at === questions.length - 1) { draft(); return; }
    at += 1;
    show(true);
  }

  part("steps").hidden = false;
  part("draft").hidden = true;
  part("next").addEventListener("click", next);
  part("back").addEventListener("click", () => { at -= 1; show(true); });
  for (const question of questions) {
    question.querySelector("input").addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      next();
    });
  }
  part("five").addEventListener("toggle", () => { if (part("five").open) questions[at].querySelector("input").focus(); });
  show(false);
}

for (const form of document.querySelectorAll("[data-prep]")) setUpCoach(form);
