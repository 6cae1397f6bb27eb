"""Encoder: all-MiniLM-L6-v2 as a word tagger, in torch."""

from __future__ import annotations

import numpy as np
import torch
from torch import nn
from torch.nn import functional

LAYERS, WIDTH, INNER, HEADS = 6, 384, 1536, 12
OUTPUTS = 8 + 3 + 1 + 1  # labels, letters, clause starts, a new way starts
EPSILON = 1e-12


class Layer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, EPSILON)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, EPSILON)

    def forward(self, x: torch.Tensor, mask: torch.Tensor, drop: float) -> torch.Tensor:
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        # In bfloat16 its backward pass takes five times as long on a CPU.
        with torch.autocast(x.device.type, enabled=False):
            y = functional.scaled_dot_product_attention(
                q.float(), k.float(), v.float(), attn_mask=mask
            )
        y = self.out(y.transpose(1, 2).reshape(batch, length, WIDTH))
        x = self.norm1(x + functional.dropout(y, drop, self.training))
        y = self.down(functional.gelu(self.up(x)))
        return self.norm2(x + functional.dropout(y, drop, self.training))


class Tagger(nn.Module):
    """From piece ids, speakers and masks to logits for every piece: (batch, pieces, OUTPUTS)."""

    def __init__(self, base: dict[str, np.ndarray], drop: float = 0.1) -> None:
        super().__init__()
        self.drop = drop
        take = lambda name: torch.from_numpy(base[name].copy())  # noqa: E731
        self.words = nn.Embedding.from_pretrained(take("embeddings.word_embeddings.weight"))
        positions = take("embeddings.position_embeddings.weight")
        self.positions = nn.Parameter(
            positions + take("embeddings.token_type_embeddings.weight")[0]
        )
        self.manager = nn.Parameter(torch.randn(WIDTH) * 0.02)
        self.norm = nn.LayerNorm(WIDTH, EPSILON)
        self.norm.weight.data = take("embeddings.LayerNorm.weight")
        self.norm.bias.data = take("embeddings.LayerNorm.bias")
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        for index, layer in enumerate(self.layers):
            fill_layer(layer, base, f"encoder.layer.{index}.")
        self.head = nn.Linear(WIDTH, OUTPUTS)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)
        self.head.bias.data[:8] = -2.5
        self.head.bias.data[11:] = -2.5

    def forward(self, ids: torch.Tensor, manager: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        x = self.words(ids) + self.positions[: ids.shape[1]]
        x = self.norm(x + manager[..., None] * self.manager)
        x = functional.dropout(x, self.drop, self.training)
        bias = torch.zeros_like(manager).masked_fill(~mask, -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias, self.drop)
        return self.head(functional.dropout(x, self.drop, self.training))


def fill_layer(layer: Layer, base: dict[str, np.ndarray], at: str) -> None:
    def put(module: nn.Module, name: str) -> None:
        module.weight.data = torch.from_numpy(base[f"{at}{name}.weight"].copy())
        module.bias.data = torch.from_numpy(base[f"{at}{name}.bias"].copy())

    parts = ("query", "key", "value")
    for kind in ("weight", "bias"):
        joined = np.concatenate([base[f"{at}attention.self.{part}.{kind}"] for part in parts])
        getattr(layer.qkv, kind).data = torch.from_numpy(joined)
    put(layer.out, "attention.output.dense")
    put(layer.norm1, "attention.output.LayerNorm")
    put(layer.up, "intermediate.dense")
    put(layer.down, "output.dense")
    put(layer.norm2, "output.LayerNorm")
