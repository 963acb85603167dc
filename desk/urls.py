from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.generic import TemplateView

from desk.views import health, home, public

accessibility = login_not_required(TemplateView.as_view(template_name="desk/accessibility.html"))

urlpatterns = [
    path("", home.start, name="home"),
    path("bekendmakingen/", public.public, name="public"),
    path("toegankelijkheid/", accessibility, name="accessibility"),
    path("health/alive", health.alive, name="health-alive"),
    path("health/ready", health.ready, name="health-ready"),
]
