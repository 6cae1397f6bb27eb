"use strict";

/* Both directions of a line on one clock: the number of samples of this AudioContext.
   Records in frames of 20 ms, numbered; plays what it is sent at the number that it is sent with.
   The bytes are described in rehearse/engines/browser/messages.py. */
const RECORDED = 1;
const PLAY = 2;
const STOP = 3;
const BEGINS = 1;
const HEADER_BYTES = 8;
const FRAME_SAMPLES = 320;

class Line extends AudioWorkletProcessor {
  constructor() {
    super();
    this.toPlay = [];
    this.late = 0; // how many samples late the current sound began
    this.frame = null;
    this.port.onmessage = (message) => this.take(message.data);
  }

  take(bytes) {
    const header = new DataView(bytes);
    const kind = header.getUint8(0);
    if (kind === STOP) this.toPlay = [];
    if (kind !== PLAY) return;
    this.toPlay.push({
      at: header.getUint32(4, true),
      begins: header.getUint8(1) === BEGINS,
      samples: new Int16Array(bytes, HEADER_BYTES),
      played: 0,
    });
  }

  process(inputs, outputs) {
    this.record(inputs[0][0], outputs[0][0].length);
    this.play(outputs[0]);
    return true;
  }

  record(input, length) {
    for (let i = 0; i < length; i += 1) {
      if (!this.frame) this.begin(currentFrame + i);
      const value = input ? Math.max(-1, Math.min(1, input[i])) : 0;
      this.frame.samples[this.frame.count] = Math.round(value * 32767);
      this.frame.count += 1;
      if (this.frame.count === FRAME_SAMPLES) {
        this.port.postMessage(this.frame.bytes, [this.frame.bytes]);
        this.frame = null;
      }
    }
  }

  begin(first) {
    const bytes = new ArrayBuffer(HEADER_BYTES + 2 * FRAME_SAMPLES);
    const header = new DataView(bytes);
    header.setUint8(0, RECORDED);
    header.setUint16(2, FRAME_SAMPLES, true);
    header.setUint32(4, first, true);
    this.frame = { bytes, count: 0, samples: new Int16Array(bytes, HEADER_BYTES) };
  }

  play(channels) {
    const output = channels[0];
    for (let i = 0; i < output.length && this.toPlay.length; i += 1) {
      const piece = this.toPlay[0];
      const now = currentFrame + i;
      if (piece.played === 0) {
        const behind = now - piece.at;
        if (behind < (piece.begins ? 0 : this.late)) continue; // its time has not come
        if (piece.begins || behind > this.late) {
          if (behind > 0) this.port.postMessage({ late: behind - (piece.begins ? 0 : this.late) });
          this.late = behind;
        }
      }
      output[i] = piece.samples[piece.played] / 32768;
      piece.played += 1;
      if (piece.played === piece.samples.length) this.toPlay.shift();
    }
    for (const channel of channels.slice(1)) channel.set(output);
  }
}

registerProcessor("line", Line);
