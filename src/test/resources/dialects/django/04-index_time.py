--- up
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
AddIndexConcurrently(
    model_name="order",
    index=models.Index(fields=["placed_at"], name="orders_by_time"),
),
--- down
by itself
