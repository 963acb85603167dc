"""Contracts and their amendments: Dutch nouns, then the verb. What is not a verb stands before the verbs."""

from django.urls import path

from contracts.views import amendments, contracts, lists

urlpatterns = [
    path("contracten/", lists.ContractList.as_view(), name="contract-list"),
    path("contracten/op-te-maken/", lists.ContractsToDo.as_view(), name="contract-todo"),
    path("contracten/op-te-maken/gunning/<int:pk>/", lists.Conclude.as_view(), name="contract-conclude"),
    path("contracten/op-te-maken/toelating/<int:pk>/", lists.Enrol.as_view(), name="contract-enrol"),
    path("contracten/<int:pk>/", contracts.ContractPage.as_view(), name="contract"),
    path("contracten/<int:pk>/bewerken/", contracts.ContractEdit.as_view(), name="contract-edit"),
    path("contracten/<int:pk>/gesloten/", contracts.FinalDownload.as_view(), name="contract-final"),
    path("contracten/<int:pk>/wijziging/", amendments.AmendmentNew.as_view(), name="amendment-new"),
    path(
        "contracten/<int:pk>/receive_signed_copy/",
        contracts.ReceiveSignedCopy.as_view(),
        name="contract-receive-signed-copy",
    ),
    path("contracten/<int:pk>/<slug:verb>/", contracts.ContractStep.as_view(), name="contract-step"),
    path("contracten/exemplaar/<int:pk>/", contracts.SignedCopyDownload.as_view(), name="signed-copy"),
    path("contracten/wijziging/<int:pk>/", amendments.AmendmentPage.as_view(), name="amendment"),
    path("contracten/wijziging/<int:pk>/<slug:verb>/", amendments.AmendmentStep.as_view(), name="amendment-step"),
]
