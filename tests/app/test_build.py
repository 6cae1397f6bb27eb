"""What people download."""

from pathlib import Path

from app.build import window


def test_the_opened_dmg_shows_the_app_and_where_to_drag_it(tmp_path: Path) -> None:
    app = tmp_path / "rehearse.app"
    (app / "Contents" / "Frameworks").mkdir(parents=True)
    (app / "Contents" / "Resources").symlink_to("Frameworks")
    for _ in range(2):  # also over what an interrupted build left
        shown = window(app, tmp_path)
    assert sorted(path.name for path in shown.iterdir()) == ["Applications", "rehearse.app"]
    assert (shown / "Applications").readlink() == Path("/Applications")
    assert (shown / "rehearse.app" / "Contents" / "Resources").is_symlink()
