/* earlier.c: a clock that is set back, for what the demo loads and for nothing else.
 *
 * conf/demo/rounds.sh preloads it into candourctl and httpd while they take in what happened in the
 * last three months. The file that CANDOUR_DEMO_DAYS names says by how many days. No program that
 * is installed knows of it. */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

/** Days to go back, 0 to 9999; 0 if the file cannot be read. Read anew each time: the loader writes
 * it as it goes. */
static long days_back(void)
{
    const char *name = getenv("CANDOUR_DEMO_DAYS");
    const int file = name ? open(name, O_RDONLY | O_CLOEXEC) : -1;
    char text[4];
    long days = 0;
    ssize_t got, i;

    if (file < 0)
        return 0;
    got = read(file, text, sizeof(text));
    close(file);
    for (i = 0; i < got && text[i] >= '0' && text[i] <= '9'; i++)
        days = days * 10 + (text[i] - '0');
    return days;
}

/* The one call that APR's clock makes. */
int gettimeofday(struct timeval *restrict now_out, void *restrict zone)
{
    struct timespec now;

    (void)zone;
    if (clock_gettime(CLOCK_REALTIME, &now))
        return -1;
    now_out->tv_sec = now.tv_sec - days_back() * 86400;
    now_out->tv_usec = now.tv_nsec / 1000;
    return 0;
}
