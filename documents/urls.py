from django.urls import path

from documents import correction_views, views, views_messages
from documents.models import ClauseVersion, Document, TemplateVersion
from lifecycle.views import StepView

app_name = "documents"
urlpatterns = [
    path("documenten/", views.DocumentList.as_view(), name="documents"),
    path("documenten/<int:pk>/", views.DocumentDetail.as_view(), name="document"),
    path("documenten/<int:pk>/pdf/", views.download, name="document-download"),
    path("documenten/<int:pk>/<slug:verb>/", StepView.as_view(model=Document), name="document-step"),
    path("brieven/<int:pk>/aangetekend/", views.RegisterSending.as_view(), name="register-sending"),
    path("brieven/<int:pk>/verbeteren/", correction_views.CorrectSending.as_view(), name="correct-sending"),
    path("verbeteringen/<int:pk>/", correction_views.CorrectionDetail.as_view(), name="correction"),
    path("verbeteringen/<int:pk>/<slug:verb>/", correction_views.CorrectionStep.as_view(), name="correction-step"),
    path("berichten/", views_messages.MessageList.as_view(), name="messages"),
    path("berichten/<int:pk>/", views_messages.MessagePage.as_view(), name="message"),
    path("teruggekomen/", views_messages.ReturnedMailList.as_view(), name="returned-mails"),
    path("teruggekomen/<int:pk>/", views_messages.HandleReturnedMail.as_view(), name="returned-mail"),
    path("sjablonen/", views.TemplateList.as_view(), name="templates"),
    path("sjablonen/<int:pk>/", views.TemplateVersionDetail.as_view(), name="template-version"),
    path("sjablonen/<int:pk>/schrijven/", views.TemplateVersionWrite.as_view(), name="template-version-write"),
    path("sjablonen/<int:pk>/<slug:verb>/", StepView.as_view(model=TemplateVersion), name="template-version-step"),
    path("clausules/<int:pk>/", views.ClauseVersionDetail.as_view(), name="clause-version"),
    path("clausules/<int:pk>/schrijven/", views.ClauseVersionWrite.as_view(), name="clause-version-write"),
    path("clausules/<int:pk>/<slug:verb>/", StepView.as_view(model=ClauseVersion), name="clause-version-step"),
]
