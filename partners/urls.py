from django.urls import path

from lifecycle.views import StepView
from partners import views
from partners.models import Organisation

urlpatterns = [
    path("partners/", views.OrganisationList.as_view(), name="organisation-list"),
    path("partners/mijn/", views.MyOrganisation.as_view(), name="organisation-mine"),
    path("partners/aanmelden/", views.RegisterOrganisation.as_view(), name="organisation-register"),
    path("partners/toegang-vragen/", views.AskToJoin.as_view(), name="access-ask"),
    path("partners/toegang/<int:pk>/", views.AccessRequest.as_view(), name="access-request"),
    path("uitnodiging/<str:token>/", views.InvitationPage.as_view(), name="invitation"),
    path("partners/<int:pk>/", views.OrganisationPage.as_view(), name="organisation"),
    path("partners/<int:pk>/vestiging-toevoegen/", views.AddEstablishment.as_view(), name="establishment-add"),
    path("partners/<int:pk>/uitnodigen/", views.Invite.as_view(), name="invitation-new"),
    path(
        "partners/<int:pk>/uitnodigingen/<int:invitation>/opnieuw/",
        views.ResendInvitation.as_view(),
        name="invitation-resend",
    ),
    path(
        "partners/<int:pk>/uitnodigingen/<int:invitation>/intrekken/",
        views.WithdrawInvitation.as_view(),
        name="invitation-withdraw",
    ),
    path("partners/<int:pk>/leden/<int:membership>/wijzigen/", views.ChangePowers.as_view(), name="membership-change"),
    path("partners/<int:pk>/leden/<int:membership>/beeindigen/", views.EndMembership.as_view(), name="membership-end"),
    path("partners/<int:pk>/<slug:verb>/", StepView.as_view(model=Organisation), name="organisation-step"),
]
