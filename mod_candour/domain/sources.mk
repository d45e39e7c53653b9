# Sources of the ring domain/, one a line, sorted; headers too.

domain_sources =
