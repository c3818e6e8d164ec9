from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("shop", "0003_noop")]

    operations = [migrations.SeparateDatabaseAndState(database_operations=[migrations.RunSQL("SELECT 1")])]
