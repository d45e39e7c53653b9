/* media.h: which kind of answer a client wants.
 *
 * Requires: request.h.   Provides: web_media_choose, web_sent_json.   Used by: serve.c, problem.c,
 * tests. */
#ifndef CD_WEB_MEDIA_H
#define CD_WEB_MEDIA_H

#include "web/request.h"

/** The answer's kind out of those in `can` (bits 1u << web_media_t; not 0). JSON if Accept names it
 * with no smaller weight than HTML, or if the body came as JSON; CSV only by `format` ("csv"); else
 * HTML. A client that takes neither still gets an answer: the first that the route has. */
web_media_t web_media_choose(const char *accept, const char *content_type, const char *format,
                             unsigned can);
/** 1 if a body of this Content-Type is JSON: a kind that no HTML form can send. */
int web_sent_json(const char *content_type);

#endif
