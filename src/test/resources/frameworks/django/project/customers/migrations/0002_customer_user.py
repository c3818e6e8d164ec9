from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("customers", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            "customer",
            "user",
            models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True),
        ),
    ]
