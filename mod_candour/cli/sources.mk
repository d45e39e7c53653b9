# Sources of the ring cli/, one a line, sorted; headers too.
# main.c is not among them: it is the program, the rest is its library.

cli_sources =
