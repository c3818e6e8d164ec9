from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_sql")]
    atomic = False
    operations = [migrations.RunSQL(sql="""CREATE
    INDEX CONCURRENTLY i ON t (a)""")]
