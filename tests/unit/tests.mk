# Names of the unit tests, one a line, sorted: test_<noun> is built from test_<noun>.c.
unit_tests = \
  test_actor \
  test_app_flag_read \
  test_app_workflow \
  test_buf \
  test_calendar \
  test_case \
  test_chain \
  test_claim \
  test_cli_args \
  test_date \
  test_err \
  test_escape \
  test_form \
  test_json \
  test_key \
  test_log \
  test_markup \
  test_media \
  test_money \
  test_org \
  test_parse \
  test_pattern \
  test_policy \
  test_record \
  test_route \
  test_rules_eng \
  test_scheme \
  test_serve \
  test_session \
  test_stored_codes \
  test_template \
  test_text \
  test_token \
  test_view
