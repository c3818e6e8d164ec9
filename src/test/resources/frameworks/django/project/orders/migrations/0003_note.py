from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("orders", "0002_index_by_customer"),
    ]

    operations = [
        migrations.AddField("order", "note", models.TextField(null=True)),
    ]
