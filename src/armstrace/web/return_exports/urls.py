from django.urls import path

from armstrace.web import years  # noqa: F401 - names the kind of address
from armstrace.web.return_exports import kept_views, reporting, views

YEAR = "figures/send/<year:year>/"

urlpatterns = [
    path(
        "figures/send/kept/<int:return_id>/<str:name>",
        kept_views.file,
        name="return-kept-file",
    ),
    path(YEAR, views.out, name="return-out"),
    path(f"{YEAR}return.xlsx", views.workbook, name="return-workbook"),
    path(f"{YEAR}cells.csv", views.cells, name="return-cells"),
    path(f"{YEAR}release.<str:ending>", views.release, name="return-release"),
    path(f"{YEAR}sdmx.<str:ending>", views.sdmx, name="return-sdmx"),
    path(f"{YEAR}accompanying.csv", views.accompanying, name="return-accompanying"),
    path(f"{YEAR}read/", views.read_back, name="return-read-back"),
    path(f"{YEAR}report/", reporting.report, name="return-report"),
    path(f"{YEAR}report.pdf", reporting.report_pdf, name="return-report-pdf"),
    path(f"{YEAR}to/<slug:code>/", reporting.neighbour, name="return-neighbour"),
    path(
        f"{YEAR}to/<slug:code>.csv",
        reporting.neighbour_csv,
        name="return-neighbour-csv",
    ),
]
