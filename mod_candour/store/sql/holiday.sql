-- holiday.sql: days that are no working days, by division. One that was taken back stays, retired;
-- a change bumps the version by which each process knows that what it has cached is old.

-- STMT_SELECT_HOLIDAYS
SELECT division, on_day, title, retired FROM holiday ORDER BY division, on_day;

-- STMT_INSERT_HOLIDAY
INSERT INTO holiday (division, on_day, title, retired) VALUES (?, ?, ?, 0);

-- STMT_UPDATE_HOLIDAY
UPDATE holiday SET title = ?, retired = ? WHERE division = ? AND on_day = ?;

-- STMT_BUMP_HOLIDAYS
UPDATE app_state SET holidays_version = holidays_version + 1 WHERE id = 1;
