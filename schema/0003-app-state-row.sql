-- The one row of app_state. INSERT IGNORE: a migration that was cut off may run again.
INSERT IGNORE INTO app_state
    (id, schema_version, orgs_version, holidays_version, schemes_version, system_seq, system_head)
VALUES (1, 0, 1, 1, 1, 0, UNHEX(REPEAT('00', 32)));
