ALTER TABLE parcel RENAME COLUMN old_name TO new_name;
ALTER TABLE parcel RENAME TO package;
