# Names of the tools, one a line, sorted.
test_tools = \
  render_template
