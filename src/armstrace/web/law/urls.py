from django.urls import path

from armstrace.web.law import views

urlpatterns = [path("law/", views.law, name="law")]
