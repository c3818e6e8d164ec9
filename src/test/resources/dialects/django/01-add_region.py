--- up
from django.db import migrations, models
migrations.AddField(
    model_name="order",
    name="region",
    field=models.CharField(max_length=2, null=True),
),
--- down
by itself
