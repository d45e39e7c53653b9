/* parse.h: strict readers of directive arguments; without httpd, so that tests call them alone.
 *
 * Requires: APR.   Provides: mod_parse_*.   Used by: config.c, start.c, tests.
 * Each gives 1 and fills its output, or 0 and leaves it. None guesses: "300x" is no number. */
#ifndef CD_MOD_PARSE_H
#define CD_MOD_PARSE_H

#include <apr_pools.h>

/** A whole number in decimal digits alone, min..max (both not negative). */
int mod_parse_number(int *out, const char *text, int min, int max);
/** Bytes: as mod_parse_number, or with "K" or "M" at its end (of 1024 and 1048576 bytes). */
int mod_parse_size(int *out, const char *text, int min, int max);
/** "On" or "Off" in any case: 1 or 0. */
int mod_parse_flag(int *out, const char *text);
/** Path of an address: "/", or "/candour" with any number of parts of letters, digits, "_", "-",
 * "." and "~", none of them "." or "..". A slash at the end is taken off ("/" becomes ""). @owner
 * pool */
int mod_parse_url_path(const char **out, const char *text, apr_pool_t *pool);
/** "https://host" or "http://host", with or without ":port"; lower case, no path; one slash at the
 * end is taken off. @owner pool */
int mod_parse_origin(const char **out, const char *text, apr_pool_t *pool);
/** Name of a host, or its IPv4 or IPv6 address: letters, digits, ".", "-", ":". */
int mod_parse_host(const char *text);
/** Name of a database or account: 1..64 of letters, digits, "_", "-", "." and "$". */
int mod_parse_name(const char *text);
/** 1..200 bytes of text to show: no control characters. */
int mod_parse_shown(const char *text);
/** First line of a file with a secret, without its line end: 1..512 printable characters, and
 * nothing in the file after it. @owner pool */
int mod_parse_secret(const char **out, const char *bytes, apr_size_t len, apr_pool_t *pool);

#endif
