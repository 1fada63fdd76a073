"""Signed PDF files: read back whole, and no altered one accepted."""

import io
import random

import pytest

from armstrace.analysis.certificates import checking, documents
from armstrace.analysis.certificates.envelope import IssuerKey
from armstrace.vocabulary.certificates import Validity
from tests.analysis.certificates import bench
from tests.analysis.certificates.test_mutants import MUTANTS

pytestmark = pytest.mark.pure
KEYS = {bench.KEY.kid: bench.KEY}


@pytest.fixture(scope="module")
def document() -> bytes:
    weasyprint = pytest.importorskip("weasyprint")
    page = f"<meta name=keywords content='{bench.token()}'><h1>Certificate</h1>"
    pdf = weasyprint.HTML(string=page).write_pdf()
    return documents.sign_document(pdf, bench.KEY, bench.PRIVATE)


def answer(pdf: bytes, trust: checking.Trust | None = None) -> Validity:
    return checking.check(pdf, trust or bench.trust({}), bench.NOW).answer


def test_a_signed_pdf_is_checked_as_its_code_is(document: bytes) -> None:
    assert documents.read_document(document, KEYS) == bench.token()
    assert answer(document) is Validity.VALID
    assert answer(document, bench.trust({12: bench.NOW.date()})) is Validity.REVOKED


def test_no_pdf_with_a_bit_turned_is_accepted(document: bytes) -> None:
    """Half of the bits lie in the signature, which no signed range covers."""
    rng = random.Random(11)
    found = documents.SIGNED.search(document)
    assert found
    for turn in range(max(MUTANTS // 2, 300)):
        mutant = bytearray(document)
        near = rng.randrange(found.start() - 40, found.end() + 40)
        place = near if turn % 2 else rng.randrange(len(document))
        mutant[place] ^= 1 << rng.randrange(8)
        refused = {Validity.NOT_GENUINE, Validity.UNKNOWN_ISSUER}
        assert answer(bytes(mutant)) in refused, place


def test_nothing_is_added_to_a_signed_pdf_or_cut_off(document: bytes) -> None:
    from_before = document.replace(b"%PDF-1.7", b"%PDF-1.7\n%", 1)
    for other in (document + b"\n", document[:-1], b"\n" + document, from_before):
        assert answer(other) is Validity.NOT_GENUINE
    assert answer(b"") is Validity.NO_CODE


def test_an_update_after_the_signature_is_refused_though_the_signature_holds(
    document: bytes,
) -> None:
    """A reader that looks at the signature alone calls such a file valid."""
    pypdf = pytest.importorskip("pypdf")
    writer = pypdf.PdfWriter(io.BytesIO(document), incremental=True)
    writer.add_metadata({"/Title": "another holder"})
    updated = io.BytesIO()
    writer.write(updated)

    assert updated.getvalue().startswith(document)
    assert answer(updated.getvalue()) is Validity.NOT_GENUINE


def test_a_pdf_of_a_key_that_is_not_known_is_of_no_known_issuer(
    document: bytes,
) -> None:
    other = IssuerKey("11111111", bench.ISSUER, bytes(32), bench.KEY.since)

    found = answer(document, checking.Trust({"11111111": other}, {}))
    assert found is Validity.UNKNOWN_ISSUER
