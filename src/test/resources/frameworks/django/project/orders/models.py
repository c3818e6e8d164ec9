from django.db import models


class Order(models.Model):
    customer = models.ForeignKey("customers.Customer", models.CASCADE, db_index=False)
    placed_at = models.DateTimeField()
    note = models.TextField(null=True)

    class Meta:
        indexes = [models.Index(fields=["customer"], name="orders_by_customer")]
