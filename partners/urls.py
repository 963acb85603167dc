from django.urls import path

from lifecycle.views import StepView
from partners import views
from partners.models import Organisation

urlpatterns = [
    path("partners/", views.OrganisationList.as_view(), name="organisation-list"),
    path("partners/mijn/", views.MyOrganisation.as_view(), name="organisation-mine"),
    path("partners/aanmelden/", views.RegisterOrganisation.as_view(), name="organisation-register"),
    path("partners/<int:pk>/", views.OrganisationPage.as_view(), name="organisation"),
    path("partners/<int:pk>/vestiging-toevoegen/", views.AddEstablishment.as_view(), name="establishment-add"),
    path("partners/<int:pk>/lid-toevoegen/", views.AddMember.as_view(), name="member-add"),
    path("partners/<int:pk>/leden/<int:membership>/beeindigen/", views.EndMembership.as_view(), name="membership-end"),
    path("partners/<int:pk>/<slug:verb>/", StepView.as_view(model=Organisation), name="organisation-step"),
]
