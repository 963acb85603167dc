"""Celery executes the outbox in production; `manage.py work` does the same without a broker."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("partnerloket")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
