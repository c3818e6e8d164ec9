--- up
from django.db import migrations, models
migrations.AddIndex(
    model_name="order",
    index=models.Index(fields=["customer", "-placed_at"], name="orders_newest"),
),
--- down
by itself
