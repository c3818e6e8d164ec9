from django.conf import settings
from django.db import models


class Customer(models.Model):
    email = models.TextField()
    name = models.TextField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True)
