"""Export: a checkpoint as the product's model file.

`python -m training.export build/tagger.npz`.

An ONNX graph with weights in half precision; the word embeddings stay in their package.
"""

from __future__ import annotations

import argparse
import pathlib

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from training.encoder import EPSILON, HEADS, LAYERS, OUTPUTS, WIDTH

TARGET = pathlib.Path("rehearse/engines/minilm/tagger.onnx")


class Graph:
    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def weight(self, name: str, values: np.ndarray) -> str:
        """Stored as float16, computed with as float32."""
        self.constants.append(numpy_helper.from_array(values.astype(np.float16), f"{name}.half"))
        self.nodes.append(helper.make_node("Cast", [f"{name}.half"], [name], to=TensorProto.FLOAT))
        return name

    def constant(self, name: str, values: np.ndarray) -> str:
        self.constants.append(numpy_helper.from_array(values, name))
        return name

    def op(self, kind: str, inputs: list[str], name: str, **attributes: object) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [name], name=name, **attributes))
        return name


def graph_of(state: dict[str, np.ndarray]) -> onnx.ModelProto:
    g = Graph()
    heads = g.constant("heads", np.array([0, HEADS, WIDTH // HEADS], np.int64))
    flat = g.constant("flat", np.array([0, WIDTH], np.int64))
    scale = g.constant("scale", np.array((WIDTH // HEADS) ** -0.5, np.float32))
    root2 = g.constant("root2", np.array(2**0.5, np.float32))
    one = g.constant("one", np.array(1.0, np.float32))
    half = g.constant("half", np.array(0.5, np.float32))

    def linear(x: str, name: str) -> str:
        weight = g.weight(f"{name}.weight", np.ascontiguousarray(state[f"{name}.weight"].T))
        y = g.op("MatMul", [x, weight], f"{name}.product")
        return g.op("Add", [y, g.weight(f"{name}.bias", state[f"{name}.bias"])], f"{name}.sum")

    def norm(x: str, name: str) -> str:
        parts = [g.weight(f"{name}.{kind}", state[f"{name}.{kind}"]) for kind in ("weight", "bias")]
        return g.op("LayerNormalization", [x, *parts], f"{name}.out", axis=-1, epsilon=EPSILON)

    table = g.weight("positions.table", state["positions"])
    x = g.op("Add", ["words", g.op("Gather", [table, "positions"], "at")], "placed")
    voice = g.op("Mul", ["manager", g.weight("manager.vector", state["manager"][None])], "voice")
    x = norm(g.op("Add", [x, voice], "spoken"), "norm")
    for index in range(LAYERS):
        at = f"layers.{index}"
        joined = linear(x, f"{at}.qkv")
        parts = [f"{at}.{part}" for part in "qkv"]
        g.nodes.append(helper.make_node("Split", [joined], parts, axis=1, num_outputs=3))
        q, k, v = (
            g.op("Transpose", [g.op("Reshape", [p, heads], f"{p}.heads")], f"{p}.t", perm=perm)
            for p, perm in zip(parts, ([1, 0, 2], [1, 2, 0], [1, 0, 2]), strict=True)
        )
        near = g.op("MatMul", [g.op("Mul", [q, scale], f"{at}.scaled"), k], f"{at}.near")
        seen = g.op("MatMul", [g.op("Softmax", [near], f"{at}.soft", axis=-1), v], f"{at}.seen")
        seen = g.op("Transpose", [seen], f"{at}.back", perm=[1, 0, 2])
        y = linear(g.op("Reshape", [seen, flat], f"{at}.flat"), f"{at}.out")
        x = norm(g.op("Add", [x, y], f"{at}.sum1"), f"{at}.norm1")
        y = linear(x, f"{at}.up")
        erf = g.op("Erf", [g.op("Div", [y, root2], f"{at}.div")], f"{at}.erf")
        y = g.op("Mul", [y, g.op("Add", [erf, one], f"{at}.erf1")], f"{at}.gelu2")
        y = linear(g.op("Mul", [y, half], f"{at}.gelu"), f"{at}.down")
        x = norm(g.op("Add", [x, y], f"{at}.sum2"), f"{at}.norm2")
    logits = linear(x, "head")
    inputs = [
        helper.make_tensor_value_info("words", TensorProto.FLOAT, ["pieces", WIDTH]),
        helper.make_tensor_value_info("positions", TensorProto.INT64, ["pieces"]),
        helper.make_tensor_value_info("manager", TensorProto.FLOAT, ["pieces", 1]),
    ]
    outputs = [helper.make_tensor_value_info(logits, TensorProto.FLOAT, ["pieces", OUTPUTS])]
    graph = helper.make_graph(g.nodes, "tagger", inputs, outputs, g.constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)])
    model.ir_version = 8
    onnx.checker.check_model(model)
    return model


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("checkpoint", nargs="?", default="build/tagger.npz")
    parser.add_argument("--out", default=str(TARGET))
    options = parser.parse_args()
    with np.load(options.checkpoint) as state:
        model = graph_of({name: state[name].astype(np.float32) for name in state.files})
    pathlib.Path(options.out).write_bytes(model.SerializeToString())
    print(options.out, pathlib.Path(options.out).stat().st_size)


if __name__ == "__main__":
    main()
