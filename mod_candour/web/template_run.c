/* template_run.c: writes a view through a compiled template: the HTML writer. Every value is
 * escaped; there is no way to write one that is not. */
#include "web/template_ops.h"
#include "web/value.h"

/* A map that names are sought in, and the one around it. */
typedef struct frame_t {
    const web_view_t *map;
    const struct frame_t *outer;
} frame_t;

/* The first part of a path is sought outward, the others only inward. */
static const web_value_t *path_find(const web_path_t *path, const frame_t *frame)
{
    const web_value_t *value;
    const web_name_t name = path->name[0];
    int i;

    while (!(value = web_value_find(frame->map, name)) && frame->outer)
        frame = frame->outer;
    for (i = 1; value && i < path->len; i++)
        value = value->type == WEB_V_MAP ? web_value_find(value->as.node, path->name[i]) : NULL;
    return value && value->type != WEB_V_ABSENT ? value : NULL;
}

static void run(cd_buf_t *buf, const web_op_t *ops, int from, int to, const frame_t *frame);

static void run_section(cd_buf_t *buf, const web_op_t *ops, int at, const web_value_t *value,
                        const frame_t *frame)
{
    frame_t inner = { NULL, frame };
    int i;

    if (value->type == WEB_V_MAP) {
        inner.map = value->as.node;
        run(buf, ops, at + 1, ops[at].end, &inner);
    } else if (value->type == WEB_V_LIST) {
        for (i = 0; i < value->as.node->count; i++) {
            inner.map = value->as.node->maps[i];
            run(buf, ops, at + 1, ops[at].end, &inner);
        }
    } else if (web_value_truth(value)) {
        run(buf, ops, at + 1, ops[at].end, frame);
    }
}

static void run(cd_buf_t *buf, const web_op_t *ops, int from, int to, const frame_t *frame)
{
    const web_value_t *value;
    int at = from;

    while (at < to) {
        const web_op_t *op = &ops[at];

        switch (op->type) {
        case WEB_OP_TEXT:
            cd_buf_add(buf, op->text, op->len);
            break;
        case WEB_OP_VALUE:
            value = path_find(&op->path, frame);
            if (value)
                cd_esc_html(buf, value->type == WEB_V_TEXT ? value->as.text
                                                           : web_value_page(value, buf->pool));
            break;
        case WEB_OP_SECTION:
            value = path_find(&op->path, frame);
            if (value)
                run_section(buf, ops, at, value, frame);
            at = op->end;
            continue;
        case WEB_OP_INVERT:
            value = path_find(&op->path, frame);
            if (value && web_value_truth(value))
                at = op->end - 1;
            break;
        case WEB_OP_PART:
            run(buf, op->part->ops, 0, op->part->count, frame);
            break;
        }
        at++;
    }
}

void web_template_run(cd_buf_t *buf, const web_template_t *tpl, const web_view_t *view)
{
    frame_t root = { view, NULL };

    run(buf, tpl->ops, 0, tpl->count, &root);
}
