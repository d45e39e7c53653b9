# Sources of the ring mod/, one a line, sorted; headers too.

mod_sources =
