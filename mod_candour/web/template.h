/* template.h: templates of htdocs/templates, compiled at start.
 *
 * Requires: base, view.h.   Provides: web_templates_t.   Used by: web, mod (loads), tests.
 * {{name}} always escaped; {{#name}} list, map or truth; {{^name}} absent, false or empty;
 * {{/name}};
 * {{>folder/part}}; {{! comment}}; a.b reaches into maps; a name not found here is sought further
 * out. No raw output, no code. A value may stand in text and in double-quoted attributes only;
 * anywhere else (unquoted, in <script>, <style>, comments, tag or attribute names, on* attributes,
 * style=) is an error. An unknown name or part stops the start with file and line. href/src/action
 * values come from url.c. A line that holds nothing but a section, comment or part tag leaves no
 * line behind. */
#ifndef CD_WEB_TEMPLATE_H
#define CD_WEB_TEMPLATE_H

#include "base/err.h"
#include "web/view.h"

typedef struct web_templates_t web_templates_t;
typedef struct web_template_t web_template_t;

/** Compiles every *.html below `dir` ("case/show" is dir/case/show.html). All problems are in the
 * error's detail, a line each: "case/show.html:12: unknown name 'dou_on'". @errors CD_E_CONFIG
 * @owner pool */
cd_err_t *web_templates_load(web_templates_t **out, const char *dir, apr_pool_t *pool);
/** Same for sources in memory: name, text pairs ended by NULL (tests, fuzz). */
cd_err_t *web_templates_from(web_templates_t **out, const char *const *pairs, apr_pool_t *pool);
const web_template_t *web_template_find(const web_templates_t *set, const char *name);
void web_template_run(cd_buf_t *buf, const web_template_t *tpl, const web_view_t *view);

#endif
