from django.urls import path

from armstrace.web.today import views

urlpatterns = [path("intake/", views.today, name="intake")]
