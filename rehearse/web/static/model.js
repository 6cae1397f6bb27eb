"use strict";

/* A download's page: the bar grows, and the page loads again when the download ends. */
const LOOK_EVERY_MS = 500;

function followDownload(place) {
  const bar = place.querySelector("progress"), said = place.querySelector("[data-said]");
  const look = async () => {
    const answer = await fetch(place.dataset.download).catch(() => null);
    if (answer && answer.ok) {
      const now = await answer.json();
      if (now.stage !== place.dataset.stage) return location.reload();
      bar.value = now.done;
      said.textContent = now.said;
    }
    setTimeout(look, LOOK_EVERY_MS);
  };
  look();
}

document.querySelectorAll("[data-download]").forEach(followDownload);
