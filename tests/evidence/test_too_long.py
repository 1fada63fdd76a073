"""The name of a file is kept whole or refused, never cut."""

import pytest

from armstrace.analysis.synthetic.pictures import plate
from armstrace.evidence import actions
from armstrace.evidence.models import StoredFile
from armstrace.vocabulary.errors import InvalidInput
from tests.cast import NOW, OFFICER

pytestmark = pytest.mark.django_db

PNG = plate(["AB123"], seed=1)


def keep(name, folder):
    return actions.store_image(
        content=PNG, name=name, folder=folder, by=OFFICER, at=NOW
    )


def test_a_name_that_is_too_long_is_refused_with_its_length(tmp_path):
    with pytest.raises(InvalidInput, match="“file name” has 256 characters") as caught:
        keep("x" * 256, tmp_path)

    assert caught.value.field == "file_name"
    assert not StoredFile.objects.exists()


def test_a_name_that_just_fits_is_kept_whole(tmp_path):
    assert keep("x" * 255, tmp_path).name_as_given == "x" * 255
