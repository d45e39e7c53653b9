# Names of the tools, one a line, sorted.
test_tools = \
  parse_multipart \
  render_template
