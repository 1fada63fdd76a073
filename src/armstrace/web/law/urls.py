from django.urls import path

from armstrace.web.law import codes, views

urlpatterns = [
    path("law/", views.law, name="law"),
    path("code-lists/", codes.code_lists, name="code-lists"),
]
