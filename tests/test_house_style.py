"""House style: rules for names and texts that a machine can check."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted(
    path.relative_to(ROOT)
    for folder in ("rehearse", "benchmarks", "training")
    for path in (ROOT / folder).rglob("*.py")
)


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_the_first_line_of_a_module_names_its_concept_in_ten_words_or_fewer(path: Path) -> None:
    text = ast.get_docstring(ast.parse((ROOT / path).read_text(encoding="utf-8")))
    assert text, f"{path} has no docstring"
    assert len(text.splitlines()[0].split()) <= 10
