/* text.h: checks and small changes on text from outside.
 *
 * Requires: APR.   Provides: cd_text_*, cd_hex, cd_b64url, cd_nhs_*.   Used by: every ring. */
#ifndef CD_BASE_TEXT_H
#define CD_BASE_TEXT_H

#include <apr_pools.h>

/** 1 if `bytes` is well-formed UTF-8 without NUL, without U+FFFE/FFFF, and without control
 * characters other than TAB, LF, CR. */
int cd_text_valid(const char *bytes, apr_size_t len);
/** Length (1..4) of the well-formed UTF-8 character that `bytes` opens with, 0 if there is none;
 * its code point goes to `code_out` unless that is NULL. */
int cd_utf8_next(const char *bytes, apr_size_t len, unsigned *code_out);
/** Writes a code point as UTF-8 and gives the number of bytes. What no character has, a surrogate
 * or more than 0x10ffff, is written as U+FFFD. */
int cd_utf8_put(char out[4], unsigned code);
/** Number of characters (code points) of valid UTF-8. */
apr_size_t cd_text_chars(const char *text);
/** Outer white space off, CRLF and CR to LF. "" becomes NULL. @owner pool */
const char *cd_text_tidy(const char *text, apr_pool_t *pool);
/** Lower-case hex. @owner pool */
const char *cd_hex(const void *bytes, apr_size_t len, apr_pool_t *pool);
/** Reads exactly `len` bytes from 2*len hex digits and nothing after; 1 if it could. */
int cd_unhex(void *out, apr_size_t len, const char *hex);
/** base64url without padding. @owner pool */
const char *cd_b64url(const void *bytes, apr_size_t len, apr_pool_t *pool);
/** Reads exactly `len` bytes of canonical base64url without padding; 1 if it could. */
int cd_unb64url(void *out, apr_size_t len, const char *text);
/** "a", "a and b", "a, b and c". @owner pool */
const char *cd_text_list(const char *const *words, int count, apr_pool_t *pool);
/** NHS number from what a person types (spaces and hyphens allowed): the ten digits if modulus 11
 * holds, else NULL. @source NHS Data Dictionary, NHS NUMBER. 9434765919 is valid. @owner pool */
const char *cd_nhs_read(const char *typed, apr_pool_t *pool);
/** "943 476 5919" @owner pool */
const char *cd_nhs_words(const char *ten_digits, apr_pool_t *pool);
/** 1 if `text` looks like an organisation code: 3 to 8 of A-Z and 0-9. */
int cd_ods_valid(const char *text);

#endif
