# Names of the unit tests, one a line, sorted: test_<noun> is built from test_<noun>.c.
unit_tests =
