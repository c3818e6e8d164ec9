--- up
from django.db import migrations, models
import django.utils.timezone
# What becomes of it.
migrations.SeparateDatabaseAndState(
    database_operations=[
        migrations.RunSQL(
            sql="ALTER TABLE orders_order ADD COLUMN state text NOT NULL DEFAULT '5% :new'",
            reverse_sql='ALTER TABLE "public"."orders_order" DROP COLUMN "state"',
        ),
    ],
    state_operations=[
        migrations.AddField(
            model_name="order",
            name="state",
            field=models.TextField(default="5% :new"),
        ),
    ],
),
migrations.SeparateDatabaseAndState(
    database_operations=[
        migrations.RunSQL(
            sql="ALTER TABLE orders_order ADD COLUMN seen timestamptz NOT NULL DEFAULT now()",
            reverse_sql='ALTER TABLE "public"."orders_order" DROP COLUMN "seen"',
        ),
    ],
    state_operations=[
        migrations.AddField(
            model_name="order",
            name="seen",
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
    ],
),
--- down
by itself
