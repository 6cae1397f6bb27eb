"use strict";

/* The phone: shows the call's events as they come, and sends keys and typed turns. */
function setUpPhone(phone) {
  const part = (name) => phone.querySelector(`[data-${name}]`);
  const forTurn = part("for-turn");
  const hold = part("hold") && setUpHold(part("hold"), () => press("done"));
  const log = part("log");
  let base = null;

  function state(name, text) {
    phone.dataset.state = name;
    part("state-text").textContent = text;
    if (forTurn) forTurn.disabled = name !== "yours";
    if (hold) hold.mayTalk(name === "yours");
  }

  function show(event) {
    if (event.at_s !== undefined) base = performance.now() - event.at_s * 1000;
    const took = {
      Ringing: () => state("ringing", "Ringing …"),
      Answered: () => state("theirs", event.text),
      ManagerSaid: () => { state("theirs", "They are speaking"); caption(event.who, event.text); },
      CandidateSaid: () => { if (event.said) caption("you", event.said); else aside(event.text); },
      UnderstoodSoFar: () => { part("hints").textContent = event.text; },
      Beeped: () => state("theirs", event.text),
      TurnBegan: () => state("yours", phone.dataset.yours),
      TurnEnded: () => state("theirs", "…"),
      LineTrouble: () => trouble(event.text),
      LineRestored: () => trouble(""),
      HungUp: () => { over(event.text); part("scoring").hidden = false; },
      Kept: () => { source.close(); location.replace(`/rehearsals/${event.id}`); },
      Failed: () => { source.close(); failed(event); },
      Level: () => { if (part("level") && event.level_dbfs !== null) part("level").value = event.level_dbfs; },
    }[event.event];
    if (took) took();
  }

  /* Nothing is left to press, so hide all buttons. */
  function over(text) {
    base = null;
    state("over", text);
    trouble("");
    part("controls").hidden = true;
  }

  function failed(event) {
    over("There is no call.");
    part("clock").hidden = true;
    trouble(`${event.problem} ${event.remedy}`);
    log.hidden = true;
    part("scoring").hidden = true;
    part("failed").hidden = false;
    part("type-instead").hidden = !event.typing_helps;
  }

  function trouble(text) {
    part("trouble").textContent = text;
    part("trouble").hidden = !text;
  }

  function caption(who, text) {
    const line = document.createElement("p");
    const name = document.createElement("span");
    name.className = "sr";
    name.textContent = `${who[0].toUpperCase()}${who.slice(1)}: `;
    line.append(name, text);
    if (who === "you") line.className = "own-words";
    log.append(line);
    toTheNewest();
  }

  function aside(text) {
    const line = document.createElement("p");
    line.className = "aside";
    line.textContent = text;
    log.append(line);
    toTheNewest();
  }

  function toTheNewest() {
    log.scrollTop = log.scrollHeight;
  }
  // The keyboard of a phone or a smaller window leaves the newest words in sight.
  if (log) new ResizeObserver(toTheNewest).observe(log);

  async function send(path, fields) {
    const sent = await fetch(path, {
      method: "POST",
      headers: { "X-Form-Token": phone.dataset.token, "Accept": "application/json" },
      body: new URLSearchParams(fields),
    }).catch(() => ({ ok: false }));
    if (!sent.ok) trouble("That did not reach rehearse. It may have ended; load this page again.");
    return sent.ok;
  }

  const press = (key) => send("/call/key", { key });
  for (const button of phone.querySelectorAll("[data-key]")) {
    button.addEventListener("click", () => press(button.dataset.key));
  }
  phone.querySelector("[data-key='hang up']").disabled = false; // until here a press would be lost
  if (part("say")) setUpTyping(part("say"), part("text"), forTurn, (text) => send("/call/said", { text }));
  part("captions").addEventListener("change", (event) => {
    log.hidden = !event.target.checked;
    toTheNewest();
    send("/call/captions", { on: event.target.checked ? "1" : "" });
  });
  setInterval(() => {
    if (base === null) return;
    const seconds = Math.max(0, Math.floor((performance.now() - base) / 1000));
    part("clock").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }, 250);

  askBeforeLeaving(() => phone.dataset.state !== "over", () => press("hang up"));
  const source = new EventSource("/call/events");
  source.addEventListener("message", (message) => show(JSON.parse(message.data)));
}

