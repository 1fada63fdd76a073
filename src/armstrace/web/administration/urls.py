from django.urls import path

from armstrace.web.today import views

urlpatterns = [path("administration/", views.today, name="administration")]
