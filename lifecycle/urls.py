"""The numbers of the law, and the page that sets a policy aside. What is not a verb stands before the verbs."""

from django.urls import path

from lifecycle.models import LegalValue
from lifecycle.views import PolicyOverrideView, StepView, legal_values

urlpatterns = [
    path("wettelijke-waarden/", legal_values.LegalValueList.as_view(), name="legal-values"),
    path("wettelijke-waarden/nieuw/", legal_values.ProposeValue.as_view(), name="legal-value-new"),
    path("wettelijke-waarden/<int:pk>/", legal_values.LegalValueDetail.as_view(), name="legal-value"),
    path("wettelijke-waarden/<int:pk>/verbeteren/", legal_values.CorrectValue.as_view(), name="legal-value-correct"),
    path("wettelijke-waarden/<int:pk>/<slug:verb>/", StepView.as_view(model=LegalValue), name="legal-value-step"),
    path("afwijkingen/<int:pk>/", PolicyOverrideView.as_view(), name="policy-override"),
]
