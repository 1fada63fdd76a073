"""What tests of the bench share: marks on record, forms sent, pages read."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.ballistics import marks as bench

CLASS = {
    "breech_face_pattern": "PARALLEL",
    "firing_pin_shape": "UNKNOWN",
    "rifling_twist": "UNKNOWN",
    "calibre": "9x19",
    "maker": "Ruger",
}


@pytest.fixture
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def enrolled(known, folder):
    """Two marks of one slide, from a scene and from another, and one of another."""
    one, two, *_ = known.recovered
    return [
        bench.enrolled(folder, 1, 1, recovery_id=one),
        bench.enrolled(folder, 1, 2, recovery_id=two),
        bench.enrolled(folder, 2, 1, recovery_id=two),
    ]


@pytest.fixture
def kept(enrolled, folder):
    return bench.compared(folder, enrolled[0], enrolled[1])


def send(client, name, *args, **given):
    return client.post(reverse(name, args=args), given, follow=True)


def read(client, name, *args, **given):
    response = client.get(reverse(name, args=args), given)
    assert response.status_code == 200
    return response.content.decode()


def uploaded(content=None, name="T1-1.x3p"):
    return SimpleUploadedFile(name, content or bench.content(1, 1))
