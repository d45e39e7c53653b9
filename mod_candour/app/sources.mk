# Sources of the ring app/, one a line, sorted; headers too.

app_sources =
