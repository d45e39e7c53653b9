# Sources of the ring base/, one a line, sorted; headers too.

base_sources =
