from django.urls import path

from armstrace.web.procedures import figures, steps, versions

OF_STEP = "recoveries/<int:recovery_id>/steps/<int:opening>/<str:code>/"

urlpatterns = [
    path("steps/", steps.inbox, name="steps"),
    path("steps/figures/", figures.figures, name="step-figures"),
    path(f"{OF_STEP}waiver/", steps.decide, name="step-waiver"),
    path(f"{OF_STEP}<slug:slug>/", steps.act, name="step-act"),
    path("recoveries/<int:recovery_id>/close/", steps.close, name="recovery-close"),
    path("recoveries/<int:recovery_id>/reopen/", steps.reopen, name="recovery-reopen"),
    path("procedures/", versions.procedure_list, name="procedures"),
    path("procedures/edit/", versions.edit, name="procedure-edit"),
    path("procedures/<int:version_id>/", versions.procedure, name="procedure"),
    path("procedures/<int:version_id>/file/", versions.file, name="procedure-file"),
    path("procedures/<int:version_id>/use/", versions.use, name="procedure-use"),
    path(
        "procedures/changes/<int:change_id>/revert/",
        versions.revert,
        name="procedure-revert",
    ),
]
