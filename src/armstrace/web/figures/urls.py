from django.urls import path

from armstrace.web.today import views

urlpatterns = [path("figures/", views.today, name="figures")]
