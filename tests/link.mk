# How a test program is compiled and linked: with every ring, as the module is.
AM_CFLAGS = $(STD_CFLAGS) $(WARN_CFLAGS) $(SAN_CFLAGS)
AM_CPPFLAGS = -I$(top_builddir)/mod_candour -I$(top_srcdir)/mod_candour -I$(top_srcdir)/tests \
  $(APR_CFLAGS) $(APU_CFLAGS) $(PCRE2_CFLAGS) $(JANSSON_CFLAGS) $(OPENSSL_CFLAGS) $(CURL_CPPFLAGS)
AM_LDFLAGS = $(SAN_CFLAGS)

rings = $(top_builddir)/mod_candour
LDADD = $(rings)/libcli.la $(rings)/libweb.la $(rings)/libapp.la $(rings)/libaudit.la \
  $(rings)/libstore.la $(rings)/libdb.la $(rings)/libdomain.la $(rings)/libbase.la \
  $(APU_LIBS) $(APR_LIBS) $(PCRE2_LIBS) $(JANSSON_LIBS) $(MYSQL_LIBS) $(OPENSSL_LIBS)

# What a test may read from its environment: the two trees, and nothing of the user's locale or zone.
test_environment = \
  CANDOUR_SRCDIR='$(abs_top_srcdir)'; export CANDOUR_SRCDIR; \
  CANDOUR_BUILDDIR='$(abs_top_builddir)'; export CANDOUR_BUILDDIR; \
  LC_ALL=C; export LC_ALL; TZ=Pacific/Chatham; export TZ; \
  ASAN_OPTIONS=abort_on_error=1; export ASAN_OPTIONS;