/* A link, or "Quit", during a call: asks first. */
function askBeforeLeaving(isOn, hangUp) {
  const dialog = document.querySelector("[data-leave]");
  let go = null;
  function ask(event, leave) {
    if (!isOn()) return;
    event.preventDefault();
    go = leave;
    dialog.showModal();
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (link && !link.getAttribute("href").startsWith("#")) ask(event, () => location.assign(link.href));
  });
  document.addEventListener("submit", (event) => {
    if (event.target.matches("footer form")) ask(event, () => event.target.submit());
  });
  dialog.querySelector("[data-stay]").addEventListener("click", () => dialog.close());
  dialog.querySelector("[data-go]").addEventListener("click", async () => {
    await hangUp();
    go();
  });
}

/* A typed turn: Enter sends it during the candidate's turn. */
function setUpTyping(form, field, button, say) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (!text || button.disabled) return;
    button.disabled = true;
    if (await say(text)) field.value = "";
    else button.disabled = false;
    field.focus();
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit(button.disabled ? undefined : button);
  });
  field.focus();
}

/* Hold to talk: letting go ends the turn. A short press stays on until the next one, for hands
   that cannot hold; so does a hold that the browser breaks off, and no word is lost. */
const SHORT_PRESS_MS = 500;
const LAST_SYLLABLE_MS = 300; // people let go before the last syllable has arrived

function setUpHold(button, done) {
  let talking = false, held = false, latched = false, since = 0, ending = null;

  function show(text) {
    button.textContent = text;
    button.toggleAttribute("data-talking", talking);
  }

  function down() {
    if (button.getAttribute("aria-disabled") === "true" || button.disabled || held) return;
    held = true;
    if (latched) return;
    clearTimeout(ending);
    talking = true;
    since = performance.now();
    show("Talking … let go when you have finished");
  }

  function up(broken) {
    if (!held) return;
    held = false;
    if (!latched && (broken || performance.now() - since < SHORT_PRESS_MS)) {
      latched = true;
      show("Talking … press again when you have finished");
      return;
    }
    latched = false;
    ending = setTimeout(() => { talking = false; show("Hold to talk"); done(); }, LAST_SYLLABLE_MS);
  }

  const usesKeys = "a, button, input, select, textarea, summary, [role=log]";
  const isOurs = (event) => (event.target === button && event.key === "Enter")
    || (event.key === " " && (event.target === button || !event.target.closest(usesKeys)));
  button.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    button.setPointerCapture(event.pointerId);
    down();
  });
  button.addEventListener("pointerup", () => up(false));
  button.addEventListener("pointercancel", () => up(true));
  button.addEventListener("contextmenu", (event) => event.preventDefault());
  button.addEventListener("click", (event) => {
    if (event.detail > 0) return; // the pointer events have handled it
    down(); // a screen reader or a voice command pressed it
    up(false);
  });
  document.addEventListener("keydown", (event) => {
    if (!isOurs(event)) return;
    event.preventDefault();
    if (!event.repeat) down();
  });
  document.addEventListener("keyup", (event) => {
    if (event.key !== " " && event.key !== "Enter") return;
    if (isOurs(event)) event.preventDefault();
    up(false);
  });
  window.addEventListener("blur", () => up(true));

  return {
    mayTalk(may) {
      button.setAttribute("aria-disabled", String(!may));
      if (may) return;
      clearTimeout(ending);
      talking = held = latched = false;
      show("Hold to talk");
    },
  };
}

for (const phone of document.querySelectorAll("[data-call]")) setUpPhone(phone);
for (const form of document.querySelectorAll("[data-busy]")) {
  form.addEventListener("submit", () => {
    form.querySelector("[data-busy-text]").textContent = form.dataset.busy;
    form.querySelector("button").disabled = true;
  });
}
