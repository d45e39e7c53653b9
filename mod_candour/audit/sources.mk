# Sources of the ring audit/, one a line, sorted; headers too.

audit_sources =
