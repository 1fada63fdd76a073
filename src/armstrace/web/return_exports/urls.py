from django.urls import URLPattern, path

from armstrace.web import years  # noqa: F401 - names the kind of address
from armstrace.web.return_exports import files, reporting, views

YEAR = "figures/send/<year:year>/"


def _file(name: str, route: str) -> URLPattern:
    stem, _dot, ending = name.partition(".")
    given = {"name": stem} | ({} if "<" in ending else {"ending": ending})
    return path(YEAR + name, files.of_year, given, name=route)


urlpatterns = [
    path(
        "figures/send/kept/<int:return_id>/<str:name>",
        files.of_kept,
        name="return-kept-file",
    ),
    path(YEAR, views.out, name="return-out"),
    _file("return.xlsx", "return-workbook"),
    _file("cells.csv", "return-cells"),
    _file("release.<str:ending>", "return-release"),
    _file("sdmx.<str:ending>", "return-sdmx"),
    _file("accompanying.csv", "return-accompanying"),
    _file("report.pdf", "return-report-pdf"),
    path(f"{YEAR}read/", views.read_back, name="return-read-back"),
    path(f"{YEAR}report/", reporting.report, name="return-report"),
    path(f"{YEAR}to/<slug:code>/", reporting.neighbour, name="return-neighbour"),
    path(
        f"{YEAR}to/<slug:code>.csv",
        reporting.neighbour_csv,
        name="return-neighbour-csv",
    ),
]
