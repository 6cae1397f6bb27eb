"use strict";

/* A round: shows events as they come, sends the two buttons, then loads the result. */
function setUpRound(round) {
  const part = (name) => round.querySelector(`[data-${name}]`);
  const buttons = round.querySelectorAll("[data-key]");
  const longest_s = Number(round.dataset.longest);
  let endsAt = null;

  function state(name, text) {
    round.dataset.state = name;
    part("state-text").textContent = text;
    round.querySelector('[data-key="done"]').disabled = name !== "yours";
  }

  function show(event) {
    const took = {
      ManagerSaid: () => state("theirs", "Listen to the manager"),
      TurnBegan: () => { state("yours", "Speak now"); endsAt = performance.now() + longest_s * 1000; },
      TurnEnded: () => { endsAt = null; state("theirs", "One moment: your words are being read."); },
      Level: () => { if (event.level_dbfs !== null) part("level").value = event.level_dbfs; },
      Kept: () => { source.close(); location.reload(); },
      Failed: () => { source.close(); location.reload(); },
    }[event.event];
    if (took) took();
  }

  for (const button of buttons) {
    button.addEventListener("click", () => fetch("/drill/key", {
      method: "POST",
      headers: { "X-Form-Token": round.dataset.token, "Accept": "application/json" },
      body: new URLSearchParams({ key: button.dataset.key }),
    }));
  }
  round.querySelector('[data-key="hang up"]').disabled = false; // until here a press would be lost
  setInterval(() => {
    if (endsAt === null) return;
    const left = Math.max(0, Math.ceil((endsAt - performance.now()) / 1000));
    part("clock").textContent = `0:${String(left).padStart(2, "0")}`;
  }, 200);

  const source = new EventSource("/drill/events");
  source.addEventListener("message", (message) => show(JSON.parse(message.data)));
}

for (const round of document.querySelectorAll("[data-drill]")) setUpRound(round);
