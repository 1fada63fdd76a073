"""Altered certificates and lists: none is accepted."""

import os
import random
import zlib
from datetime import date, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from armstrace.analysis.certificates import checking, envelope, status_list
from armstrace.analysis.certificates.envelope import IssuerKey
from armstrace.vocabulary.certificates import Validity
from tests.analysis.certificates import bench

pytestmark = pytest.mark.pure
MUTANTS = int(os.environ.get("MUTANTS", "600"))
"""10,000 in a soak; fewer with every change."""
SIGNS = "ABCabc019-_.=+/ \n\u00e9"


def mutants_of(text: str, count: int):
    """Give texts that differ: a sign changed, lost, doubled, added or two swapped."""
    rng = random.Random(7)
    while count:
        place = rng.randrange(len(text))
        before, sign, after = text[:place], text[place], text[place + 1 :]
        other = rng.choice(
            [
                before + rng.choice(SIGNS) + after,
                before + chr(ord(sign) ^ 1 << rng.randrange(7)) + after,
                before + after,
                before + sign * 2 + after,
                before + after[:1] + sign + after[1:],
                before,
                text + rng.choice(SIGNS),
            ]
        )
        if "".join(other.split()) != text:  # spaces are read over
            count -= 1
            yield other


def test_no_mutant_of_a_certificate_is_accepted() -> None:
    trust = bench.trust({})
    answers = {
        checking.check(text, trust, bench.NOW).answer
        for text in mutants_of(bench.token(), MUTANTS)
    }

    refused = {Validity.NOT_GENUINE, Validity.UNKNOWN_ISSUER, Validity.NO_CODE}
    assert answers <= refused
    assert checking.check(bench.token(), trust, bench.NOW).answer is Validity.VALID


def test_no_mutant_of_a_list_lets_a_revoked_one_pass_for_valid() -> None:
    bits, days = bench.lists({12: date(2026, 5, 20)})
    keys = {bench.KEY.kid: bench.KEY}
    for text in mutants_of(bits, MUTANTS):
        trust = checking.Trust(keys, status_list.read_lists([text, days], keys))
        found = checking.check(bench.token(), trust, bench.NOW)
        assert found.answer is Validity.LIST_TOO_OLD


def test_every_last_sign_of_a_signature_but_its_own_is_refused() -> None:
    """The last sign holds two bits of the signature and four that say nothing."""
    trust, token = bench.trust({}), bench.token()
    accepted = [
        sign
        for sign in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        if checking.check(token[:-1] + sign, trust, bench.NOW).stated
    ]

    assert accepted == [token[-1]]


def test_a_statement_of_one_kind_does_not_pass_for_another() -> None:
    bits, days = bench.lists({})
    trust = bench.trust({})

    for other in (bits, days):
        found = checking.check(other, trust, bench.NOW)
        assert found.answer is Validity.NOT_GENUINE
    assert not status_list.read_lists([bench.token()], trust.keys)


def test_other_algorithms_and_further_headers_are_refused() -> None:
    content = envelope._decode(bench.token().split(".")[1])
    for header in (
        {"alg": "none", "kid": bench.KEY.kid},
        {"alg": "HS256", "kid": bench.KEY.kid},
        {"alg": "EdDSA", "kid": bench.KEY.kid},
        {"alg": "Ed25519", "kid": bench.KEY.kid, "crit": ["x"], "x": 1},
        {"alg": "Ed25519"},
    ):
        begun = ".".join(map(envelope.encode, (envelope.write(header), content)))
        signature = envelope.encode(bench.PRIVATE.sign(begun.encode()))
        found = checking.check(f"{begun}.{signature}", bench.trust({}), bench.NOW)
        assert found.answer is Validity.NOT_GENUINE


