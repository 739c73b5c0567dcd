"""Loading the configuration makes the Celery application, so that every process rings the same bell."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
