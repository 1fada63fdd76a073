from django.urls import path

from armstrace.web.returns_out import reporting, views

urlpatterns = [
    path("figures/send/<int:year>/", views.out, name="return-out"),
    path("figures/send/<int:year>/return.xlsx", views.workbook, name="return-workbook"),
    path("figures/send/<int:year>/cells.csv", views.cells, name="return-cells"),
    path(
        "figures/send/<int:year>/release.<str:ending>",
        views.release,
        name="return-release",
    ),
    path("figures/send/<int:year>/sdmx.<str:ending>", views.sdmx, name="return-sdmx"),
    path(
        "figures/send/<int:year>/accompanying.csv",
        views.accompanying,
        name="return-accompanying",
    ),
    path("figures/send/<int:year>/read/", views.read_back, name="return-read-back"),
    path("figures/send/<int:year>/report/", reporting.report, name="return-report"),
    path(
        "figures/send/<int:year>/report.pdf",
        reporting.report_pdf,
        name="return-report-pdf",
    ),
    path(
        "figures/send/<int:year>/to/<slug:code>/",
        reporting.neighbour,
        name="return-neighbour",
    ),
    path(
        "figures/send/<int:year>/to/<slug:code>.csv",
        reporting.neighbour_csv,
        name="return-neighbour-csv",
    ),
]
