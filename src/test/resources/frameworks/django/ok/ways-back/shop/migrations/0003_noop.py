from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("shop", "0002_no_reverse")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop), migrations.RunSQL([("SELECT %s", [1])], reverse_sql=migrations.RunSQL.noop)]
