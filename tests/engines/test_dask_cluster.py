"""Which recordings a Dask cluster gets by path, and what happens to one that is gone."""

from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("distributed", reason="needs Dask: pip install 'rehearse[cluster]'")

from distributed import Client, LocalCluster

from rehearse.engines.many.dask_cluster import DaskCluster
from rehearse.errors import RehearseError
from rehearse.preparing.call_sheet import CallSheet
from rehearse.rehearsing.class_scoring import Identity, Outcome, Task

IDENTITY = Identity("1", "t", "t", "1", True)


def scorer(task: Task) -> Outcome:
    """Says how the task arrived."""
    return Outcome(task.key, b"by path" if task.content is None else b"content: " + task.content)


def test_each_recording_goes_by_path_where_the_workers_have_it_and_else_by_content(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("shared.wav", "other.wav"):
        (tmp_path / name).write_bytes(name.encode())
    tasks = [
        Task(name, tmp_path / name, "", CallSheet(), IDENTITY)
        for name in ("shared.wav", "other.wav", "gone.wav")
    ]

    def sizes_there(client: Any, sizes: Any, paths: list[Path], **_: Any) -> dict[str, list[int]]:
        return {"a": [sizes(paths)[0], 5, 0], "b": sizes(paths)}  # other.wav is another file on a

    monkeypatch.setattr(Client, "run", sizes_there)
    with LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None
    ) as local:
        cluster = DaskCluster(scorer, local.scheduler_address)
        outcomes = {one.key: one.result for one in cluster.run(tasks)}
        cluster.close()
    assert outcomes == {
        "shared.wav": b"by path", "other.wav": b"content: other.wav", "gone.wav": b"content: ",
    }  # fmt: skip


def test_a_scheduler_that_ends_midway_is_named_and_nothing_is_blamed_on_a_recording(
    tmp_path: Path,
) -> None:
    (tmp_path / "memo.wav").write_bytes(b"x")
    tasks = [Task(str(n), tmp_path / "memo.wav", "", CallSheet(), IDENTITY) for n in range(40)]
    with LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None
    ) as local:
        cluster = DaskCluster(scorer, local.scheduler_address)
        outcomes = cluster.run(tasks)
        found = [next(outcomes)]
        cluster._client.close()  # what the client does when its scheduler is gone
        with pytest.raises(RehearseError, match="does not answer any more"):
            found += list(outcomes)
    assert all(one.result for one in found)
