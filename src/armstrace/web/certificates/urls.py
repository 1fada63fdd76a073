from django.urls import path

from armstrace.web.certificates import views

urlpatterns = [
    path("certificates/", views.certificates, name="certificates"),
    path("certificates/issue/", views.issue, name="certificate-issue"),
    path("certificates/check/", views.check, name="certificate-check"),
    path("certificates/bundle/", views.bundle, name="certificate-bundle"),
    path("certificates/publish/", views.publish, name="certificate-publish"),
    path("certificates/<int:certificate_id>/", views.certificate, name="certificate"),
    path(
        "certificates/<int:certificate_id>/sign/", views.sign, name="certificate-sign"
    ),
    path(
        "certificates/<int:certificate_id>/document/",
        views.document,
        name="certificate-document",
    ),
    path(
        "certificates/<int:certificate_id>/revoke/",
        views.revoke,
        name="certificate-revoke",
    ),
]
