// The client: many streams at once, each checked piece by piece. Prints one line of JSON.
//
// Usage: load [-a] [-h ADDRESS] [-p PORT] [-u PATH] [-b BODY-FILE] [-c CONNECTIONS] [-n STREAMS] [-e PIECES] [-r RAMP-MS] [-t SECONDS]
// -a: the stream is Anthropic's, whose order of events is checked too; else only the marks in the answer count, whatever the API.
// Every `REQ=` in the body gets eight characters of the request's own, and the answer has to consist of the marks that the
// mock makes of them. A time is from the send of the first byte to the first mark, or from the mock's write to the receipt of a mark.
#include "mark.h"

enum { PARTS = 257, SHOWN = 5 };

typedef struct {
    uint32_t *values;   // in tenths of a microsecond
    size_t count, size;
} Times;

typedef struct {
    int socket, status;
    enum { IDLE, CONNECTING, SENDING, HEAD, BODY } state;
    char request[9], head[8192], *rest;   // what has come of the head; of a line or a mark
    size_t sent, head_length, rest_length, rest_size;
    uint64_t start;
    enum { SIZE, DATA, DATA_END, LAST_LINE } part;   // of an answer in chunks
    long left;                            // in this chunk, or of the whole answer; -1 until the connection closes
    bool is_chunked;
    int next, stage;                      // the number of the next mark; what has come of Anthropic's events
    bool is_delta;
    const char *fault;
} Connection;

// What may come after what: the stages before an event, and the one after it.
static const struct { const char *name, *after; int stage; } ORDER[] = {
    {"message_start", "0", 1}, {"content_block_start", "13", 2}, {"content_block_delta", "2", 2}, {"content_block_stop", "2", 3},
    {"message_delta", "3", 4}, {"message_stop", "4", 5}};

static struct sockaddr_in address;
static struct iovec parts[PARTS];   // the request, whose every second part is replaced by the request's own mark
static int events, part_count, pieces = 200, is_anthropic;
static long streams = 1, started, ended, whole, failed;
static Times firsts, latencies;
static char faults[SHOWN][128];

static void keep(Times *times, int64_t nanoseconds) {
    if (times->count == times->size) {
        times->size = 2 * times->size + 65536;
        times->values = realloc(times->values, times->size * sizeof *times->values);
    }
    times->values[times->count++] = nanoseconds < 0 ? 0 : nanoseconds / 100;
}

static int compare(const void *a, const void *b) { return (*(uint32_t *) a > *(uint32_t *) b) - (*(uint32_t *) a < *(uint32_t *) b); }

static double percentile(Times *times, int percent) {   // in milliseconds
    return times->count ? times->values[(times->count - 1) * percent / 100] / 1e4 : 0;
}

static void print(const char *name, Times *times) {
    qsort(times->values, times->count, sizeof *times->values, compare);
    printf("\"%s_p50\": %.4f, \"%s_p99\": %.4f, ", name, percentile(times, 50), name, percentile(times, 99));
}

static void listen_for(Connection *it, int operation, uint32_t what) {
    struct epoll_event event = {.events = what, .data.ptr = it};
    epoll_ctl(events, operation, it->socket, &event);
}

