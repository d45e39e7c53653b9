-- What waits for a decision, for a second person or for a reviewer is a small part of all claims, and is asked for on every
-- first page of those people: found by its stage, not by walking all that is due.
CREATE INDEX claim_work_stage ON claim_work (stage, due_key);
