-- Rows from before 0081: each is asked for from a decision that the trust was told of. The next write of a claim renews its
-- own, so what a later decision ended untold is right from then on.
UPDATE recovery_row SET told_state = state, told_holds_p = holds_p WHERE told_state = 0;
