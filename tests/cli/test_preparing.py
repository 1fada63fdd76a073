"""Style sheets and scripts are laid out once, and again when one has changed."""

from pathlib import Path
from typing import Any

import pytest

from armstrace.cli import init


@pytest.fixture
def sources(settings: Any, tmp_path: Path) -> Path:
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "look.css").write_text("p { color: red }")
    settings.STATICFILES_FINDERS = [
        "django.contrib.staticfiles.finders.FileSystemFinder"
    ]
    settings.STATICFILES_DIRS = [folder]
    settings.STATIC_ROOT = tmp_path / "static"
    return folder


def test_files_are_laid_out_again_only_when_one_has_changed(
    sources: Path, tmp_path: Path
) -> None:
    init.collect_static()
    laid_out = tmp_path / "static" / "look.css"
    laid_out.unlink()

    init.collect_static()
    assert not laid_out.exists()

    (sources / "look.css").write_text("p { color: darkblue }")
    init.collect_static()
    assert laid_out.read_text() == "p { color: darkblue }"
