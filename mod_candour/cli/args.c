/* args.c: what the user typed, taken apart against tables of options. */
#include <string.h>

#include <apr_strings.h>

#include "cli/cli.h"

static const cli_option_t *option_find(const cli_option_t *list, const char *name, apr_size_t len)
{
    for (; list && list->name; list++)
        if (strlen(list->name) == len && !strncmp(list->name, name, len))
            return list;
    return NULL;
}

const char *cli_value(const cli_args_t *args, const char *name)
{
    int i;

    for (i = 0; i < args->options; i++)
        if (!strcmp(args->option[i]->name, name))
            return args->value[i];
    return NULL;
}

/* One option with its value, which may be the next word. Gives the number of words used, 0 on a
 * problem. */
static int option_read(cli_args_t *out, int argc, const char *const *argv,
                       const cli_option_t *options, const cli_option_t *more, apr_pool_t *pool)
{
    const char *equals = strchr(argv[0], '=');
    apr_size_t len = equals ? (apr_size_t)(equals - argv[0]) : strlen(argv[0]);
    const cli_option_t *option = option_find(options, argv[0], len);
    const char *value = equals ? equals + 1 : NULL;
    const char *name = apr_pstrmemdup(pool, argv[0], len);

    if (!option)
        option = option_find(more, argv[0], len);
    if (!option)
        out->problem = apr_psprintf(pool, "there is no option %s here", name);
    else if (cli_value(out, option->name))
        out->problem = apr_psprintf(pool, "option %s stands twice", name);
    else if (out->options == CLI_OPTIONS)
        out->problem = "too many options";
    else if (!option->value && value)
        out->problem = apr_psprintf(pool, "option %s takes no value", name);
    else if (option->value && !value && argc < 2)
        out->problem =
            apr_psprintf(pool, "option %s needs a value: %s %s", name, name, option->value);
    if (out->problem)
        return 0;
    out->option[out->options] = option;
    out->value[out->options++] = option->value ? (value ? value : argv[1]) : "";
    return option->value && !value ? 2 : 1;
}

int cli_args_read(cli_args_t *out, int argc, const char *const *argv, const cli_option_t *options,
                  const cli_option_t *more, apr_pool_t *pool)
{
    int i = 0, used, ended = 0;

    memset(out, 0, sizeof(*out));
    while (i < argc) {
        if (!ended && !strcmp(argv[i], "--")) {
            ended = 1;
            i++;
            continue;
        }
        if (!ended && argv[i][0] == '-' && argv[i][1]) {
            used = option_read(out, argc - i, argv + i, options, more, pool);
            if (!used)
                return 0;
            i += used;
            continue;
        }
        if (out->words == CLI_WORDS) {
            out->problem = "too many arguments at once";
            return 0;
        }
        out->word[out->words++] = argv[i++];
    }
    return 1;
}
