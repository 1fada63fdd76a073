"""One network may try so many codes and numbers a minute; nothing of it is kept."""

import pickle
import zlib

import pytest
from django.core.cache import caches

pytestmark = pytest.mark.django_db
HERE = {"REMOTE_ADDR": "2001:db8:7:7::1"}
NEXT_ROOM = {"REMOTE_ADDR": "2001:db8:7:7::2"}
ELSEWHERE = {"REMOTE_ADDR": "198.51.100.7"}


@pytest.fixture(autouse=True)
def few(settings, tmp_path):
    settings.PUBLIC_TRIES_A_MINUTE, settings.HOME = 2, tmp_path
    files = "django.core.cache.backends.filebased.FileBasedCache"
    kept = {"BACKEND": files, "LOCATION": tmp_path / "limits"}
    settings.CACHES = settings.CACHES | {"limits": kept}
    caches["limits"].clear()
    return tmp_path / "limits"


def try_both(client, **where):
    told = client.get("/public/receipt/", {"number": "H1"}, **where)
    shown = client.post("/public/certificate/", {"code": "eyJ"}, **where)
    return told.status_code, shown.status_code


def test_tries_of_one_network_are_limited_over_both_pages(client):
    assert try_both(client, **HERE) == (404, 200)

    assert try_both(client, **NEXT_ROOM) == (429, 429)
    assert try_both(client, **ELSEWHERE) == (404, 200)


def test_who_tries_too_often_reads_one_sentence_and_when_to_come_back(client):
    try_both(client, **HERE)

    refused = client.post("/public/certificate/", {"code": "eyJ"}, **HERE)

    assert refused.content.decode().count("wait a minute and check again") == 1
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    assert refused.headers["Cache-Control"] == "no-store"
    assert client.get("/public/certificate/", **HERE).status_code == 200


def test_only_times_are_kept_of_who_tries(client, few):
    try_both(client, **ELSEWHERE)

    (kept,) = few.glob("*.djcache")
    packed = kept.read_bytes()
    assert ELSEWHERE["REMOTE_ADDR"].encode() not in packed + kept.name.encode()
    with kept.open("rb") as file:
        expiry = pickle.load(file)
        times = pickle.loads(zlib.decompress(file.read()))
    assert all(isinstance(each, float) for each in times)
    assert expiry - min(times) <= 61
