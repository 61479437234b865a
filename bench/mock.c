// The provider: streams the reply of the API that the path names. Usage: mock PORT
//
// The model mock-PIECES-PAUSE says how many pieces of text come, and how many milliseconds apart; without a pause they come as
// fast as the connection takes them, each in a write of its own. A piece is a mark with what follows REQ= in the request, so that
// the client can check that every piece of its own stream arrives, in order and on time.
#include "mark.h"

typedef struct {
    const char *path, *type, *first, *piece, *last;
} Api;

#define CHAT(choices) "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,\"model\":\"mock\"," \
    "\"system_fingerprint\":\"fp_1\",\"choices\":[" choices "]}\n\n"
#define CHOICE(delta, reason) "{\"index\":0,\"delta\":" delta ",\"logprobs\":null,\"finish_reason\":" reason "}"
#define SSE(type, rest) "event: " type "\ndata: {\"type\":\"" type "\"," rest "}\n\n"
#define RESPONSE(type, rest) SSE("response." type, "\"sequence_number\":1," rest)
#define ITEM "\"item\":{\"id\":\"msg_1\",\"type\":\"message\",\"status\":\"in_progress\",\"content\":[],\"role\":\"assistant\"}"
#define GEMINI(text, rest) \
    "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"" text "\"}],\"role\":\"model\"}," rest "\"index\":0}]," \
    "\"usageMetadata\":{\"promptTokenCount\":25000,\"candidatesTokenCount\":200,\"totalTokenCount\":25200}," \
    "\"modelVersion\":\"mock\"}\r\n\r\n"

// Converse's are lines of an event's type and its JSON, which become binary frames.
static const Api APIS[] = {
    {"/chat/completions", "text/event-stream",
        CHAT(CHOICE("{\"role\":\"assistant\",\"content\":\"\"}", "null")), CHAT(CHOICE("{\"content\":\"%s\"}", "null")),
        CHAT(CHOICE("{}", "\"stop\""))
        "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,\"model\":\"mock\","
        "\"choices\":[],\"usage\":{\"prompt_tokens\":25000,\"completion_tokens\":200,\"total_tokens\":25200}}\n\ndata: [DONE]\n\n"},
    {"/responses", "text/event-stream",
        RESPONSE("created", "\"response\":{\"id\":\"resp_1\",\"object\":\"response\",\"status\":\"in_progress\",\"output\":[]}")
        RESPONSE("output_item.added", "\"output_index\":0," ITEM),
        RESPONSE("output_text.delta", "\"item_id\":\"msg_1\",\"output_index\":0,\"content_index\":0,\"delta\":\"%s\",\"logprobs\":[]"),
        RESPONSE("output_item.done", "\"output_index\":0," ITEM)
        RESPONSE("completed", "\"response\":{\"id\":\"resp_1\",\"object\":\"response\",\"status\":\"completed\",\"output\":[],"
            "\"usage\":{\"input_tokens\":25000,\"output_tokens\":200,\"total_tokens\":25200}}")},
    {":streamGenerateContent", "text/event-stream", "", GEMINI("%s", ""), GEMINI("", "\"finishReason\":\"STOP\",")},
    {"/converse-stream", "application/vnd.amazon.eventstream",
        "messageStart {\"role\":\"assistant\"}\n", "contentBlockDelta {\"contentBlockIndex\":0,\"delta\":{\"text\":\"%s\"}}\n",
        "contentBlockStop {\"contentBlockIndex\":0}\nmessageStop {\"stopReason\":\"end_turn\"}\n"
        "metadata {\"usage\":{\"inputTokens\":25000,\"outputTokens\":200,\"totalTokens\":25200},\"metrics\":{\"latencyMs\":1}}\n"},
    {"/messages", "text/event-stream",
        SSE("message_start", "\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"mock\",\"content\":[],"
            "\"stop_reason\":null,\"stop_sequence\":null,\"usage\":{\"input_tokens\":25000,\"output_tokens\":1}}")
        SSE("content_block_start", "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}"),
        SSE("content_block_delta", "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"%s\"}"),
        SSE("content_block_stop", "\"index\":0")
        SSE("message_delta", "\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":200}")
        "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n"},
};

typedef struct {
    char *bytes;
    size_t length, size;
} Buffer;

typedef struct Connection {
    int socket;
    Buffer in, out;
    size_t sent;
    bool is_streaming, is_waiting, is_blocked;   // for its next piece; until the client reads on
    const Api *api;
    int pieces, number;
    uint64_t pause, due;
    char request[9];
    struct Connection *before, *after;
} Connection;

static int events;
static uint32_t crc_table[256];
static Connection waiting = {.before = &waiting, .after = &waiting};   // the streams that pause, the next one first

