--- up
from django.db import migrations, models
migrations.AddField(
    model_name="order",
    name="total",
    field=models.DecimalField(max_digits=12, decimal_places=2, null=True),
),
migrations.RunSQL(
    sql=(
        "-- Everybody of before, 100% :sure\n"
        "UPDATE orders_order SET total = 0\n"
        "WHERE remark LIKE '5%' OR remark = '%s {x} ${x} \\ \"quoted\"\n"
        "over lines'"
    ),
    reverse_sql=migrations.RunSQL.noop,
),
migrations.SeparateDatabaseAndState(
    database_operations=[
        migrations.RunSQL(
            sql="ALTER TABLE orders_order ALTER COLUMN total SET NOT NULL",
            reverse_sql='ALTER TABLE "public"."orders_order" ALTER COLUMN "total" DROP NOT NULL',
        ),
    ],
    state_operations=[
        migrations.AlterField(
            model_name="order",
            name="total",
            field=models.DecimalField(max_digits=12, decimal_places=2),
        ),
    ],
),
--- down
by itself
