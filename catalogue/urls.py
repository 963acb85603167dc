from django.urls import path

from catalogue import views

urlpatterns = [path("aanbod/", views.Catalogue.as_view(), name="catalogue")]
