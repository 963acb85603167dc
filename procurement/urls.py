"""Procedures, lots, applications and offers: nouns, then the verb. What is not a verb stands before the verbs."""

from django.urls import path

from lifecycle.views import StepView
from procurement.models import Addendum, Lot, Outage, Procedure
from procurement.views import (
    addenda,
    confirming,
    judging,
    lots,
    opening,
    outages,
    preparing,
    procedures,
    starting,
    submissions,
)

urlpatterns = [
    path("procedures/", procedures.ProcedureListView.as_view(), name="procedure-list"),
    path("procedures/nieuw/", preparing.ProcedureCreateView.as_view(), name="procedure-new"),
    path("procedures/<int:pk>/", procedures.procedure, name="procedure"),
    path("procedures/<int:pk>/bewerken/", preparing.ProcedureEditView.as_view(), name="procedure-edit"),
    path("procedures/<int:pk>/percelen/", preparing.LotsView.as_view(), name="procedure-lots"),
    path("procedures/<int:pk>/criteria/", preparing.CriteriaView.as_view(), name="procedure-criteria"),
    path("procedures/<int:pk>/voorwaarden/", preparing.ConditionsView.as_view(), name="procedure-conditions"),
    path("procedures/<int:pk>/belangen/", judging.InterestsView.as_view(), name="interests"),
    path("procedures/<int:pk>/opening/", opening.BoxReleaseView.as_view(), name="box-release"),
    path("procedures/<int:pk>/kandidaat/", starting.ApplicationStartView.as_view(), name="application-start"),
    path("procedures/<int:pk>/addendum/", addenda.AddendumCreateView.as_view(), name="addendum-new"),
    path("procedures/<int:pk>/<slug:verb>/", StepView.as_view(model=Procedure), name="procedure-step"),
    path("percelen/<int:pk>/", lots.lot, name="lot"),
    path("percelen/<int:pk>/griffie/", lots.RegistryCheckView.as_view(), name="lot-registry-check"),
    path("percelen/<int:pk>/<slug:verb>/", StepView.as_view(model=Lot), name="lot-step"),
    path("addenda/<int:pk>/", addenda.addendum, name="addendum"),
    path("addenda/<int:pk>/bewerken/", addenda.AddendumEditView.as_view(), name="addendum-edit"),
    path("addenda/<int:pk>/<slug:verb>/", StepView.as_view(model=Addendum), name="addendum-step"),
    path("storingen/", outages.outages, name="outage-list"),
    path("storingen/optekenen/", outages.OutageRecordView.as_view(), name="outage-record"),
    path("storingen/<int:pk>/", outages.outage, name="outage"),
    path("storingen/<int:pk>/<slug:verb>/", StepView.as_view(model=Outage), name="outage-step"),
    path("aanvragen/<int:pk>/", submissions.ApplicationView.as_view(), name="application"),
    path("aanvragen/<int:pk>/percelen/", submissions.ApplicationLotsView.as_view(), name="application-lots"),
    path("aanvragen/<int:pk>/antwoorden/", submissions.ApplicationAnswersView.as_view(), name="application-answers"),
    path("aanvragen/<int:pk>/bestanden/", submissions.ApplicationFilesView.as_view(), name="application-files"),
    path(
        "aanvragen/<int:pk>/bestanden/<int:number>/", submissions.ApplicationFileView.as_view(), name="application-file"
    ),
    path(
        "aanvragen/<int:pk>/bestanden/<int:number>/verwijderen/",
        submissions.ApplicationFileRemoveView.as_view(),
        name="application-file-remove",
    ),
    path("aanvragen/<int:pk>/bevestigen/", confirming.ApplicationConfirmView.as_view(), name="application-confirm"),
    path("aanvragen/<int:pk>/offerte/", starting.OfferStartView.as_view(), name="offer-start"),
    path("aanvragen/<int:pk>/<slug:verb>/", submissions.ApplicationStepView.as_view(), name="application-step"),
    path("offertes/<int:pk>/", submissions.OfferView.as_view(), name="offer"),
    path("offertes/<int:pk>/antwoorden/", submissions.OfferAnswersView.as_view(), name="offer-answers"),
    path("offertes/<int:pk>/bestanden/", submissions.OfferFilesView.as_view(), name="offer-files"),
    path("offertes/<int:pk>/bestanden/<int:number>/", submissions.OfferFileView.as_view(), name="offer-file"),
    path(
        "offertes/<int:pk>/bestanden/<int:number>/verwijderen/",
        submissions.OfferFileRemoveView.as_view(),
        name="offer-file-remove",
    ),
    path("offertes/<int:pk>/bevestigen/", confirming.OfferConfirmView.as_view(), name="offer-confirm"),
    path("offertes/<int:pk>/<slug:verb>/", submissions.OfferStepView.as_view(), name="offer-step"),
]