static void reserve(Buffer *buffer, size_t more) {
    if (buffer->length + more <= buffer->size) return;
    buffer->size = buffer->length + more + buffer->size;
    buffer->bytes = realloc(buffer->bytes, buffer->size);
}

static void append(Buffer *buffer, const void *bytes, size_t length) {
    reserve(buffer, length);
    memcpy(buffer->bytes + buffer->length, bytes, length);
    buffer->length += length;
}

static uint32_t crc(const unsigned char *bytes, size_t length) {
    uint32_t sum = ~0u;
    while (length--) sum = crc_table[(sum ^ *bytes++) & 255] ^ sum >> 8;
    return ~sum;
}

static char *put_number(char *to, uint32_t number) {
    number = htonl(number);
    return mempcpy(to, &number, 4);
}

static char *put_header(char *to, const char *name, const char *value, size_t length) {
    *to++ = strlen(name);
    to = mempcpy(to, name, strlen(name));
    *to++ = 7;   // a string
    *to++ = 0;
    *to++ = length;
    return mempcpy(to, value, length);
}

// One line as a frame of AWS's event stream.
static char *put_frame(char *to, const char *line, size_t length) {
    size_t type = strchr(line, ' ') - line;
    char *start = to, *headers = to + 12;
    to = put_header(headers, ":event-type", line, type);
    to = put_header(to, ":content-type", "application/json", 16);
    to = put_header(to, ":message-type", "event", 5);
    size_t headers_length = to - headers;
    to = mempcpy(to, line + type + 1, length - type - 1);
    put_number(start, to + 4 - start);
    put_number(start + 4, headers_length);
    put_number(start + 8, crc((unsigned char *) start, 8));
    return put_number(to, crc((unsigned char *) start, to - start));
}

// One HTTP chunk, which goes out in one write.
static void chunk(Connection *it, const char *text) {
    char frames[4096], size[16], *end = frames;
    if (it->api->type[0] == 'a')
        for (const char *line = text, *next; (next = strchr(line, '\n')); line = next + 1) end = put_frame(end, line, next - line);
    else end = mempcpy(frames, text, strlen(text));
    if (end == frames) return;
    append(&it->out, size, sprintf(size, "%zx\r\n", end - frames));
    append(&it->out, frames, end - frames);
    append(&it->out, "\r\n", 2);
}

static void leave_queue(Connection *it) {
    if (it->is_waiting) it->before->after = it->after, it->after->before = it->before;
    it->is_waiting = false;
}

// All streams of one load pause equally long, so the newest belongs to the end.
static void queue(Connection *it) {
    if (it->is_waiting) return;
    Connection *before = waiting.before;
    while (before != &waiting && before->due > it->due) before = before->before;
    it->before = before, it->after = before->after;
    before->after->before = it, before->after = it;
    it->is_waiting = true;
}

static void leave(Connection *it) {
    leave_queue(it);
    close(it->socket);
    free(it->in.bytes);
    free(it->out.bytes);
    free(it);
}

// Whether everything is sent; else it goes on when the client reads. A broken connection shows when it is read.
static bool flush(Connection *it) {
    while (it->sent < it->out.length) {
        ssize_t sent = send(it->socket, it->out.bytes + it->sent, it->out.length - it->sent, MSG_NOSIGNAL);
        if (sent < 0) break;
        it->sent += sent;
    }
    bool is_done = it->sent == it->out.length;
    if (is_done) it->sent = it->out.length = 0;
    if (it->is_blocked == is_done) {
        struct epoll_event event = {.events = EPOLLIN | (is_done ? 0 : EPOLLOUT), .data.ptr = it};
        epoll_ctl(events, EPOLL_CTL_MOD, it->socket, &event);
        it->is_blocked = !is_done;
    }
    return is_done;
}

// Writes the pieces that are due.
static void stream(Connection *it) {
    char mark[64], text[1024];
    while (flush(it) && it->is_streaming) {
        if (it->pause && it->due > now()) return queue(it);
        if (it->number == it->pieces) {
            chunk(it, it->api->last);
            append(&it->out, "0\r\n\r\n", 5);
            it->is_streaming = false;
            continue;
        }
        sprintf(mark, MARK_FORMAT, it->request, it->number++, (unsigned long long) now());
        snprintf(text, sizeof text, it->api->piece, mark);
        chunk(it, text);
        it->due += it->pause;
    }
}

static void answer(Connection *it, const char *status, const char *body) {
    char text[512];
    append(&it->out, text, sprintf(text, "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s",
        status, strlen(body), body));
    flush(it);
}

