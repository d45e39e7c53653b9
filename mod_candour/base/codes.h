/* codes.h: every error code of the program, said once.
 *
 * Requires: nothing.   Provides: cd_code_t, CD_CODES.   Used by: every ring.
 * A row is X(NAME, "word", "short text for the public"). The HTTP status of a code is chosen in
 * one place only, web/status.c; the exit status of the command line in cli/main.c. */
#ifndef CD_BASE_CODES_H
#define CD_BASE_CODES_H

#define CD_CODES(X) \
    X(OK,           "ok",            "done") \
    X(FAILED,       "failed",        "the request could not be carried out") \
    X(NOT_FOUND,    "not-found",     "there is no such page or record, or you may not see it") \
    X(FORBIDDEN,    "forbidden",     "your role does not allow this") \
    X(NO_USER,      "no-user",       "you are not signed in, or have no account here") \
    X(TOKEN,        "token",         "the form was not sent from this site, " \
                                     "or its page is too old") \
    X(STALE,        "stale",         "someone saved a change first") \
    X(INVALID,      "invalid",       "something in the form must be corrected") \
    X(BAD_REQUEST,  "bad-request",   "the request cannot be understood") \
    X(METHOD,       "method",        "this address does not take that kind of request") \
    X(TYPE,         "type",          "this address does not take that kind of content") \
    X(TOO_LARGE,    "too-large",     "what was sent is too large") \
    X(KEY_REUSED,   "key-reused",    "the same form key came with other answers") \
    X(BUSY,         "busy",          "the service could not answer just now") \
    X(UNKNOWN,      "outcome-unknown", "it is not known yet whether the change was saved") \
    X(RANGE,        "range",         "a value is outside what can be reckoned with") \
    X(TAMPERED,     "tampered",      "the record does not match its fingerprint") \
    X(KEY,          "key",           "the record's key is not here") \
    X(SCHEMA,       "schema",        "the database is of another version") \
    X(CONFIG,       "config",        "the configuration is not complete") \
    X(FULL,         "full",          "there is no room left to keep this")

#define X(name, word, text) CD_E_##name,
typedef enum cd_code_t { CD_CODES(X) CD_E__COUNT } cd_code_t;
#undef X

/** The word of a code, as JSON and exit messages use it ("not-found"). @owner static */
const char *cd_code_word(cd_code_t code);
/** The public text of a code. @owner static */
const char *cd_code_text(cd_code_t code);

#endif
