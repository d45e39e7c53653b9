# Sources of the ring web/, one a line, sorted; headers too.

web_sources =
