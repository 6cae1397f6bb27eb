"""PyInstaller's hook for torch: only what is imported, without tests.

Replaces the hook of pyinstaller-hooks-contrib, which takes every submodule, test and header.
"""

from pathlib import Path

from PyInstaller.utils.hooks import PY_DYLIB_PATTERNS, collect_data_files, collect_dynamic_libs

# torch reads its own source while it is imported (torch.jit, torch.overrides).
module_collection_mode = "pyz+py"
warn_on_missing_hiddenimports = False
_TESTS = ("_test", "backend_with_compiler", "aoti_custom_ops")
binaries = [
    (source, target)
    for source, target in collect_dynamic_libs(
        "torch", search_patterns=[*PY_DYLIB_PATTERNS, "*.so.*"]
    )
    if not any(name in Path(source).name for name in _TESTS)
]
# torch is not imported without it, although nothing here shares tensors between processes.
binaries += collect_data_files("torch", includes=["bin/torch_shm_manager"])
# Symbolic links to torch/lib confuse torch about where its libraries are.
bindepend_symlink_suppression = ["**/torch/lib/*.so*"]