def test_a_key_signs_for_its_own_issuer_and_time_alone() -> None:
    other = Ed25519PrivateKey.from_private_bytes(bytes(32))
    public = other.public_key().public_bytes_raw()
    theirs = IssuerKey("ffffffff", "XV-ZZZZZZ", public, bench.NOW - timedelta(100))
    ended = IssuerKey(
        bench.KEY.kid,
        bench.ISSUER,
        bench.PUBLIC,
        bench.KEY.since,
        bench.NOW - timedelta(days=20),
    )
    forged = envelope.sign(
        envelope._decode(bench.token().split(".")[1]), theirs.kid, other
    )
    head = status_list.Head(bench.ISSUER, bench.NOW, 30)
    lists = status_list.publish({}, head, theirs.kid, other, last=1)

    foreign = checking.Trust({theirs.kid: theirs}, {})
    late = checking.Trust({ended.kid: ended}, {})
    assert checking.check(forged, foreign, bench.NOW).answer is Validity.UNKNOWN_ISSUER
    found = checking.check(bench.token(), late, bench.NOW)
    assert found.answer is Validity.UNKNOWN_ISSUER
    assert not status_list.read_lists(lists, {theirs.kid: theirs})


def test_a_list_that_unpacks_to_very_much_is_cut_there(monkeypatch) -> None:
    monkeypatch.setattr(status_list, "MOST_BYTES", 2048)
    begun = {"iss": bench.ISSUER, "iat": 1780000000, "days": 30, "of": "bits"}
    packed = zlib.compress(bytes(10_000_000))
    content = envelope.write(begun) + b"\n" + packed
    token = envelope.sign(content, bench.KEY.kid, bench.PRIVATE)

    found = status_list.read_lists([token], {bench.KEY.kid: bench.KEY})
    assert len(found[bench.ISSUER].bits) == 2048


def test_the_list_of_a_million_of_which_one_in_a_hundred_is_revoked_is_small() -> None:
    rng = random.Random(1)
    revoked = {
        serial: date(2020, 1, 1) + timedelta(rng.randrange(2000))
        for serial in rng.sample(range(1_000_000), 10_000)
    }

    bits, days = bench.lists(revoked, last=1_000_000)

    assert len(bits) < 20_000
    keys = {bench.KEY.kid: bench.KEY}
    found = status_list.read_lists([bits, days], keys)[bench.ISSUER]
    some = rng.sample(sorted(revoked), 50)
    assert [found.day_of_revocation(each) for each in some] == [
        revoked[s] for s in some
    ]
    assert not any(found.is_revoked(each) for each in {*range(500)} - {*revoked})


@pytest.mark.parametrize(
    "text",
    [
        *("", "{}", "TRUST=1", 'TRUST={"keys":[1],"lists":[]}', "TRUST=[]"),
        "[" * 200_000,
        f"TRUST={'[' * 200_000}{']' * 200_000}",
    ],
    ids=len,
)
def test_a_file_that_is_no_file_of_keys_is_refused(text: str) -> None:
    with pytest.raises(envelope.NotGenuine):
        checking.read_trust(text)


def test_only_what_looks_like_a_code_is_called_altered() -> None:
    trust = bench.trust({})
    nothing = (
        "",
        "hello",
        "see www.example.com",
        b"\x89PNG\r\n",
        b"PK\3\4",
        b"%PDF-1.7",
    )
    altered = (bench.token()[:-3], bench.token()[9:], b"%PDF-1.7 /ByteRange [0 1]")

    def answer(shown: str | bytes) -> Validity:
        return checking.check(shown, trust, bench.NOW).answer

    assert {answer(each) for each in nothing} == {Validity.NO_CODE}
    assert {answer(each) for each in altered} == {Validity.NOT_GENUINE}


def test_a_clock_that_is_behind_calls_nothing_valid() -> None:
    revoked = {13: date(2026, 5, 20)}
    early = bench.NOW - timedelta(days=5)

    def answer(serial: int, at: datetime, last_day: date = date(2027, 1, 1)) -> str:
        shown = bench.token(serial, last_day=last_day)
        return checking.check(shown, bench.trust(revoked), at).answer.value

    assert answer(12, early) == "CLOCK_BEHIND"
    assert answer(13, early) == "REVOKED"
    assert answer(12, early, date(2026, 5, 1)) == "EXPIRED"
    signed = bench.NOW - timedelta(days=1)
    assert answer(12, signed - timedelta(minutes=9)) == "VALID"
    assert answer(12, signed - timedelta(minutes=11)) == "CLOCK_BEHIND"
