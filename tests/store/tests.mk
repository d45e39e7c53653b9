# Names of the tests that need a database, one a line, sorted.
store_tests = \
  test_app_case \
  test_store_file \
  test_store_statements
