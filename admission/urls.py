"""Addresses of Open House: Dutch nouns, then the verb."""

from django.urls import path

from admission.views import admissions, applications, calls

urlpatterns = [
    path("oproepen/", calls.CallList.as_view(), name="call-list"),
    path("oproepen/nieuw/", calls.CallNew.as_view(), name="call-new"),
    path("oproepen/<int:pk>/", calls.CallPage.as_view(), name="call"),
    path("oproepen/<int:pk>/partners/", calls.CallPage.as_view(part="partners"), name="call-partners"),
    path("oproepen/<int:pk>/verloop/", calls.CallPage.as_view(part="history"), name="call-history"),
    path("oproepen/<int:pk>/bewerken/", calls.CallEdit.as_view(), name="call-edit"),
    path("oproepen/<int:pk>/nieuwe-versie/", calls.VersionNew.as_view(), name="conditions-version-new"),
    path("oproepen/<int:pk>/aanvragen/", applications.ApplicationStart.as_view(), name="admission-application-start"),
    path("oproepen/<int:pk>/<slug:verb>/", calls.CallStep.as_view(), name="call-step"),
    path("oproepen/voorwaarden/<int:pk>/", calls.VersionPage.as_view(), name="conditions-version"),
    path("oproepen/voorwaarden/<int:pk>/bewerken/", calls.VersionEdit.as_view(), name="conditions-version-edit"),
    path("oproepen/voorwaarden/<int:pk>/<slug:verb>/", calls.VersionStep.as_view(), name="conditions-version-step"),
    path("toelatingsaanvragen/", applications.ApplicationList.as_view(), name="admission-application-list"),
    path("toelatingsaanvragen/<int:pk>/", applications.ApplicationPage.as_view(), name="admission-application"),
    path(
        "toelatingsaanvragen/<int:pk>/bewerken/",
        applications.ApplicationEdit.as_view(),
        name="admission-application-edit",
    ),
    path(
        "toelatingsaanvragen/<int:pk>/<slug:verb>/",
        applications.ApplicationStep.as_view(),
        name="admission-application-step",
    ),
    path("toelatingsaanvragen/bewijs/<int:pk>/", applications.EvidenceDownload.as_view(), name="evidence"),
    path(
        "toelatingsaanvragen/bewijs/<int:pk>/verwijderen/",
        applications.EvidenceRemove.as_view(),
        name="evidence-remove",
    ),
    path("toelatingen/", admissions.AdmissionList.as_view(), name="admission-list"),
    path("toelatingen/<int:pk>/", admissions.AdmissionPage.as_view(), name="admission"),
    path("toelatingen/<int:pk>/<slug:verb>/", admissions.AdmissionStep.as_view(), name="admission-step"),
]
