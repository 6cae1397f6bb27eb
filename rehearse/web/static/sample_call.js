"use strict";

/* A sample call: each remark appears after the words it refers to. */
for (const root of document.querySelectorAll("[data-sample]")) {
  const sound = root.querySelector("audio");
  const remarks = Array.from(root.querySelectorAll("[data-remark]"));
  const after = root.querySelector("[data-after]");
  const all = root.querySelector("[data-show-all]");
  let heard_s = 0, showAll = false;

  function show() {
    heard_s = Math.max(heard_s, sound.currentTime);
    for (const remark of remarks) remark.hidden = !showAll && Number(remark.dataset.remark) > heard_s;
    after.hidden = !showAll && !sound.ended && heard_s < (sound.duration || Infinity) - 0.3;
  }

  sound.addEventListener("timeupdate", show);
  sound.addEventListener("ended", show);
  all.addEventListener("click", () => { showAll = true; all.hidden = true; show(); });
  all.disabled = false; // until here a press would be lost
  show();
}
