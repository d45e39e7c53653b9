-- How often a step of a claim's round rested on the case as it stands. A decision changes it in every case that its flag
-- was computed from, if their versions are still those; so a write in such a case and the decision touch the same row, on
-- whatever node of a cluster each of them is. Says nothing, and is not part of mac.
ALTER TABLE candour_case ADD COLUMN weighed INT NOT NULL DEFAULT 0 COMMENT 'rises with each step that rests on this version';
