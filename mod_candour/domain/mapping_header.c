/* mapping_header.c: a mapping held against the first row of a file: every column of the file is
 * used or ignored, every column of the mapping is there. */
#include <string.h>

#include "base/text.h"
#include "domain/mapping.h"

static int named(const char *const *names, int count, const char *name)
{
    for (int i = 0; i < count; i++)
        if (!strcmp(names[i], name))
            return 1;
    return 0;
}

void cd_mapping_header(const int **places_out, const cd_mapping_t *mapping, const cd_csv_row_t *row,
                       cd_problems_t *problems, apr_pool_t *pool)
{
    int *places = apr_pcalloc(pool, (apr_size_t)(mapping->column_count + 1) * sizeof(*places));
    const char **names = apr_pcalloc(pool, (apr_size_t)(row->count + 1) * sizeof(*names));
    for (int i = 0; i < row->count; i++) {
        names[i] = cd_text_tidy(row->fields[i], pool);
        if (!names[i])
            cd_problem_add(problems, "", NULL, "Give column %d a name, or take it out: it has none",
                           i + 1);
        else if (named(names, i, names[i]))
            cd_problem_add(problems, names[i], NULL,
                           "Give each column a name of its own: this one is there twice");
        else if (!named(mapping->columns, mapping->column_count, names[i])
                 && !named(mapping->ignored, mapping->ignored_count, names[i]))
            cd_problem_add(
                problems, names[i], NULL,
                "Say in the mapping what this column is for, or list it under “ignored”");
        if (!names[i])
            names[i] = "";
    }
    for (int k = 0; k < mapping->column_count; k++) {
        places[k] = -1;
        for (int i = 0; i < row->count; i++)
            if (!strcmp(names[i], mapping->columns[k]))
                places[k] = i;
        if (places[k] < 0)
            cd_problem_add(problems, mapping->columns[k], NULL,
                           "The mapping needs this column, and the file does not have it");
    }
    *places_out = places;
}
