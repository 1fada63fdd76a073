"""Keys that sign lie in a folder of each test's own."""

import pytest


@pytest.fixture(autouse=True)
def key_folder(settings, tmp_path):
    settings.CERTIFICATE_KEYS = str(tmp_path / "certificate-keys")
    settings.HOME_COUNTRY = settings.HOME_COUNTRY or "XV"
