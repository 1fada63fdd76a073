"""Keys that sign lie in a folder of each test's own."""

import pytest

from armstrace.records import jurisdiction


@pytest.fixture(autouse=True)
def key_folder(settings, tmp_path):
    settings.CERTIFICATE_KEYS = str(tmp_path / "certificate-keys")
    return tmp_path / "certificate-keys"


@pytest.fixture
def two_people(monkeypatch, tmp_path, settings):
    """A profile that asks for a second person."""
    settings.HOME = tmp_path
    folder = tmp_path / "profiles"
    folder.mkdir()
    (folder / "strict.toml").write_text(
        'code = "strict"\nname = "Strict"\n[[second_person]]\n'
        'certificates = ["LICENCE"]\nsource = "A setting of this State"\n'
    )
    settings.PROFILE = "strict"
    jurisdiction._profile.cache_clear()
