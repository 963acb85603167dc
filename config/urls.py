"""Every address of the house: Dutch nouns, then the verb."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("desk.urls")),
    path("account/", include("accounts.urls")),
    path("account/", include("allauth.urls")),
    path("", include("lifecycle.urls")),
    path("", include("documents.urls")),
    path("", include("partners.urls")),
    path("", include("catalogue.urls")),
    path("", include("procurement.urls")),
    path("", include("admission.urls")),
    path("", include("contracts.urls")),
    path("beheer/", admin.site.urls),
]
