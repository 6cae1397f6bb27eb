"use strict";

/* The computer's pages follow the pairing and the phone's call, and open its result; the phone's page waits until the person has compared the words. */
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
  follow(place, address, (now) => { if (now.stage !== place.dataset.stage) location.reload(); });
}

/* Opens the result of a call that ended after this page was made. */
function openResult(place, now) {
  const isNew = Boolean(now.kept) && now.kept !== place.dataset.kept;
  if (isNew) location.assign(`/rehearsals/${now.kept}`);
  return isNew;
}

function followPhone(place) {
  follow(place, "/handset/state", (now) => {
    if (openResult(place, now)) return;
    if (now.stage !== place.dataset.stage) location.reload();
    const text = place.querySelector("[data-call-text]");
    if (text && text.textContent !== now.text) text.textContent = now.text;
  });
}

/* On the first page and on a result: says that there is a call on the phone. */
function lookAside(place) {
  follow(place, "/handset/state", (now) => {
    if (!openResult(place, now)) place.hidden = !now.on;
  });
}

/* The phone vibrates when it rings, and its screen stays on. */
function setUpHandset(phone) {
  let lock = null;
  const stayAwake = async () => {
    if (!navigator.wakeLock || document.visibilityState !== "visible") return;
    lock = await navigator.wakeLock.request("screen").catch(() => null);
  };
  // After a reload a browser lets a page vibrate only once it was touched.
  const mayBuzz = () => navigator.vibrate && (!navigator.userActivation || navigator.userActivation.hasBeenActive);
  const buzz = () => { if (mayBuzz() && phone.dataset.state === "ringing") navigator.vibrate([400, 200, 400]); };
  document.addEventListener("visibilitychange", stayAwake);
  new MutationObserver(() => {
    if (phone.dataset.state === "over" && lock) lock.release();
    buzz();
  }).observe(phone, { attributeFilter: ["data-state"] });
  stayAwake();
  buzz();
}

for (const place of document.querySelectorAll("[data-handset]")) {
  if (place.dataset.handset === "computer") followPhone(place);
  else if (place.dataset.handset === "aside") lookAside(place);
  else if (place.dataset.handset === "call") setUpHandset(place);
  else followPairing(place, "/state");
}
