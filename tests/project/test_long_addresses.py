"""An address that is too long is refused in the shape of the API."""

import json

from armstrace.project import long_addresses


def test_too_long_an_address_is_answered_as_the_api_refuses():
    head, _, body = long_addresses.refusal().partition(b"\r\n\r\n")

    assert head.startswith(b"HTTP/1.1 414 ")
    assert b"Content-Type: application/problem+json" in head
    assert f"Content-Length: {len(body)}".encode() in head
    told = json.loads(body)
    assert (told["status"], told["type"]) == (414, "/api/docs#address-too-long")