// `length` bytes are a whole request, of which the first `head` are its head.
static void handle(Connection *it, size_t head, size_t length) {
    char *text = it->in.bytes, *mark = memmem(text, length, "REQ=", 4), *model = memmem(text, length, "mock-", 5);
    size_t line = (char *) memchr(text, '\r', head) - text;
    if (!strncmp(text, "GET ", 4)) return answer(it, "200 OK", "{\"data\":[]}");
    it->api = NULL;
    for (size_t i = 0; i < sizeof APIS / sizeof *APIS; i++) if (memmem(text, line, APIS[i].path, strlen(APIS[i].path))) it->api = APIS + i;
    int pause = 0;
    if (!it->api) return answer(it, "404 Not Found", "{\"error\":{\"message\":\"the mock does not know this path\"}}");
    if (!mark || !model || sscanf(model, "mock-%d-%d", &it->pieces, &pause) != 2)
        return answer(it, "400 Bad Request", "{\"error\":{\"message\":\"the request has lost its mark or its model\"}}");
    snprintf(it->request, sizeof it->request, "%.8s", mark + 4);
    char start[256];
    append(&it->out, start, sprintf(start, "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nTransfer-Encoding: chunked\r\n\r\n", it->api->type));
    it->number = 0, it->pause = pause * 1000000ull, it->due = now(), it->is_streaming = true;
    chunk(it, it->api->first);
    stream(it);
}

// The length of the body once it is all there, else -1. A chunked one is joined in its place.
static ssize_t body(Connection *it, size_t head) {
    char *start = it->in.bytes + head, *end = it->in.bytes + it->in.length;
    start[-1] = 0;
    char *field = strcasestr(it->in.bytes, "\r\ncontent-length:");
    bool is_chunked = !field && strcasestr(it->in.bytes, "\r\ntransfer-encoding: chunked");
    start[-1] = '\n';
    ssize_t length = field ? atol(field + 17) : 0;
    if (!is_chunked) return end - start >= length ? length : -1;
    if (end - start < 5 || memcmp(end - 5, "0\r\n\r\n", 5)) return -1;
    char *to = start, *from = start;
    for (long size; (size = strtol(from, &from, 16)) > 0; to += size, from += size + 2) memmove(to, from += 2, size);
    it->in.length = to - it->in.bytes;
    return to - start;
}

static void receive(Connection *it) {
    ssize_t length;
    do {
        reserve(&it->in, 65537);
        length = read(it->socket, it->in.bytes + it->in.length, 65536);
        if (length > 0) it->in.length += length;
    } while (length > 0);
    if (length == 0 || errno != EAGAIN) return leave(it);
    it->in.bytes[it->in.length] = 0;
    char *end = it->is_streaming ? NULL : memmem(it->in.bytes, it->in.length, "\r\n\r\n", 4);
    if (!end) return;
    size_t head = end + 4 - it->in.bytes;
    if ((length = body(it, head)) < 0) return;
    handle(it, head, head + length);
    it->in.length = 0;   // nobody asks before the answer is complete
}

static void welcome(int server) {
    int one = 1, socket;
    while ((socket = accept4(server, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
        setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        Connection *it = calloc(1, sizeof *it);
        it->socket = socket;
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = it};
        epoll_ctl(events, EPOLL_CTL_ADD, socket, &event);
    }
}

int main(int count, char **arguments) {
    if (count != 2) return fputs("usage: mock PORT\n", stderr), 2;
    for (uint32_t i = 0; i < 256; i++) {
        crc_table[i] = i;
        for (int bit = 0; bit < 8; bit++) crc_table[i] = crc_table[i] >> 1 ^ (crc_table[i] & 1 ? 0xedb88320u : 0);
    }
    int server = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), one = 1;
    setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(arguments[1])), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (bind(server, (struct sockaddr *) &address, sizeof address) || listen(server, 8192)) return perror("mock"), 1;
    events = epoll_create1(0);
    struct epoll_event ready[512] = {{.events = EPOLLIN}};
    epoll_ctl(events, EPOLL_CTL_ADD, server, ready);
    for (;;) {
        int64_t rest = waiting.after == &waiting ? -1 : (int64_t) (waiting.after->due - now());
        int found = epoll_wait(events, ready, 512, waiting.after == &waiting ? -1 : rest <= 0 ? 0 : (int) ((rest + 999999) / 1000000));
        for (int i = 0; i < found; i++) {
            Connection *it = ready[i].data.ptr;
            if (!it) welcome(server);
            else if (ready[i].events & (EPOLLHUP | EPOLLERR)) leave(it);
            else if (ready[i].events & EPOLLIN) receive(it);
            else stream(it);
        }
        while (waiting.after != &waiting && waiting.after->due <= now()) {
            Connection *it = waiting.after;
            leave_queue(it);
            stream(it);
        }
    }
}
