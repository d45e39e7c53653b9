# Names of the tests that need a database, one a line, sorted.
store_tests = \
  test_app_admin \
  test_app_case \
  test_app_claim \
  test_app_claim_life \
  test_app_claim_list \
  test_app_content \
  test_app_decision \
  test_app_flag \
  test_app_idem \
  test_app_impact \
  test_app_letter \
  test_app_look \
  test_app_move \
  test_app_nodes \
  test_app_outbox \
  test_app_recover \
  test_app_rights \
  test_app_round \
  test_app_round_meet \
  test_app_scheme \
  test_app_stale \
  test_app_work \
  test_bring \
  test_bring_parts \
  test_import \
  test_store_admin \
  test_store_concurrent \
  test_store_content \
  test_store_dump \
  test_store_file \
  test_store_grants \
  test_store_migrate \
  test_store_pool \
  test_store_statements \
  test_store_tx \
  test_store_verify