static void begin(Connection *it) {
    static unsigned number;
    *it = (Connection) {.socket = it->socket, .state = SENDING, .rest = it->rest, .rest_size = it->rest_size, .left = -1, .start = now()};
    sprintf(it->request, "%08x", (unsigned) getpid() << 16 ^ number++);
    started++;
    if (it->socket >= 0) return;
    int one = 1;
    it->socket = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    setsockopt(it->socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (connect(it->socket, (struct sockaddr *) &address, sizeof address) && errno != EINPROGRESS) it->fault = strerror(errno);
    it->state = CONNECTING;
    listen_for(it, EPOLL_CTL_ADD, EPOLLIN | EPOLLOUT);
}

static void ask(Connection *it) {
    for (;;) {
        struct iovec rest[PARTS];
        size_t skipped = it->sent;
        int count = 0;
        for (int i = 0; i < part_count; i++) {
            struct iovec part = parts[i];
            if (i % 2) part.iov_base = it->request;
            size_t done = skipped < part.iov_len ? skipped : part.iov_len;
            skipped -= done;
            if (done < part.iov_len) rest[count++] = (struct iovec) {(char *) part.iov_base + done, part.iov_len - done};
        }
        if (!count) {
            it->state = HEAD;
            return listen_for(it, EPOLL_CTL_MOD, EPOLLIN);
        }
        ssize_t sent = sendmsg(it->socket, &(struct msghdr) {.msg_iov = rest, .msg_iovlen = count}, MSG_NOSIGNAL);
        if (sent < 0 && errno == EAGAIN) return listen_for(it, EPOLL_CTL_MOD, EPOLLIN | EPOLLOUT);
        if (sent < 0) it->fault = "the request could not be sent";
        if (sent < 0) return;
        it->sent += sent;
    }
}

// Checks one mark, which begins at `text`.
static void mark(Connection *it, const char *text, uint64_t time) {
    if (memcmp(text + MARK_REQUEST, it->request, 8)) it->fault = "a piece of another stream";
    else if (atoi(text + MARK_NUMBER) != it->next) it->fault = "a piece lost, repeated or out of order";
    if (it->fault) return;
    if (it->next++ == 0) keep(&firsts, time - it->start);
    keep(&latencies, time - strtoull(text + MARK_TIME, NULL, 16));
}

// Checks the marks, and returns how much of the text is done with: all but the beginning of a mark.
static size_t marks(Connection *it, const char *text, size_t length, uint64_t time) {
    for (const char *at = text, *end = text + length; (at = memchr(at, '~', end - at)) && !it->fault;) {
        if (end - at < MARK_LENGTH) return at - text;
        bool is_mark = at[MARK_NUMBER - 1] == ':' && at[MARK_TIME - 1] == ':';   // or else a byte of a checksum
        if (is_mark) mark(it, at, time);
        at += is_mark ? MARK_LENGTH : 1;
    }
    return length;
}

static void event(Connection *it, const char *name, size_t length) {
    it->is_delta = false;
    if (length == 4 && !memcmp(name, "ping", 4)) return;
    for (size_t i = 0; i < sizeof ORDER / sizeof *ORDER; i++) {
        if (strlen(ORDER[i].name) != length || memcmp(name, ORDER[i].name, length)) continue;
        if (!strchr(ORDER[i].after, '0' + it->stage)) it->fault = "an event out of order";
        it->stage = ORDER[i].stage;
        it->is_delta = i == 2;
        return;
    }
    it->fault = "an event that is not expected, such as an error";
}

// Checks the lines of a server-sent stream, and returns how much of the text is done with: all but an unfinished line.
static size_t lines(Connection *it, const char *text, size_t length, uint64_t time) {
    const char *at = text, *end = text + length, *next;
    for (; (next = memchr(at, '\n', end - at)) && !it->fault; at = next + 1) {
        const char *line_end = next > at && next[-1] == '\r' ? next - 1 : next;
        if (line_end - at > 7 && !memcmp(at, "event: ", 7)) event(it, at + 7, line_end - at - 7);
        if (!it->is_delta || line_end - at < 6 || memcmp(at, "data: ", 6)) continue;
        if (marks(it, at, line_end - at, time) != (size_t) (line_end - at)) it->fault = "half a piece";
    }
    return at - text;
}

static void content(Connection *it, const char *text, size_t length, uint64_t time) {
    size_t (*check)(Connection *, const char *, size_t, uint64_t) = is_anthropic ? lines : marks;
    if (it->rest_length) {
        if (it->rest_length + length > it->rest_size) it->rest = realloc(it->rest, it->rest_size = 2 * (it->rest_length + length));
        memcpy(it->rest + it->rest_length, text, length);
        text = it->rest, length += it->rest_length;
    }
    size_t done = check(it, text, length, time);
    it->rest_length = length - done;
    if (it->rest_length > it->rest_size) it->rest = realloc(it->rest, it->rest_size = 2 * it->rest_length);
    if (it->rest_length) memmove(it->rest, text + done, it->rest_length);
}

// Whether the answer is complete.
static bool body(Connection *it, const char *text, size_t length, uint64_t time) {
    if (!it->is_chunked) {
        content(it, text, length, time);
        return it->left >= 0 && (it->left -= length) <= 0;
    }
    while (length && !it->fault) {
        size_t step = 1;
        if (it->part == DATA) {
            step = (size_t) it->left < length ? (size_t) it->left : length;
            content(it, text, step, time);
            if (!(it->left -= step)) it->part = DATA_END;
        } else if (it->part == SIZE && *text != '\n') {
            int digit = *text >= 'a' ? *text - 'a' + 10 : *text >= 'A' ? *text - 'A' + 10 : *text - '0';
            if (*text != '\r') it->left = 16 * (it->left < 0 ? 0 : it->left) + digit;
        } else if (*text == '\n') {
            if (it->part == LAST_LINE) return true;
            it->part = it->part == DATA_END ? SIZE : it->left ? DATA : LAST_LINE;
        }
        text += step, length -= step;
    }
    return false;
}

// Reads the head, and returns how many of these bytes belong to it.
static size_t head(Connection *it, const char *text, size_t length) {
    size_t before = it->head_length, room = sizeof it->head - 1 - before;
    memcpy(it->head + before, text, length < room ? length : room);
    it->head[it->head_length += length < room ? length : room] = 0;
    char *end = strstr(it->head, "\r\n\r\n"), *field;
    if (!end) return length;
    *end = 0;
    it->state = BODY;
    if (strncmp(it->head, "HTTP/1.1 200", 12)) it->fault = it->head;
    it->is_chunked = strcasestr(it->head, "transfer-encoding: chunked");
    if ((field = strcasestr(it->head, "content-length:"))) it->left = atol(field + 15);
    return end + 4 - it->head - before;
}

static void end(Connection *it, bool is_open) {
    if (!it->fault && (it->next != pieces || (is_anthropic && it->stage != 5))) it->fault = "the stream ended too early";
    if (it->fault && failed++ < SHOWN) sprintf(faults[failed - 1], "%.60s (after %d pieces)", strtok(strdup(it->fault), "\r\n"), it->next);
    whole += !it->fault;
    ended++;
    if (!is_open || it->fault) close(it->socket), it->socket = -1;
    it->state = IDLE;
    if (started < streams) begin(it);
    if (it->state == SENDING) ask(it);
}

static void receive(Connection *it) {
    static char bytes[1 << 18];
    for (ssize_t length; !it->fault;) {
        if ((length = recv(it->socket, bytes, sizeof bytes, 0)) < 0 && errno == EAGAIN) return;
        if (it->state == IDLE) {   // closed by the server, between two requests
            close(it->socket), it->socket = -1;
            return;
        }
        if (length <= 0 && (it->state != BODY || it->is_chunked || it->left > 0)) it->fault = "the connection broke";
        if (length <= 0) return end(it, false);
        uint64_t time = now();
        size_t used = it->state == BODY ? 0 : head(it, bytes, length);
        if (it->state == BODY && body(it, bytes + used, length - used, time)) return end(it, !strcasestr(it->head, "connection: close"));
    }
    end(it, false);
}

static void serve(Connection *it, uint32_t what) {
    if (it->socket < 0) return;
    int error = 0;
    socklen_t length = sizeof error;
    if (it->state == CONNECTING) {
        getsockopt(it->socket, SOL_SOCKET, SO_ERROR, &error, &length);
        if (error) it->fault = strerror(error);
        else if (what & EPOLLOUT) it->state = SENDING;
    }
    if (it->state == SENDING && !it->fault) ask(it);
    if (it->fault) end(it, false);
    else if (what & (EPOLLIN | EPOLLHUP | EPOLLERR)) receive(it);
}

// The head and the body, cut at the marks.
static void prepare(const char *path, const char *file) {
    FILE *in = fopen(file, "r");
    if (!in) perror(file), exit(2);
    fseek(in, 0, SEEK_END);
    size_t size = ftell(in);
    rewind(in);
    char *text = malloc(size + 1024), *at, *found;
    size_t length = sprintf(text, "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nx-api-key: bench\r\n"
        "anthropic-version: 2023-06-01\r\nContent-Length: %zu\r\n\r\n", path, inet_ntoa(address.sin_addr), size);
    if (fread(text + length, 1, size, in) != size) perror(file), exit(2);
    length += size;
    for (at = text; part_count < PARTS - 2 && (found = memmem(at, text + length - at, "REQ=", 4)); at = found + 12) {
        parts[part_count++] = (struct iovec) {at, found + 4 - at};
        parts[part_count++] = (struct iovec) {found + 4, 8};
    }
    parts[part_count++] = (struct iovec) {at, text + length - at};
}

int main(int count, char **arguments) {
    const char *path = "/v1/messages", *file = "body.json";
    int connections = 1, ramp = 0, seconds = 120, open = 0, option;
    address = (struct sockaddr_in) {.sin_family = AF_INET, .sin_port = htons(8082), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    while ((option = getopt(count, arguments, "ah:p:u:b:c:n:e:r:t:")) != -1) switch (option) {
        case 'a': is_anthropic = true; break;
        case 'h': address.sin_addr.s_addr = inet_addr(optarg); break;
        case 'p': address.sin_port = htons(atoi(optarg)); break;
        case 'u': path = optarg; break;
        case 'b': file = optarg; break;
        case 'c': connections = atoi(optarg); break;
        case 'n': streams = atol(optarg); break;
        case 'e': pieces = atoi(optarg); break;
        case 'r': ramp = atoi(optarg); break;
        case 't': seconds = atoi(optarg); break;
        default: return 2;
    }
    prepare(path, file);
    events = epoll_create1(0);
    Connection *all = calloc(connections, sizeof *all);
    struct epoll_event ready[512];
    uint64_t start = now(), time;
    for (time = start; ended < streams && time - start < seconds * 1000000000ull; time = now()) {
        while (open < connections && started < streams && (time - start) * connections >= (uint64_t) ramp * 1000000 * open) {
            all[open].socket = -1;
            begin(&all[open++]);
        }
        int found = epoll_wait(events, ready, 512, open < connections ? 1 : 100);
        for (int i = 0; i < found; i++) serve(ready[i].data.ptr, ready[i].events);
    }
    printf("{\"whole\": %ld, \"failed\": %ld, \"seconds\": %.3f, ", whole, streams - whole, (time - start) / 1e9);
    print("first", &firsts);
    print("piece", &latencies);
    printf("\"faults\": [");
    for (int i = 0; i < failed && i < SHOWN; i++) printf("%s\"%s\"", i ? ", " : "", faults[i]);
    puts("]}");
    return whole < streams;
}
