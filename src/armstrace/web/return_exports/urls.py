from django.urls import path

from armstrace.web import years  # noqa: F401 - names the kind of address
from armstrace.web.return_exports import kept_views, reporting, views

urlpatterns = [
    path(
        "figures/send/kept/<int:return_id>/<str:name>",
        kept_views.file,
        name="return-kept-file",
    ),
    path("figures/send/<year:year>/", views.out, name="return-out"),
    path(
        "figures/send/<year:year>/return.xlsx", views.workbook, name="return-workbook"
    ),
    path("figures/send/<year:year>/cells.csv", views.cells, name="return-cells"),
    path(
        "figures/send/<year:year>/release.<str:ending>",
        views.release,
        name="return-release",
    ),
    path("figures/send/<year:year>/sdmx.<str:ending>", views.sdmx, name="return-sdmx"),
    path(
        "figures/send/<year:year>/accompanying.csv",
        views.accompanying,
        name="return-accompanying",
    ),
    path("figures/send/<year:year>/read/", views.read_back, name="return-read-back"),
    path("figures/send/<year:year>/report/", reporting.report, name="return-report"),
    path(
        "figures/send/<year:year>/report.pdf",
        reporting.report_pdf,
        name="return-report-pdf",
    ),
    path(
        "figures/send/<year:year>/to/<slug:code>/",
        reporting.neighbour,
        name="return-neighbour",
    ),
    path(
        "figures/send/<year:year>/to/<slug:code>.csv",
        reporting.neighbour_csv,
        name="return-neighbour-csv",
    ),
]
