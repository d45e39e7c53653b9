/* template_ops.h: what a template is compiled to.
 *
 * Requires: template.h.   Provides: web_op_t.   Used by: template.c (writes), template_run.c
 * (reads). */
#ifndef CD_WEB_TEMPLATE_OPS_H
#define CD_WEB_TEMPLATE_OPS_H

#include "web/template.h"

#define WEB_PATH_MAX 4

typedef enum web_op_type_t {
    WEB_OP_TEXT = 1,
    WEB_OP_VALUE,
    WEB_OP_SECTION,
    WEB_OP_INVERT,
    WEB_OP_PART
} web_op_type_t;

typedef struct web_path_t {
    web_name_t name[WEB_PATH_MAX];
    int len;
} web_path_t;

typedef struct web_op_t {
    web_op_type_t type;
    int end;                       /* of a section: index of the first op after it */
    int line;                      /* of the source, for faults found after compiling */
    web_path_t path;
    const char *text;
    apr_size_t len;
    const web_template_t *part;
} web_op_t;

struct web_template_t {
    const char *name;              /* "case/show" */
    const char *source;
    web_op_t *ops;
    int count, cap;
    int visited;                   /* while looking for parts that contain themselves */
};

struct web_templates_t {
    web_template_t **list;
    int count, cap;
};

#endif
