# Names of the tools, one a line, sorted.
test_tools = \
  parse_multipart \
  make_export \
  render_template
