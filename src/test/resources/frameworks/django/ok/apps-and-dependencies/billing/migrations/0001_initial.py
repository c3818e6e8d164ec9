from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("shop", "__latest__"), ("auth", "0012_alter_user_first_name_max_length")]

    operations = []
