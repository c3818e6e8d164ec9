--- up
from django.db import migrations
migrations.RenameField(model_name="order", old_name="note", new_name="remark"),
--- down
by itself
