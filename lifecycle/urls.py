"""The page on which a second person sets a policy aside."""

from django.urls import path

from lifecycle.views import PolicyOverrideView

urlpatterns = [
    path("afwijkingen/<int:pk>/", PolicyOverrideView.as_view(), name="policy-override"),
]
