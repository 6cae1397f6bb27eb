"use strict";

/* The page as the telephone: its microphone and loudspeaker are the line of the call.
   Sound goes over one socket; what the bytes mean stands in rehearse/engines/browser/messages.py. */
const RATE_HZ = 16000;
const KEEP_FRAMES = 500; // ten seconds of sound while the socket is closed
const TRY_AGAIN_MS = 500;
const GIVE_UP_MS = 20000;
const OVER = 4000, MOVED = 4001, ODD = 4002, NO_CALL = 4003;
const PLAY = 2;

/* `waits`: the program opens the line a moment later. */
function setUpLine(place, waits = false) {
  const text = place.querySelector("[data-line-text]");
  const level = place.querySelector("[data-line-level]");
  const soundButton = place.querySelector("[data-line-sound]");
  // Not every page has this box; it may be ticked before the microphone is there.
  const mute = document.querySelector("[data-line-mute]") || document.createElement("input");
  const listens = place.dataset.listens === "yes";
  const clock = String(Math.random()).slice(2);
  const title = document.title;
  let context = null, node = null, stream = null, source = null, socket = null;
  let kept = [], received = 0, problem = null, aloneSince = null, ended = false;

  function say(sentence) {
    text.textContent = sentence;
    text.hidden = !sentence;
  }

  function tell(message) {
    if (socket && socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
  }

  function trouble(what) {
    if (document.hidden && (what === "muted" || what === "silent")) what = "background";
    if (problem === what) return;
    problem = what;
    tell(what ? { type: "problem", what } : { type: "solved" });
    showInTab();
  }

  /* In the background a computer's browser gives sound as before; a phone's takes it away. */
  function showInTab() {
    document.title = !document.hidden || ended ? title : problem ? "Your call waits" : "Your call goes on";
  }

  function heedBackground() {
    showInTab();
    if (document.hidden || ended) return;
    if (problem === "background") trouble(micIsMuted() ? "muted" : null);
    watchSound();
  }

  function micIsMuted() {
    return Boolean(stream && stream.getAudioTracks()[0].muted);
  }

  /* The microphone */
  function wanted() {
    const chosen = remembered("microphone");
    return {
      audio: {
        channelCount: 1,
        // With headphones there is no echo, so the voice stays unprocessed.
        echoCancellation: place.dataset.headphones !== "yes",
        noiseSuppression: false,
        autoGainControl: false,
        ...(chosen ? { deviceId: { ideal: chosen } } : {}),
      },
    };
  }

  async function askForMicrophone() {
    const asks = setTimeout(() => say("Your browser asks whether rehearse may use the microphone: allow it."), 700);
    try {
      stream = await navigator.mediaDevices.getUserMedia(wanted());
    } finally {
      clearTimeout(asks);
      say("");
    }
    const [track] = stream.getAudioTracks();
    heedMute();
    track.addEventListener("ended", () => { trouble("unplugged"); findAgain(); });
    track.addEventListener("mute", () => trouble("muted"));
    track.addEventListener("unmute", () => trouble(null));
    if (source) source.disconnect();
    source = context.createMediaStreamSource(stream);
    source.connect(node);
    if (waits) level.hidden = false;
    showDevices();
  }

  function heedMute() {
    if (stream) for (const track of stream.getAudioTracks()) track.enabled = !mute.checked;
    tell({ type: "mute", on: mute.checked });
  }

  async function findAgain() {
    while (!ended && problem === "unplugged") {
      await new Promise((done) => setTimeout(done, TRY_AGAIN_MS));
      await askForMicrophone().then(() => trouble(null), () => {});
    }
  }

  function whatFailed(error) {
    return {
      NotAllowedError: "refused", SecurityError: "refused", NotFoundError: "missing",
      NotReadableError: "busy", AbortError: "busy",
    }[error.name] || "failed";
  }

  /* The sound */
  async function openSound() {
    context = new AudioContext({ sampleRate: RATE_HZ, latencyHint: "interactive" });
    const loudspeaker = remembered("loudspeaker");
    if (loudspeaker && context.setSinkId) await context.setSinkId(loudspeaker).catch(() => {});
    await context.audioWorklet.addModule("/static/line_worklet.js");
    node = new AudioWorkletNode(context, "line", { channelCount: 1, channelCountMode: "explicit" });
    node.connect(context.destination);
    node.port.onmessage = (message) => fromWorklet(message.data);
    context.addEventListener("statechange", watchSound);
    if (listens) await askForMicrophone();
    kept = []; // from before there was a microphone; its numbers leave gaps
    watchSound();
  }

  /* Browsers allow sound only after a click or touch, and stop it while a laptop sleeps. */
  async function watchSound() {
    if (ended) return;
    if (context.state !== "running") await Promise.race([context.resume(), new Promise((done) => setTimeout(done, 500))]);
    const silent = context.state !== "running";
    soundButton.hidden = !silent;
    if (silent) trouble("silent");
    else if (problem === "silent" || (problem === "background" && !micIsMuted())) trouble(null);
  }

  function fromWorklet(data) {
    if (data instanceof ArrayBuffer) sendSound(data);
    else if (data.late) tell({ type: "late", samples: data.late });
  }

  function sendSound(frame) {
    if (!level.hidden) level.querySelector("meter").value = levelDbfs(frame);
    if (problem) return;
    if (socket && socket.readyState === WebSocket.OPEN) socket.send(frame);
    else kept = [...kept, frame].slice(-KEEP_FRAMES);
  }

  /* The socket */
  function processing() {
    const settings = stream ? stream.getAudioTracks()[0].getSettings() : {};
    return [
      ["echoCancellation", "echo cancellation"], ["noiseSuppression", "noise suppression"], ["autoGainControl", "gain control"],
    ].filter(([name]) => settings[name]).map(([, said]) => said);
  }

  function connect() {
    socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/telephone`);
    socket.binaryType = "arraybuffer";
    socket.onopen = () => {
      aloneSince = null;
      say("");
      const track = stream ? stream.getAudioTracks()[0] : null;
      const settings = track ? track.getSettings() : {};
      tell({
        type: "hello",
        clock,
        received,
        device: track ? track.label.slice(0, 200) : "",
        latency_s: (context && context.outputLatency || 0) + (context && context.baseLatency || 0) + (settings.latency || 0),
        processing: processing(),
      });
      heedMute();
      if (problem) tell({ type: "problem", what: problem });
      for (const frame of kept) socket.send(frame);
      kept = [];
    };
    socket.onmessage = (message) => {
      if (new DataView(message.data).getUint8(0) === PLAY) received += 1;
      if (node) node.port.postMessage(message.data, [message.data]);
    };
    socket.onclose = (event) => {
      const sentence = {
        [OVER]: "",
        [MOVED]: "Your call goes on in another window. Load this page again to have it here.",
        [ODD]: "The sound of this page cannot be understood. Load the page again.",
        [NO_CALL]: "",
      }[event.code];
      if (sentence === undefined || (waits && event.code === NO_CALL)) return again(event.code === NO_CALL);
      say(sentence);
      return end();
    };
  }

  function again(quietly) {
    aloneSince = aloneSince ?? performance.now();
    if (performance.now() - aloneSince > GIVE_UP_MS) {
      say("rehearse does not answer any more. What you said so far is kept; open rehearse again.");
      end();
      return;
    }
    if (!quietly) say("One moment: the connection to rehearse is interrupted.");
    setTimeout(connect, TRY_AGAIN_MS);
  }

  function end() {
    ended = true;
    showInTab();
    soundButton.hidden = true;
    level.hidden = true;
    if (stream) for (const track of stream.getTracks()) track.stop();
    if (context && context.state !== "closed") context.close();
  }

  soundButton.addEventListener("click", watchSound);
  mute.addEventListener("change", heedMute);
  document.addEventListener("visibilitychange", heedBackground);
  openSound().catch((error) => { problem = whatFailed(error); }).finally(connect);
}

function levelDbfs(frame) {
  const samples = new Int16Array(frame, 8);
  let sum = 0;
  for (const sample of samples) sum += (sample / 32768) ** 2;
  return 10 * Math.log10(sum / samples.length + 1e-12);
}

/* The choices on the microphone's page, kept in this browser. */
function remembered(kind) {
  try {
    return localStorage.getItem(`rehearse-${kind}`) || "";
  } catch {
    return "";
  }
}

/* The browser's devices by name; it reveals names only after permission for a microphone. */
async function showDevices() {
  const menus = document.querySelector("[data-browser-devices]");
  if (!menus || !navigator.mediaDevices) return;
  const devices = (await navigator.mediaDevices.enumerateDevices()).filter((device) => device.label);
  for (const menu of menus.querySelectorAll("select")) {
    const name = menu.dataset.browserDevice;
    const kind = { microphone: "audioinput", loudspeaker: "audiooutput" }[name];
    const options = devices.filter((device) => device.kind === kind);
    menu.replaceChildren(...options.map((device) => new Option(device.label, device.deviceId)));
    if (options.some((device) => device.deviceId === remembered(name))) menu.value = remembered(name);
    menu.closest("label").hidden = !options.length;
    menu.onchange = () => localStorage.setItem(`rehearse-${name}`, menu.value);
  }
  menus.hidden = !devices.length;
}

/* The forms in which devices are chosen */
function setUpForm(form) {
  const through = form.querySelector("[data-through]");
  const ofComputer = form.querySelector("[data-computer-devices]");
  const ofBrowser = form.querySelector("[data-browser-devices]");
  const place = form.querySelector("[data-line]");
  const usesPage = () => through.value === "page";

  function show() {
    ofComputer.hidden = usesPage();
    if (ofBrowser && !usesPage()) ofBrowser.hidden = true;
    else showDevices();
  }

  /* The page must stay while the program listens to it; the answer takes its place. */
  async function sendFrom(event) {
    if (!usesPage()) return;
    event.preventDefault();
    const answer = fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    setUpLine(place, true);
    const html = await (await answer).text();
    const page = new DOMParser().parseFromString(html, "text/html");
    document.querySelector("main").replaceWith(page.querySelector("main"));
    setUpForms();
  }

  through.addEventListener("change", show);
  if (place) form.addEventListener("submit", sendFrom);
  show();
}

function setUpForms() {
  for (const through of document.querySelectorAll("form [data-through]")) setUpForm(through.form);
}

for (const place of document.querySelectorAll("[data-line]")) if (!place.closest("form")) setUpLine(place);
setUpForms();
