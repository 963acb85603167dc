from django.urls import path
from django.views.generic import TemplateView

from desk.views import health, home, public

urlpatterns = [
    path("", home.start, name="home"),
    path("bekendmakingen/", public.public, name="public"),
    path("toegankelijkheid/", TemplateView.as_view(template_name="desk/accessibility.html"), name="accessibility"),
    path("health/alive", health.alive, name="health-alive"),
    path("health/ready", health.ready, name="health-ready"),
]
