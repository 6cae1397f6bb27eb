"use strict";

/* The times of a clause's words come as one list: an element for each word would double the page.
   "12+40" is the pause before a word and its length, in hundredths of a second; "-" is unknown. */
function spreadTimes(clause) {
  const times = clause.dataset.w.split(" ");
  let at = 0;
  const timed = (word) => {
    const time = times.shift();
    if (time && time !== "-") {
      const [pause, length] = time.split("+").map(Number);
      word.dataset.s = (at + pause) / 100;
      word.dataset.e = (at += pause + length) / 100;
    }
    return word;
  };
  const made = (text) => {
    const word = document.createElement("span");
    word.className = "w";
    word.textContent = text;
    return timed(word);
  };
  for (const node of Array.from(clause.childNodes)) {
    if (node.nodeType === Node.TEXT_NODE) {
      const parts = node.textContent.split(/(\s+)/);
      node.replaceWith(...parts.map((part) => (part.trim() ? made(part) : part)));
    } else if (node.matches(".w")) timed(node);
  }
}

/* Plays a call and marks the position in the transcript. One player for each [data-player]. */
function setUp(root) {
  const sound = root.querySelector("audio");
  if (!sound) return;
  const all = (selector) => Array.from(root.querySelectorAll(selector));
  const one = (selector) => root.querySelector(selector);
  const words = all(".w[data-s]").map((element) => ({
    element, start: Number(element.dataset.s), end: Number(element.dataset.e),
  })).sort((a, b) => a.start - b.start);
  const evidence = all(".clause[data-c][data-s]");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  let stopAt = Infinity;
  let current = null;
  let pressed = null; // the play button whose words are playing

  const clock = (s) => `${Math.floor(s / 60)}:${String(Math.floor(s % 60)).padStart(2, "0")}`;
  const length = () => sound.duration || Number(one("[data-seek]")?.max) || 0;

  function wordAt(time) {
    let low = 0, high = words.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (words[middle].start <= time + 0.02) low = middle + 1; else high = middle;
    }
    return low - 1;
  }

  function show() {
    const time = sound.currentTime;
    const word = words[wordAt(time)];
    const next = word && time <= word.end + 0.25 ? word.element : null;
    if (next !== current) {
      current?.classList.remove("now");
      next?.classList.add("now");
      current = next;
      if (next && !sound.paused) follow(next);
    }
    const seek = one("[data-seek]");
    if (seek && document.activeElement !== seek) seek.value = time;
    if (seek) seek.setAttribute("aria-valuetext", clock(time));
    const head = one(".playhead");
    if (head && length()) head.style.left = `${(100 * time) / length()}%`;
    const now = one("[data-now]");
    if (now) now.textContent = clock(time);
    if (time >= stopAt) { stopAt = Infinity; sound.pause(); }
  }

  function follow(element) {
    const box = element.getBoundingClientRect();
    const player = one(".player");
    const top = player ? player.getBoundingClientRect().bottom : 0;
    if (box.bottom > innerHeight - 16 || box.top < top) {
      element.scrollIntoView({ block: "center", behavior: calm.matches ? "auto" : "smooth" });
    }
  }

  function frame() {
    show();
    if (!sound.paused) requestAnimationFrame(frame);
  }

  function playFrom(start, end, button = null) {
    press(button);
    document.querySelectorAll("audio").forEach((other) => { if (other !== sound) other.pause(); });
    stopAt = end || Infinity;
    sound.currentTime = start;
    // Who presses twice stops what had not begun: that is no fault.
    sound.play().catch((fault) => { if (fault.name !== "AbortError") throw fault; });
  }

  function press(button) {
    pressed?.classList.remove("on");
    pressed = button;
    pressed?.classList.add("on");
  }

  function toggle() {
    stopAt = Infinity;
    if (sound.paused) playFrom(sound.currentTime); else sound.pause();
  }

  function jumpTo(time) {
    stopAt = Infinity;
    sound.currentTime = Math.min(Math.max(time, 0), length());
    show();
  }

  function goToEvidence(step) {
    const shown = evidence.filter((element) => !element.classList.contains("off"));
    if (!shown.length) return;
    const time = sound.currentTime;
    const starts = shown.map((element) => Number(element.dataset.s));
    let place = step > 0
      ? starts.findIndex((start) => start > time + 0.3)
      : starts.findLastIndex((start) => start < time - 1.5);
    if (place < 0) place = step > 0 ? 0 : shown.length - 1;
    evidence.forEach((element) => element.classList.remove("here"));
    shown[place].classList.add("here");
    shown[place].scrollIntoView({ block: "center", behavior: calm.matches ? "auto" : "smooth" });
    playFrom(starts[place]);
  }

  function paint() {
    const text = one("[data-toggle-text]");
    if (text) text.textContent = sound.paused ? "Play" : "Pause";
    root.classList.toggle("playing", !sound.paused);
    if (sound.paused) press(null);
  }

  sound.addEventListener("play", () => { paint(); frame(); });
  sound.addEventListener("pause", paint);
  sound.addEventListener("seeked", show);
  sound.addEventListener("loadedmetadata", show);

  root.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.hasAttribute("data-play")) {
      if (button === pressed) sound.pause();
      else playFrom(Number(button.dataset.s), Number(button.dataset.e), button);
    } else if (button?.hasAttribute("data-toggle")) {
      toggle();
    } else if (button?.dataset.evidence) {
      goToEvidence(Number(button.dataset.evidence));
    } else if (event.target.closest(".wave")) {
      const box = event.target.closest(".wave").getBoundingClientRect();
      jumpTo(((event.clientX - box.left) / box.width) * length());
    } else {
      const word = event.target.closest(".w[data-s]");
      if (word && getSelection().isCollapsed) playFrom(Number(word.dataset.s));
    }
  });
  root.addEventListener("input", (event) => {
    if (event.target.matches("[data-seek]")) jumpTo(Number(event.target.value));
  });
  root.addEventListener("change", (event) => {
    const box = event.target;
    if (box.matches("[data-speed]")) sound.playbackRate = Number(box.value);
  });
  document.addEventListener("keydown", (event) => {
    const keys = one("[data-keys]");
    if (!keys || !keys.checked || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.closest("input, textarea, select, summary")) return;
    const onButton = event.target.closest("button, a");
    if (event.key === " " && !onButton) toggle();
    else if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      const step = event.key === "ArrowLeft" ? -1 : 1;
      if (event.shiftKey && words.length) {
        const place = Math.min(Math.max(wordAt(sound.currentTime) + step, 0), words.length - 1);
        playFrom(words[place].start);
      } else jumpTo(sound.currentTime + 3 * step);
    } else if (event.key === "n" || event.key === "p") goToEvidence(event.key === "n" ? 1 : -1);
    else return;
    event.preventDefault();
  });
  for (const button of all("[data-toggle]")) button.disabled = false; // until here a press would be lost
}

/* The legend filters the marks; this needs no sound. */
function setUpLegend(root) {
  function filter() {
    const shown = new Set(
      Array.from(root.querySelectorAll("[data-filter]:checked"), (box) => box.dataset.filter));
    const known = root.querySelector("[data-filter]") !== null;
    root.querySelectorAll("[data-c]").forEach((element) => {
      const on = !known || element.dataset.c.split(" ").some((key) => shown.has(key));
      element.classList.toggle("off", !on);
    });
  }
  root.addEventListener("change", (event) => {
    if (event.target.matches("[data-filter]")) filter();
    if (event.target.matches("[data-show]")) {
      root.classList.toggle(`show-${event.target.dataset.show}`, event.target.checked);
    }
  });
  filter();
}

for (const root of document.querySelectorAll("[data-player]")) {
  root.querySelectorAll("[data-w]").forEach(spreadTimes);
  for (const word of root.querySelectorAll(".unsure:not([title])")) {
    word.title = "The recogniser was not sure of this word";
  }
  setUp(root);
  setUpLegend(root);
}
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
