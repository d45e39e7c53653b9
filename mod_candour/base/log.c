/* log.c: formats one log line and hands it to the callback. Writes nowhere itself. */
#include <stdarg.h>
#include <stdio.h>

#include "base/log.h"

#define LINE_MAX_BYTES 1000

/* Cuts a character that the limit split, so that a line is never broken UTF-8. */
static void cut_half_character(char *line, int len)
{
    int start = len;

    while (start > 0 && len - start < 4 && ((unsigned char)line[start - 1] & 0xc0) == 0x80)
        start--;
    if (start > 0 && ((unsigned char)line[start - 1] & 0xc0) == 0xc0)
        line[start - 1] = '\0';
}

void cd_log(const cd_log_t *log, cd_log_level_t level, const char *fmt, ...)
{
    char line[LINE_MAX_BYTES + 1];
    va_list args;
    char *at;
    int need;

    if (!log || !log->fn)
        return;
    va_start(args, fmt);
    need = vsnprintf(line, sizeof(line), fmt, args);
    va_end(args);
    if (need < 0)
        return;
    if (need > LINE_MAX_BYTES)
        cut_half_character(line, LINE_MAX_BYTES);
    for (at = line; *at; at++) {
        if ((unsigned char)*at < 0x20 || *at == 0x7f)
            *at = '?';
    }
    log->fn(log->baton, level, line);
}
