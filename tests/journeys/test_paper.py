"""A certificate on paper: its code is read back from a good print and a bad one."""

import io
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string

from armstrace.web.drawing import qr
from tests.analysis.certificates import bench

pytestmark = pytest.mark.journey
DOTS_AN_INCH = 96


@pytest.fixture(autouse=True)
def product():
    """Start no server: the page needs none."""


def paper(token: str) -> str:
    record = SimpleNamespace(
        token=token,
        kind="LICENCE",
        detail="CARRY",
        subject="LIC-2019-0041234",
        name="Eva Sample",
        last_day=None,
    )
    context = {"record": record, "code": qr.draw(token, error="m")}
    return render_to_string("certificates/paper.html", context)


@pytest.mark.parametrize("dots", [300, 100])
@pytest.mark.parametrize("is_worn", [False, True])
def test_the_code_is_read_back_from_a_print(chromium, dots, is_worn):
    reader, pictures = pytest.importorskip("zxingcpp"), pytest.importorskip("PIL.Image")
    token = bench.token()
    page = chromium.new_page(device_scale_factor=dots / DOTS_AN_INCH)
    page.set_content(paper(token))
    page.emulate_media(media="print")
    printed = pictures.open(io.BytesIO(page.screenshot(full_page=True))).convert("L")
    page.close()
    if is_worn:  # pale ink, and laid on the glass at an angle
        printed = printed.point(lambda shade: 90 + shade * 5 // 8).rotate(
            2, expand=True, fillcolor=250, resample=pictures.Resampling.BILINEAR
        )

    (found,) = reader.read_barcodes(printed)

    assert found.text == token
