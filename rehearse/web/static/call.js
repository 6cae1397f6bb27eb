"use strict";

/* The phone: shows the call's events as they come, and sends its two buttons. */
function setUpPhone(phone) {
  const part = (name) => phone.querySelector(`[data-${name}]`);
  const done = phone.querySelector('[data-key="done"]');
  const log = part("log");
  let base = null;

  function state(name, text) {
    phone.dataset.state = name;
    part("state-text").textContent = text;
    done.disabled = name !== "yours";
  }

  function told(event) {
    if (event.at_s !== undefined) base = performance.now() - event.at_s * 1000;
    const took = {
      Ringing: () => state("ringing", event.text),
      Answered: () => state("theirs", event.text),
      ManagerSaid: () => { state("theirs", "They are speaking"); caption(event); },
      Beeped: () => state("theirs", event.text),
      TurnBegan: () => state("yours", "Your turn: speak now"),
      TurnEnded: () => state("theirs", "…"),
      LineTrouble: () => trouble(event.text),
      LineRestored: () => trouble(""),
      HungUp: () => { state("over", `${event.text} One moment: your words are being read.`); stop(); },
      Kept: () => { source.close(); location.replace(`/rehearsals/${event.id}`); },
      Failed: () => { source.close(); stop(); state("over", "The call ended."); trouble(`${event.problem} ${event.remedy}`); },
      Level: () => { if (event.level_dbfs !== null) part("level").value = event.level_dbfs; },
    }[event.event];
    if (took) took();
  }

  function trouble(text) {
    part("trouble").textContent = text;
    part("trouble").hidden = !text;
  }

  function caption(event) {
    const line = document.createElement("p");
    line.textContent = event.text;
    log.append(line);
    log.scrollTop = log.scrollHeight;
  }

  function stop() {
    base = null;
    for (const button of phone.querySelectorAll("[data-key]")) button.disabled = true;
  }

  function press(key) {
    fetch("/call/key", {
      method: "POST",
      headers: { "X-Form-Token": phone.dataset.token, "Accept": "application/json" },
      body: new URLSearchParams({ key }),
    });
  }

  for (const button of phone.querySelectorAll("[data-key]")) {
    button.addEventListener("click", () => press(button.dataset.key));
  }
  part("captions").addEventListener("change", (event) => { log.hidden = !event.target.checked; });
  setInterval(() => {
    if (base === null) return;
    const seconds = Math.max(0, Math.floor((performance.now() - base) / 1000));
    part("clock").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }, 250);

  const source = new EventSource("/call/events");
  source.addEventListener("message", (message) => told(JSON.parse(message.data)));
}

for (const phone of document.querySelectorAll("[data-call]")) setUpPhone(phone);
for (const form of document.querySelectorAll("[data-busy]")) {
  form.addEventListener("submit", () => {
    form.querySelector("[data-busy-text]").textContent = form.dataset.busy;
    form.querySelector("button").disabled = true;
  });
}
