"""Checkpoints are signed notes; a wrong or foreign signature is refused."""

import base64
import stat
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armstrace.audit import checkpoints, keys
from armstrace.vocabulary.errors import InvalidInput, SourceUnavailable

pytestmark = pytest.mark.pure

# The example of Go's package golang.org/x/mod/sumdb/note.
VERIFIER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("keys")
    keys.make_missing(folder)
    return folder


@pytest.fixture(scope="module")
def note(place):
    statement = checkpoints.Statement("armstrace-x", 7, bytes(range(32)))
    return checkpoints.sign(
        checkpoints.Statement(keys.signer(place).verifier.name, 7, statement.root),
        keys.signer(place),
    )


def test_a_note_is_read_back(place, note):
    said = checkpoints.read_note(note, keys.verifiers(place))

    assert (said.size, said.root) == (7, bytes(range(32)))


def test_a_note_has_the_lines_of_a_checkpoint(note):
    origin, size, root, empty, signature, end = note.split("\n")

    assert (size, empty, end) == ("7", "", "")
    assert base64.b64decode(root) == bytes(range(32))
    assert signature.startswith(f"— {origin} ")


def test_unknown_signatures_beside_a_good_one_are_ignored(place, note):
    witness = base64.b64encode(bytes(76)).decode()
    both = f"{note}— witness.example {witness}\n"

    assert checkpoints.read_note(both, keys.verifiers(place)).size == 7


def test_a_note_of_an_unknown_key_is_refused(note):
    with pytest.raises(InvalidInput, match="No known key"):
        checkpoints.read_note(note, [])


@pytest.mark.parametrize(
    "text", ["", "x", "a\nb\nc\n", "a\n1\n!!\n\n— a b\n", "a\n-1\n\n\n", "\n\n\n\n"]
)
def test_what_is_no_checkpoint_is_refused(place, text):
    with pytest.raises(InvalidInput):
        checkpoints.read_note(text, keys.verifiers(place))


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_no_changed_note_is_accepted_with_another_statement(place, note, data):
    raw = bytearray(note.encode())
    at = data.draw(st.integers(0, len(raw) - 1))
    raw[at] ^= 1 << data.draw(st.integers(0, 7))
    text = raw.decode("utf-8", "replace")

    try:
        said = checkpoints.read_note(text, keys.verifiers(place))
    except InvalidInput:
        return
    assert (said.size, said.root) == (7, bytes(range(32)))


def test_the_key_id_is_that_of_the_specification():
    verifier = keys.read_verifier(VERIFIER)

    assert verifier.text == VERIFIER
    assert verifier.key_id.hex() == "c74f20a3"


@pytest.mark.parametrize("text", ["", "a+b+c", VERIFIER.replace("c74f", "c74e")])
def test_what_is_no_public_key_is_refused(text):
    with pytest.raises(SourceUnavailable):
        keys.read_verifier(text)


def test_private_keys_are_their_owner_s_alone(place):
    for name in (keys.SIGNING, keys.HIDING):
        assert stat.S_IMODE((place / name).stat().st_mode) == 0o600


def test_keys_that_are_there_are_kept(place):
    before = {path.name: path.read_text() for path in place.iterdir()}
    keys.make_missing(place)

    assert {path.name: path.read_text() for path in place.iterdir()} == before


def test_a_missing_signing_key_says_what_to_do(tmp_path):
    with pytest.raises(SourceUnavailable, match="armstrace init"):
        keys.signer(tmp_path)


def test_checkpoints_of_an_earlier_key_still_verify(tmp_path):
    keys.make_missing(tmp_path)
    first = keys.signer(tmp_path)
    note = checkpoints.sign(
        checkpoints.Statement(first.verifier.name, 1, bytes(32)), first
    )
    (tmp_path / keys.SIGNING).unlink()
    keys.make_missing(tmp_path)

    assert keys.signer(tmp_path).verifier != first.verifier
    assert checkpoints.read_note(note, keys.verifiers(tmp_path)).size == 1


def test_names_are_hidden_by_a_key_of_the_installation(settings, tmp_path):
    settings.HOME = tmp_path / "one"
    here = keys.hidden("ana")
    again = keys.hidden("ana")
    settings.HOME = tmp_path / "two"

    assert here == again
    assert keys.hidden("ana") != here
    assert len(here) == 64


def test_of_many_that_make_the_keys_at_once_all_get_the_same(tmp_path):
    # A key that one is writing is never read half by another.
    def told(place, started):
        started.wait()
        keys.make_missing(place)
        return keys.signer(place).verifier.name

    for number in range(30):
        started = threading.Barrier(8)
        with ThreadPoolExecutor(8) as pool:
            place = tmp_path / str(number)
            names = [pool.submit(told, place, started) for _ in range(8)]

        assert len({each.result() for each in names}) == 1
        assert {path.stat().st_mode & 0o777 for path in place.iterdir()} == {0o600}
        assert len(list(place.iterdir())) == 4
