# Names of the fuzz targets, one a line, sorted: fuzz_<noun> is built from fuzz_<noun>.c and
# replays corpus/<noun>/.
fuzz_targets = \
  fuzz_cookie \
  fuzz_csv \
  fuzz_date \
  fuzz_flag_brief \
  fuzz_flag_inputs \
  fuzz_form \
  fuzz_json \
  fuzz_letter \
  fuzz_mapping \
  fuzz_multipart \
  fuzz_route \
  fuzz_scheme \
  fuzz_template \
  fuzz_words
