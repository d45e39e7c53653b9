/* markup.h: where in an HTML document a template stands, character by character.
 *
 * Requires: APR.   Provides: web_markup_t.   Used by: template.c.
 * A small HTML tokenizer over the text that a template's author wrote. It is stricter than a
 * browser: what it cannot be sure of is a fault, so that the place of a value is never in doubt. */
#ifndef CD_WEB_MARKUP_H
#define CD_WEB_MARKUP_H

#include <apr_pools.h>

typedef enum web_place_t {
    WEB_AT_TEXT = 0,       /* between tags */
    WEB_AT_RCDATA,         /* in <title> or <textarea>: text without tags */
    WEB_AT_RAW,            /* in <script>, <style> and the like */
    WEB_AT_DECL,           /* <!doctype ...> */
    WEB_AT_COMMENT,
    WEB_AT_OPEN,           /* just after "<" */
    WEB_AT_TAG_NAME,
    WEB_AT_TAG,            /* between attributes: after white space */
    WEB_AT_ATTR_NAME,
    WEB_AT_AFTER_NAME,     /* white space after an attribute's name */
    WEB_AT_BEFORE_VALUE,   /* after "=" */
    WEB_AT_QUOTED,         /* in a double-quoted value */
    WEB_AT_SINGLE,         /* in a single-quoted value */
    WEB_AT_UNQUOTED,
    WEB_AT_AFTER_VALUE,    /* after the closing quote */
    WEB_AT_JOINED          /* after a section in a tag: only white space, "/" or ">" may follow */
} web_place_t;

#define WEB_MARKUP_NAME 16
typedef struct web_markup_t {
    web_place_t place;
    char element[WEB_MARKUP_NAME];  /* lower case; a longer name is cut, which no special one is */
    char attr[WEB_MARKUP_NAME];
    int end_tag;
    int attr_serial; /* counts attributes: two places in one attribute have the same */
    int url_fixed;                  /* in a URL: what was written before settles the scheme */
    char prefix[WEB_MARKUP_NAME];   /* first characters of the attribute's value */
    int dashes; /* in a comment: "-" just seen, at most 2; below 0 at its start */
} web_markup_t;

/** Goes over one character; `rest` bytes follow it in the same piece of text. @return NULL, or what
 * is wrong */
const char *web_markup_step(web_markup_t *m, const char *at, apr_size_t rest);
/** May a value stand here? `is_url`: it was made by url.c. @return NULL, or why not */
const char *web_markup_value(const web_markup_t *m, int is_url);
/** A section's start here: narrows the place. @return NULL, or why not */
const char *web_markup_open(web_markup_t *m);
/** A section's end: `open` is the place at its start; `m` becomes what holds after it, shown or
 * not.
 * @return NULL, or what is wrong */
const char *web_markup_close(web_markup_t *m, const web_markup_t *open);

#endif
