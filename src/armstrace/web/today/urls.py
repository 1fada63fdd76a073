from django.urls import path

from armstrace.web.today import views

urlpatterns = [path("today/", views.today, name="today")]
