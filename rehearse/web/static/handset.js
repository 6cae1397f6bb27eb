"use strict";

/* The computer's page follows the pairing and opens the result; the phone's page waits until the person has compared the words. */
const LOOK_EVERY_MS = 1000;

function follow(place, address, take) {
  const look = async () => {
    const answer = await fetch(address).catch(() => null);
    if (answer && answer.ok) take(await answer.json());
    setTimeout(look, LOOK_EVERY_MS);
  };
  look();
}

function followPairing(place, address) {
  let before = null;
  follow(place, address, (now) => {
    if (now.stage !== place.dataset.stage) location.reload();
    if (before && now.kept && now.kept !== before.kept) location.assign(`/rehearsals/${now.kept}`);
    before = before || now;
  });
}

/* The phone vibrates when it rings, and its screen stays on. */
function setUpHandset(phone) {
  let lock = null;
  const stayAwake = async () => {
    if (!navigator.wakeLock || document.visibilityState !== "visible") return;
    lock = await navigator.wakeLock.request("screen").catch(() => null);
  };
  const buzz = () => { if (navigator.vibrate && phone.dataset.state === "ringing") navigator.vibrate([400, 200, 400]); };
  document.addEventListener("visibilitychange", stayAwake);
  new MutationObserver(() => {
    if (phone.dataset.state === "over" && lock) lock.release();
    buzz();
  }).observe(phone, { attributeFilter: ["data-state"] });
  stayAwake();
  buzz();
}

for (const place of document.querySelectorAll("[data-handset]")) {
  if (place.dataset.handset === "computer") followPairing(place, "/handset/state");
  else if (place.dataset.handset === "call") setUpHandset(place);
  else if (place.dataset.stage !== "paired") followPairing(place, "/state");
}
