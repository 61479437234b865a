// What the client and the mock share: the clock, and the form of a mark, of which each piece of a stream consists.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

// The request, the number of the piece, and the nanosecond in which the mock wrote it.
#define MARK_FORMAT "~%.8s:%06d:%016llx "
enum { MARK_REQUEST = 1, MARK_NUMBER = 10, MARK_TIME = 17, MARK_LENGTH = 34 };

static inline uint64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000ull + time.tv_nsec;
}
