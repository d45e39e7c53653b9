-- Versions that were added before their life was kept: the active one is in force since the first day there is.
INSERT IGNORE INTO scheme_life
    (code, version, step, row_version, drafted_by, drafted_at, acted_by, acted_at, from_day, note, settings, file,
    file_hash)
SELECT code, version, IF(active = 1, 3, 1), 0, added_by, added_at, IF(active = 1, added_by, 0),
    IF(active = 1, added_at, 0), IF(active = 1, 1, 0), '', '', '', '' FROM scheme_version;
