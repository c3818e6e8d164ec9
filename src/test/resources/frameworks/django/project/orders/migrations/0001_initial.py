from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("customers", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Order",
            fields=[
                ("id", models.BigAutoField(primary_key=True)),
                (
                    "customer",
                    models.ForeignKey("customers.Customer", models.CASCADE, db_index=False),
                ),
                ("placed_at", models.DateTimeField()),
            ],
        ),
    ]
